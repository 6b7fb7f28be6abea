/* A gallery as its pages show it: the photos in their order, which of them leads, and where they are on the
 * web. All that src/page/ writes is written from this. */
#pragma once

#include "page/manifest.h"
#include "preset/preset.h"

typedef struct {
    char *name; /* of the source file, UTF-8 */
    ManifestPhoto is;
    GVariant *record; /* what it was read from */
} AlbumPhoto;

struct Album {
    char *path; /* of the gallery under the output, UTF-8 */
    const Preset *preset;
    GPtrArray *photos; /* AlbumPhoto */
    guint lead;        /* index of the photo that stands for the gallery; no photo's where there are none */
    char *address;     /* of the gallery on the web, with a slash at its end; "" where it is not known */
    char **figure;     /* the renditions that a figure shows: formats of one picture, the best first */
    char **social;     /* those for link previews and search, the first choice first; perhaps none */
};

/* names[i] is the source name of records[i] (as manifest_photo() makes them), in the order of the pages;
 * names need not be UTF-8. The preset must outlive the album. */
Album *album_new(const char *path, const Preset *preset, GPtrArray *names, GPtrArray *records, guint lead);
void album_free(Album *album);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Album, album_free)

/* The first file and the number of a rendition's files, ascending in width. NULL where the photo has none. */
const ManifestFile *album_files(const AlbumPhoto *photo, const char *rendition, guint *n);

/* The widest file of a rendition, or NULL. */
const ManifestFile *album_widest(const AlbumPhoto *photo, const char *rendition);

/* Where a file of the gallery is: a whole address where the preset has a base for it, else one that is
 * relative to the gallery's folder. Free with g_free(). */
char *album_address(const Album *album, const char *file);

/* Creators and agency as one line, without a label; NULL where the photo is published without a credit. Free
 * with g_free(). */
char *album_credit(const AlbumPhoto *photo);
