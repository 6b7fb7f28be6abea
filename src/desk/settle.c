#include "desk/settle.h"

#define LONGEST_INTERVAL G_TIME_SPAN_MINUTE

gboolean settle_is_other(const Settle *settle, const ScanFile *file)
{
    return !settle->seen || settle->size != file->size || settle->mtime != file->mtime ||
           settle->ctime != file->ctime || settle->inode != file->inode;
}

gboolean settle_see(Settle *settle, const ScanFile *file, gboolean moved, gint64 now, gint64 real,
                    const SettleTimes *times)
{
    if (!settle_is_other(settle, file))
        return FALSE;
    gint64 quiet = moved ? MIN(times->moved, times->quiet) : times->quiet;
    gboolean dated = real != 0 && file->ctime != settle->ctime;
    gint64 age = dated ? CLAMP((real - file->ctime) / 1000, 0, quiet) : 0;
    *settle = (Settle){ .size = file->size,
                        .mtime = file->mtime,
                        .ctime = file->ctime,
                        .inode = file->inode,
                        .due = now + quiet - age,
                        .seen = TRUE,
                        .changed = settle->seen };
    return TRUE;
}

void settle_incomplete(Settle *settle, gint64 now, const SettleTimes *times)
{
    if (settle->incomplete_since == 0)
        settle->incomplete_since = now;
    gint64 interval = MIN(times->quiet << MIN(settle->tries, 10u), LONGEST_INTERVAL);
    settle->tries++;
    gint64 end = settle->incomplete_since + times->patience;
    settle->due = now < end ? MIN(now + interval, end) : now + interval;
}

gboolean settle_is_last(const Settle *settle, gint64 now, const SettleTimes *times)
{
    return settle->incomplete_since != 0 && now >= settle->incomplete_since + times->patience;
}
