/* One photo on the contact sheet: its figure, and all that a desk wants to know of it. */
#pragma once

#include "page/album.h"
#include "page/phrases.h"

/* Appends the <article> of one photo; it has the id "photo-N", counted from 1. */
void entry_append(GString *page, const Album *album, guint photo, const Phrases *say);

/* The narrowest file of a photo, or NULL. */
const ManifestFile *entry_thumb(const AlbumPhoto *photo);

/* How many warnings and conflicts a photo has. */
guint entry_warnings(const AlbumPhoto *photo);
