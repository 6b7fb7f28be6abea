/* Crops: where on a photo the part lies that a rendition shows. Only in a child process. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/frame.h"
#include "render/load.h"
#include "render/place.h"

typedef struct {
    Box box;        /* px of the upright photo */
    guint x, y;     /* the point that it was laid about, likewise */
    const char *by; /* what gave that: "captions.csv", "faces", "attention", "entropy", "centre"; NULL: the
                     * box is the whole photo */
} Crop;

/* Lays a part of this size, which a rendition crops by mode, onto the photo, of which frame shows the whole.
 */
Crop crop_find(CropMode mode, Size part, const Source *source, const Frame *frame);

/* The crop in fractions of the photo. */
Rect crop_rect(const Crop *crop, const Source *source);
