/* Which variants a rendition makes of a photo: pure arithmetic. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/scale.h"

typedef struct {
    guint width, height; /* px */
} Size;

/* The part of a width x height picture (upright) that a rendition of this aspect shows: the largest centred
 * one, or all of it for aspect 0. */
Rect sizes_crop(double aspect, guint width, guint height);

/* The variants of a rendition for a width x height picture, ascending: each of its widths that the crop has,
 * and, where the crop is narrower than the next one but at least 1.25 times the last (or than all), the
 * crop's own. Never enlarged; heights are rounded to the nearest pixel. Those higher than WebP's 16383 px are
 * left out. An array of Size; free with g_array_unref(). */
GArray *sizes_of(const Rendition *rendition, guint width, guint height);
