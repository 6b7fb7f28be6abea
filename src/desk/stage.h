/* The variants of one photo on their way out, in the child: what they are called, and their files in the
 * staging folder. */
#pragma once

#include <glib.h>

#include "desk/former.h"
#include "page/manifest.h"

typedef struct {
    GArray *files;     /* ManifestFile: all that the photo is published with */
    GPtrArray *fresh;  /* names (borrowed) of those that are staged; the others lie in place */
    GPtrArray *texts;  /* owns the names */
    char *placeholder; /* of the photo in pages; or NULL */
} Staged;

void staged_init(Staged *staged);
void staged_clear(Staged *staged);

/* Writes the variants (Variant) into the folder, which is made anew. */
gboolean stage_variants(Staged *staged, const char *folder, const char *photo, const GPtrArray *variants,
                        GError **error);

/* Takes the files that there are, under the names that the photo has now; those that are not yet in target,
 * its published folder, under these names are staged as hard links or copies. FALSE, and nothing staged,
 * where they do not serve any more. With dry, nothing is written. */
gboolean stage_former(Staged *staged, const char *folder, const char *photo, const char *target,
                      const Former *former, gboolean dry);
