/* Whether a photo's file is there to its end, by the walk of its container: that of a file whose upload has
 * paused is not. Only in a child process. */
#pragma once

#include <glib.h>

/* JPEG (ITU-T T.81 annex B): up to its EOI; PNG: to IEND; WebP: the length of its RIFF, and no hole of zeros
 * in a lossy picture; HEIC and AVIF (ISO/IEC 14496-12): the length of each box, and no such hole in the media
 * data, since decoders would make a picture of one; TIFF 6.0: each strip and tile that a directory lists.
 * What is behind that end does not matter. TRUE, too, for a file that is damaged otherwise, or no photo at
 * all, since nothing that comes behind will mend it. */
gboolean whole_is(GBytes *bytes);

/* Of a JPEG: the marker that ends the entropy-coded data which begins at this offset; size where there is
 * none. */
gsize whole_skip_scan(const guchar *data, gsize size, gsize at);
