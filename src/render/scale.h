/* Changes of a frame's size and range. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* A part of a picture, in fractions of its width and height. */
typedef struct {
    double left, top, width, height;
} Rect;

#define RECT_WHOLE ((Rect){ 0, 0, 1, 1 })

/* The part of frame that rect names, as a picture of width x height px: Lanczos 3 on each plane, to 4:2:0, in
 * limited range as WebP wants it or in full range as JPEG does; a limited frame only stays one. Pixel centres
 * stay where they are. The frame may have any subsampling; alpha comes along. threads is how many may be at
 * it.
 */
Frame *frame_scale(const Frame *frame, Rect rect, guint width, guint height, gboolean limited, guint threads);
