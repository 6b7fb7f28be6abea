/* What is left of former times in an output: variants that the manifest beside them no longer names, and
 * staging folders of runs that were killed.
 *
 * Only a file of ours is removed: its name is a variant's, and the hash in the name is that of its bytes. And
 * only when a grace period is over, for pages that were made before. It begins with the last change of the
 * file or of its manifest, whichever is later; in a folder without a manifest, with that of the folder.
 *
 * It takes the output's lock, as a run does. Where a run has it, a desk that never ends perhaps, it works
 * beside that, on less: on files only that are older than the manifest that does not name them, a day at
 * least. What a run is about to name has come since. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

#define PRUNE_DAY (24 * (gint64)3600 * 1000000000) /* ns */

typedef struct {
    const Limits *limits; /* for reading manifests */
    guint jobs;           /* children at a time */
    gint64 grace;         /* ns */
    gboolean dry;         /* nothing is removed */
    /* either may be NULL */
    void (*on_file)(const char *path, guint64 bytes, gpointer user); /* removed, or to be; under the output */
    void (*on_problem)(const char *message, gpointer user);          /* what could not be judged, and stays */
    gpointer user;
} PruneOptions;

typedef struct {
    guint files, waiting, problems; /* removed, or to be; in their grace; that stay for another reason */
    guint64 bytes;                  /* removed, or to be */
} PruneTotals;

/* Does it. FALSE with an error where nothing can be done at all, or no more. */
gboolean prune(const char *out, const PruneOptions *options, PruneTotals *totals, GError **error);
