/* What search engines and link previews read of a gallery: schema.org as JSON-LD, and Open Graph. */
#pragma once

#include "page/album.h"

/* An Article (schema.org) that has nothing but its image array: an ImageObject for each photo, the lead's
 * first, and before it the lead's social renditions. Floating, of type a{sv}. */
GVariant *share_article(const Album *album);

/* Properties (https://ogp.me) of the lead's picture: its first social rendition, else what its figure shows.
 * Floating, of type a{sv}; empty where there is no photo. */
GVariant *share_opengraph(const Album *album);

/* head.html: both as elements for an article's <head>. Free with g_free(). */
char *share_head(const Album *album);
