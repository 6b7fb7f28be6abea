/* The variants of one photo on their way out: what they are called, and their files in staging, in a folder
 * of the photo's own. The child tells what there is to publish, and writes what it has encoded; files that
 * there were are linked by the parent. */
#pragma once

#include <glib.h>

#include "desk/former.h"
#include "page/manifest.h"

typedef struct {
    GArray *files;     /* ManifestFile: all that the photo is published with */
    GPtrArray *fresh;  /* names (borrowed) of those that come out of staging; the others lie in place */
    GPtrArray *texts;  /* owns the names */
    char *placeholder; /* of the photo in pages; or NULL */
} Staged;

void staged_init(Staged *staged);
void staged_clear(Staged *staged);

/* In the child, before it is bound to write to this folder alone: makes it, empty. What a first try left
 * there is taken away. */
gboolean stage_begin(const char *folder, GError **error);

/* In the child, as stage_former(): writes the variants (Variant) into the folder. */
gboolean stage_variants(Staged *staged, const char *folder, const char *photo, const GPtrArray *variants,
                        GError **error);

/* Takes the files that there are, under the names that the photo has now; fresh are those that are not yet in
 * target, its published folder, under these names. No file is made: that is stage_links()'s. FALSE, and
 * nothing staged, where they do not serve any more. */
gboolean stage_former(Staged *staged, const char *photo, const char *target, const Former *former);

/* In the parent, since a child can write to that folder alone: makes the folder anew, with hard links to
 * those of the files that there are which stage_former() found fresh (StagedFile), or copies where no link
 * can be had. An error of the output where the folder cannot be made or is full, of the machine where a link
 * or copy fails otherwise, and of the photo where one is not among them by name and size. */
gboolean stage_links(const char *folder, const char *photo, const Former *former, const GArray *fresh,
                     GError **error);
