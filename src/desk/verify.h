/* An audit of what is published, or of any folder of pictures: by the files alone, whatever the ledger says.
 */
#pragma once

#include <glib.h>

#include "preset/preset.h"

typedef struct {
    guint files;     /* all of them */
    guint pictures;  /* by their content */
    guint manifests; /* of ours */
    guint unnamed;   /* variants, by their names, that the manifest beside them does not name: for prune */
    guint findings;
} VerifyTotals;

typedef struct {
    const Limits *limits; /* for each file */
    guint jobs;           /* children at a time */
    /* kind: missing size dimensions hash type manifest withdrawn unreadable, or that of an AuditFinding. In
     * the order of the files, those of manifests first, then those of lists of withdrawn photos. */
    void (*on_finding)(const char *path, const char *kind, const char *message, gpointer user);
    void (*on_progress)(guint done, guint all, gpointer user);
    gpointer user;
} VerifyOptions;

/* Holds every file that a manifest.json of ours names against what that says of it, decodes each picture to
 * its last pixel, and looks through each for what it has beside its pixels; each in a child process. A file
 * of a photo that a .withdrawn.json there lists is a finding, and so is that photo itself, by its bytes. (A
 * variant of a copy of it is known by the ledger alone: desk/withdraw.h.) A manifest.json of others is none.
 * roots are folders or single files. FALSE with an error on a signal. */
gboolean verify(char **roots, const VerifyOptions *options, VerifyTotals *totals, GError **error);
