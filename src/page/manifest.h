/* manifest.json: what a CMS reads of a gallery. Described by docs/manifest.schema.json. */
#pragma once

#include <glib.h>

typedef struct {
    const char *rendition;
    const char *file;
    guint width, height;
    gsize bytes;
    const char *type; /* media type */
    gboolean stamped;
    double contrast;    /* where it is stamped: of the stamp, in the picture as it is encoded */
    guint box_x, box_y; /* and the box that the stamp stands in, px */
    guint box_width, box_height;
    /* of a rendition that shows a part of the photo, px of the upright photo: that part, the point that it
     * was laid about, and what gave that point; 0 wide, and NULL, where it shows all */
    guint crop_x, crop_y, crop_width, crop_height;
    guint focus_x, focus_y;
    const char *focus_source;
} ManifestFile;

typedef struct {
    guint width, height; /* of the photo, upright */
    const char *caption, *alt, *language;
    gboolean rtl;
    const char *placeholder; /* till its picture is there: a CSS colour, a data: address, or NULL */
    const char *credit_text; /* as stamped, with its label; NULL: the photo has none */
    char **creators;         /* NULL-terminated */
    const char *agency;      /* or NULL */
    const char *source;      /* or NULL */
    const char *confidence;
    char **conflicts;
    const ManifestFile *files; /* renditions in their order, each one's files together */
    guint n_files;
    char **removed;
    char **warnings;
} ManifestPhoto;

typedef struct Album Album; /* page/album.h */

/* A photo's entry, as it is kept and sent between processes: a floating GVariant of type a{sv}. */
GVariant *manifest_photo(const ManifestPhoto *photo);

/* The same back from such an entry, of which the strings stay. What it does not have is empty. Its data must
 * be one block of memory: see g_variant_get_data(). */
void manifest_read(GVariant *entry, ManifestPhoto *photo);
void manifest_clear(ManifestPhoto *photo);

/* The names of the files that an entry lists, as char *; free with g_ptr_array_unref(). None where it is no
 * entry. */
GPtrArray *manifest_files(GVariant *photo);

/* What an entry says of its files (ManifestFile), in their order; the texts borrow from the entry. NULL where
 * it is none of ours. Free with g_array_unref(). */
GArray *manifest_read_files(GVariant *photo);

/* The narrowest of the files, or NULL. */
const ManifestFile *manifest_narrowest(const ManifestFile *files, guint n);

/* The whole manifest as JSON text. Free with g_free(). */
char *manifest_text(const Album *album);
