/* JPEG by libjpeg, a few rows at a time, for what its TurboJPEG interface does not: that writes either a
 * baseline file with the general Huffman tables, a tenth larger, or a progressive one, which takes three
 * times as long and is no smaller than a baseline one with tables of its own; and it gives back RGB only as a
 * whole picture. Only in a child process. */
#pragma once

#include <glib.h>

#include "render/colour.h"
#include "render/frame.h"

/* Encodes the colour planes of a full-range 4:2:0 frame as a baseline JPEG (JFIF). quality 0 to 100. */
GBytes *jpeg_rows_encode(const Frame *frame, double quality, GError **error);

/* Decodes a colour JPEG to so many eighths (1 to 8) of its size, through a shaper, to a full-range frame in
 * which a chroma sample covers sub_x times sub_y (1 or 2 each) of luma. complaint is set to what libjpeg says
 * of a damaged file (free with g_free()), and left alone where it says nothing; NULL where it can make
 * nothing of it. */
Frame *jpeg_rows_decode(GBytes *bytes, guint eighths, const Shaper *shaper, guint sub_x, guint sub_y,
                        char **complaint);
