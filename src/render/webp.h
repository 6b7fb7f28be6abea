/* WebP files (RFC 9649): pixels, and at most the one XMP packet that we give. By libwebp and its container
 * library. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* Encodes a limited-range 4:2:0 frame, not premultiplied, as lossy WebP. quality 0 to 100: what libwebp's
 * default settings make of that number, near enough. method 0 to 6. xmp may be NULL. Where rebuilt is not
 * NULL it gets the picture as the encoder rebuilt it from what it wrote: what a decoder has before it filters
 * the edges of blocks (RFC 6386, section 15). */
GBytes *webp_encode(const Frame *frame, double quality, int method, GBytes *xmp, Frame **rebuilt,
                    GError **error);

/* Decodes an area of such a file, which begins and ends on chroma samples or at the picture's edge, to a
 * limited-range frame. */
Frame *webp_decode(GBytes *bytes, guint x, guint y, guint width, guint height, GError **error);

/* Reads a file again as a stranger would and fails unless it is one WebP picture of this size, with no byte
 * behind it, no chunk but those of its pixels, and exactly this XMP packet (NULL: none). */
gboolean webp_check(GBytes *bytes, guint width, guint height, GBytes *xmp, GError **error);

/* The version of libwebp's encoder that runs, as it packs it. */
int webp_version(void);
