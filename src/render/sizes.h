/* Which variants a rendition makes of a photo: pure arithmetic. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

typedef struct {
    guint width, height; /* px */
} Size;

/* The size of the part that a rendition shows of a width x height photo (upright): the largest of its aspect,
 * or all of it where it keeps the photo's shape or crops nothing. */
Size sizes_part(const Rendition *rendition, guint width, guint height);

/* The variants of a rendition for a width x height photo, ascending: each of its widths that the part has,
 * and, where the part is narrower than the next one but at least 1.25 times the last (or than all), the
 * part's own. Where nothing is cropped, each is as wide as fits into the shape of that width. Never enlarged;
 * heights are rounded to the nearest pixel. Those higher than WebP's 16383 px are left out. An array of Size;
 * free with g_array_unref(). */
GArray *sizes_of(const Rendition *rendition, guint width, guint height);
