/* JPEG files (ITU-T T.81, JFIF): pixels, and at most the one XMP packet that we give. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* Encodes a full-range 4:2:0 frame; alpha is not looked at. quality 0 to 100. xmp may be NULL; it must fit
 * into one segment. */
GBytes *jpeg_encode(const Frame *frame, double quality, GBytes *xmp, GError **error);

/* Decodes such a file to a full-range 4:2:0 frame. */
Frame *jpeg_decode(GBytes *bytes, guint width, guint height, GError **error);

/* Reads a file again as a stranger would and fails unless it is one JPEG picture of this size, from its first
 * byte to its last, with no segment but those of its pixels, and exactly this XMP packet (NULL: none). */
gboolean jpeg_check(GBytes *bytes, guint width, guint height, GBytes *xmp, GError **error);
