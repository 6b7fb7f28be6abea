/* The output folder as a whole: its lock, its state under .photodesk, and the staging folder there.
 *
 * A run holds the lock alone. The runs that build one shard each share it, and each has a lock, a ledger and
 * a staging folder of its own under .photodesk/shards; what their ledgers know is taken over by the next run
 * that finds them done. */
#pragma once

#include <glib.h>

#define PUBLISH_STATE_FOLDER ".photodesk"

typedef struct {
    char *path;
    char *state;   /* path/.photodesk; of a shard, a folder in it */
    char *ledger;  /* path of the database */
    char *staging; /* a folder there, on the same file system, and in it one for each photo under way */
    int lock;
    int common;      /* of a shard: the lock that all shards share; else -1 */
    gboolean locked; /* it is ours: staging may be swept */
    gboolean fresh;  /* it was not there before */
    gboolean dry;    /* nothing is written to it; the ledger is a copy elsewhere */
    gboolean busy;   /* it is opened beside another run, which holds the lock: staging is a folder apart */
} Output;

typedef struct {
    gboolean dry;
    gboolean wait;       /* for another run that holds the lock */
    gboolean beside;     /* such a run, if there is one; the ledger is not used in a dry run */
    guint shard, shards; /* 0: all of it */
} OutputMode;

/* Makes the folder ready: creates it, takes its lock, and sweeps away what a killed run left in staging.
 * Errors are of the output: error_is_output(); PHOTODESK_ERROR_BUSY where another run holds the lock. */
Output *output_open(const char *path, GError **error);
Output *output_open_as(const char *path, const OutputMode *mode, GError **error);

/* Removes what is left in staging, and a fresh folder that nothing was published into. */
void output_close(Output *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_close)

/* Empties staging: of what children left that were ended in the middle. None may be at work. */
gboolean output_sweep(const Output *output, GError **error);

/* Which shard of so many (1 to shards) a gallery falls to, whatever else there is. */
guint output_shard_of(const char *gallery, guint shards);

/* The text that its disk is full, whichever write it was that found no room, and what then is to be done. */
char *output_full(const char *path, const char *then);

/* Sets an error of the output that ends in the text of errno value err, and returns FALSE. */
gboolean output_fail(GError **error, int err, const char *what, const char *path);
