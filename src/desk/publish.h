/* Into the output folder: variants are staged, checked, made durable and renamed into place; the manifest
 * comes last, so that a reader who trusts the manifest never sees a part. */
#pragma once

#include <glib.h>

#include "desk/output.h"
#include "desk/owners.h"

/* A file that a child says it has staged, or that there is one to stage. */
typedef struct {
    char *name;
    guint64 size;
} StagedFile;

/* Whether it is the name of a file that is not hidden, and of nothing that lies elsewhere. */
gboolean publish_is_plain(const char *name);

/* Moves the files of a folder in staging into the gallery's folder. They are not opened: what lies there may
 * be anything. Fails, and moves nothing, where a file is not there as it was announced, or has a name that is
 * no plain name. */
gboolean publish_files(const Output *output, const char *gallery, const char *staging, const GArray *files,
                       GError **error);

/* The file whose presence makes a folder a published gallery. */
#define PUBLISH_MANIFEST "manifest.json"
#define PUBLISH_SHEET "index.html"
#define PUBLISH_FIGURES "figures.html"
#define PUBLISH_HEAD "head.html"

/* The page of a desk at work (desk/board.h), which lies in the output folder itself and is no gallery's. */
#define PUBLISH_DESK "desk.html"

/* A text file of a gallery. */
typedef struct {
    const char *name, *text;
} PublishText;

/* Replaces text files of the gallery: of each, readers see the old one or the new one, whole; and the last,
 * which is the one that they trust, as the manifest, only when the others are durable. */
gboolean publish_texts(const Output *output, const char *gallery, const PublishText *texts, guint n,
                       GError **error);
gboolean publish_text(const Output *output, const char *gallery, const char *name, const char *text,
                      GError **error);

/* Whether a path under the output may be a gallery's: no scan gives one with a hidden folder in it. */
gboolean publish_is_gallery(const char *path);

/* Removes the named files (char *) of the gallery, in this order, and then its folder and those above it that
 * are empty by that. What is no plain name, no file or not there is passed over. Gives the number of those
 * removed. */
gboolean publish_remove(const Output *output, const char *gallery, const GPtrArray *names, guint *removed,
                        GError **error);

/* Removes those variants of a photo (desk/owners.h) that are not among kept (a set of names), and makes that
 * durable. removed grows. A folder that
 * cannot be read is an error of the output: they may be there. */
gboolean publish_sweep(const Output *output, const char *gallery, const Owners *owners, const char *photo,
                       const char *stem, GHashTable *kept, guint *removed, GError **error);

/* A number that is another one when files have come to the gallery's folder or gone, or its manifest or
 * contact sheet was touched; 0 where one of the three is absent. That the desk has written its page does not
 * count. */
gint64 publish_folder_stamp(const Output *output, const char *gallery);

/* Whether the gallery's folder has a file of this name. */
gboolean publish_has(const Output *output, const char *gallery, const char *file);
