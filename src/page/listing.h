/* A manifest.json read again, as a stranger reads it: what it lists, and what it says of each file. */
#pragma once

#include <glib.h>

#define LISTING_MAX ((gsize)64 << 20) /* bytes; a gallery of a thousand photos has some 2 MiB */

typedef struct {
    gboolean
        foreign; /* JSON, but no manifest of ours, as a web app's manifest.json is: then all else is NULL */
    char *gallery, *preset, *lead; /* lead: NULL for none */
    GPtrArray *names;              /* char *: of the source files */
    GPtrArray *photos;             /* GVariant: their entries, of the types that manifest_photo() gives */
} Listing;

/* Fails where it is no JSON, or not as docs/manifest.schema.json has it in what is needed here: then nothing
 * can be said of the gallery. Keys that are not known stay as they are. To be cleared after either result. */
gboolean listing_read(Listing *listing, const char *text, gsize size, GError **error);
void listing_clear(Listing *listing);

/* The files of a photo's entry, type a(suuts): name, width, height, bytes, media type. A name is a plain one.
 * NULL where one of them says less. */
GVariant *listing_files(GVariant *photo);
