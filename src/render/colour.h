/* From packed RGB to a frame, and back: primaries and tone curves to sRGB, and R'G'B' to Y'CbCr. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* sRGB's curve (IEC 61966-2-1): the linear light of a value, both 0 to 1. */
double colour_linear(double value);

typedef gint32 Quad __attribute__((vector_size(16)));

/* An RGB matrix profile's way to sRGB: what each 8-bit value adds to the three linear channels, and the
 * 8-bit code of each sum, cut off at black and white. */
typedef struct {
    Quad linear[3][256];
    guint8 encoded[];
} Shaper;

/* curve[c][v] is the linear light of value v of channel c, 0 to 1; matrix goes from those to linear sRGB, a
 * row for each of its channels. Free with g_free(). */
Shaper *shaper_new(const double curve[3][256], const double matrix[3][3]);

/* Packed 8-bit RGB of 3 bands, or 4 with alpha, to a full-range frame of sRGB, in which a chroma sample
 * covers sub_x times sub_y (1 or 2 each) of luma: as it is, or by a shaper. Alpha that is opaque everywhere
 * is left out. */
Frame *frame_from_rgb(const guint8 *packed, guint bands, guint width, guint height, guint sub_x, guint sub_y,
                      const Shaper *shaper);

/* The same a few rows at a time, from the top: fills the rows of a frame whose chroma sample covers sub_x
 * times sub_y of luma (1 or 2 each), from y on, a multiple of sub_y, by two rows of packed RGB; the lower one
 * counts where sub_y is 2, and is the upper one again where the picture ends with that. Alpha is left alone.
 * room holds colour_room() bytes, of any content. */
gsize colour_room(const Frame *frame);
void frame_take_rows(Frame *frame, guint y, const guint8 *upper, const guint8 *lower, guint bands,
                     const Shaper *shaper, guint8 *room);

/* And back: a 4:2:0 frame to packed 8-bit RGB, for what need not be exact: each chroma sample
 * colours all that it covers. Free with g_free(). */
guint8 *frame_to_rgb(const Frame *frame);
