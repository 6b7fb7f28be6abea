/* When a file that arrives may be touched: when nothing of it has changed for a while. Times are of the
 * monotonic clock, in us. */
#pragma once

#include <glib.h>

#include "desk/scan.h"

typedef struct {
    gint64 quiet;    /* for so long nothing may change */
    gint64 moved;    /* the same of a file that was renamed into place */
    gint64 patience; /* for so long the end of an incomplete file may stay away */
} SettleTimes;

/* One file, as it was last seen. Begin with all zero. */
typedef struct {
    gint64 size, mtime, ctime;
    guint64 inode;
    gint64 due;              /* it has settled by then, if it stays as it is */
    gint64 incomplete_since; /* its end was first missed then; 0: never */
    guint tries;             /* that missed it */
    gboolean seen, failed;
    gboolean changed; /* since it was first seen, or last dealt with */
} Settle;

/* Whether the file is another than was seen, or none was. */
gboolean settle_is_other(const Settle *settle, const ScanFile *file);

/* Looks at the file again. Where it has changed, all begins anew, and TRUE. When that was is told by its
 * ctime and the real time (ns since 1970; 0: not to be trusted, and it has only just changed): what has not
 * changed for long is settled at once. moved: somebody has just renamed it into place. */
gboolean settle_see(Settle *settle, const ScanFile *file, gboolean moved, gint64 now, gint64 real,
                    const SettleTimes *times);

/* Its end was missing, or the machine failed: it is due again after twice as long as before, at most a
 * minute, and at the end of the patience. */
void settle_incomplete(Settle *settle, gint64 now, const SettleTimes *times);

/* Whether that end has come: what is missing now will not come any more. */
gboolean settle_is_last(const Settle *settle, gint64 now, const SettleTimes *times);
