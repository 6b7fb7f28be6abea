/* The photo desk's folder: what settles in the inbox is published, round after round, until a signal ends it.
 * Each photo that fails has a note beside it, and all that goes on is on the board (desk/board.h). */
#pragma once

#include <glib.h>

#include "desk/run.h"
#include "desk/settle.h"

typedef struct {
    RunOptions run; /* but for signals_elsewhere */
    SettleTimes times;
    gint64 poll;                      /* us; 0: where events do not come */
    Preset *(*reload)(gpointer user); /* on SIGHUP: another preset, to be freed; NULL, and told: it stays */
    char **hook;   /* a command to be run when a gallery has changed (desk/hook.h), or NULL */
    gboolean once; /* end when nothing is left to do */
    void (*on_problem)(const char *message, gpointer user); /* user is that of run */
} WatchOptions;

/* totals are those of all rounds; of photos, failed counts each failure that was told, and unchanged
 * is known where it is for once. On SIGINT and SIGTERM,
 * the photos in hand are finished and it is TRUE. FALSE: the output cannot be written; a disk that is full is
 * waited for. */
gboolean watch(const char *inbox, const WatchOptions *options, RunTotals *totals, GError **error);
