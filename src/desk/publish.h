/* The output folder: variants are staged, checked, made durable and renamed into place; the manifest comes
 * last, so that a reader who trusts the manifest never sees a part. */
#pragma once

#include <glib.h>

#define PUBLISH_STATE_FOLDER ".photodesk"

typedef struct {
    char *path;
    char *state;   /* path/.photodesk */
    char *staging; /* a folder there, on the same file system */
    int lock;
    gboolean locked; /* it is ours: staging may be swept */
    gboolean fresh;  /* it was not there before */
} Output;

/* Makes the folder ready: creates it, takes its lock, and sweeps away what a killed run left in staging.
 * Errors are of the output: error_is_output(). */
Output *output_open(const char *path, GError **error);

/* Removes what is left in staging, and a fresh folder that nothing was published into. */
void output_close(Output *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_close)

/* A file that a child says it has staged. */
typedef struct {
    char *name;
    guint64 size;
} StagedFile;

/* Moves the files of a staging folder into the gallery's folder and removes the staging folder. Fails, and
 * moves nothing, where a file is not there as it was announced, or has a name that is no plain name. */
gboolean publish_files(const Output *output, const char *gallery, const char *staging, const GArray *files,
                       GError **error);

/* The file whose presence makes a folder a published gallery. */
#define PUBLISH_MANIFEST "manifest.json"

/* Replaces a text file of the gallery, as its manifest: readers see the old file or the new one, whole. */
gboolean publish_text(const Output *output, const char *gallery, const char *name, const char *text,
                      GError **error);

/* Removes the named files (char *) of the gallery, in this order, and then its folder and those above it that
 * are empty by that. What is no plain name, no file or not there is passed over. Gives the number of those
 * removed. */
gboolean publish_remove(const Output *output, const char *gallery, const GPtrArray *names, guint *removed,
                        GError **error);

/* The folder's time of last change, ns; 0 where it or its manifest is absent. */
gint64 publish_folder_mtime(const Output *output, const char *gallery);

/* Whether the gallery's folder has a file of this name. */
gboolean publish_has(const Output *output, const char *gallery, const char *file);
