/* A frame to JPEG by libjpeg. Its TurboJPEG interface writes either a baseline file with the general Huffman
 * tables, a tenth larger, or a progressive one, which takes three times as long and is no smaller
 * than a baseline one with tables of its own. Only in a child process. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* Encodes the colour planes of a full-range 4:2:0 frame as a baseline JPEG (JFIF). quality 0 to 100. */
GBytes *jpeg_encoder_encode(const Frame *frame, double quality, GError **error);
