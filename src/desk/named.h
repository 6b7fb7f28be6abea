/* What the manifests of a tree name: for an audit, and for a sweep. Each is read in a child process. */
#pragma once

#include <glib.h>

#include "desk/tree.h"
#include "preset/preset.h"

typedef struct {
    const TreeFolder *folder; /* that the manifest lies in */
    char *path;               /* of the manifest */
    char *damage;             /* why it cannot be read, as the end of a sentence; or NULL */
    GHashTable *names;        /* Expectation by char *; NULL where it is damaged, or none of ours */
} Named;

/* The manifests (Named) that are in folders (TreeFolder), in their order. FALSE with an error on a signal. */
GPtrArray *named_read(const GPtrArray *folders, const Limits *limits, guint jobs, GError **error);

/* The path on disk of a file in the folder; free with g_free(). */
char *named_path(const TreeFolder *folder, const char *name);
