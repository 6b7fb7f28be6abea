/* Changes of a frame's size, range and primaries, by zimg. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* A part of a picture, in fractions of its width and height. */
typedef struct {
    double left, top, width, height;
} Rect;

#define RECT_WHOLE ((Rect){ 0, 0, 1, 1 })

/* The part of frame that rect names, as a picture of width x height px: Lanczos 3 on each plane, to 4:2:0 in
 * limited range, as WebP wants it. Pixel centres stay where they are. The frame may have any subsampling and
 * range; alpha comes along. */
Frame *frame_scale(const Frame *frame, Rect rect, guint width, guint height, GError **error);

/* Packed 8-bit sRGB of 3 bands, or 4 with alpha, to a 4:4:4 full-range frame. Alpha that is opaque everywhere
 * is left out. */
Frame *frame_from_rgb(const guint8 *packed, guint bands, guint width, guint height, GError **error);

/* A full-range frame with Display P3 primaries (SMPTE EG 432-1, white D65, sRGB transfer function) to sRGB,
 * at its own size and subsampling (luma samples to a chroma sample: 1, 2 or 4). Takes ownership of frame. */
Frame *frame_from_display_p3(Frame *frame, GError **error);

/* The version of zimg that runs. A static string. */
const char *scale_version(void);
