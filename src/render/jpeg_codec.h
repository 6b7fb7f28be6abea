/* JPEG by libjpeg-turbo: a Y'CbCr one to a frame, straight to its planes or through its profile. Only in a
 * child process. */
#pragma once

#include <glib.h>

#include "render/colour.h"
#include "render/frame.h"

typedef struct {
    guint width, height; /* as stored, before orientation */
    gboolean planar;     /* three components of Y'CbCr in 4:4:4, 4:2:2, 4:2:0, 4:4:0 or 4:1:1 */
    gboolean grey;
    gboolean cmyk;        /* CMYK or YCCK */
    int subsampling;      /* libjpeg-turbo's TJSAMP */
    guint64 coefficients; /* bytes of all of them, which are held at once where a file has several scans */
} JpegHeader;

/* Reads the header (ITU-T T.81). FALSE with an error where the bytes are no JPEG that can be decoded. */
gboolean jpeg_codec_header(JpegHeader *header, GBytes *bytes, GError **error);

/* Decodes a planar JPEG at the smallest DCT scale (eighths) that is still a sixteenth larger than width x
 * height, or else at its full size, to a full-range frame of its own subsampling. A warning of the decoder,
 * as a file that was cut short gives, is an error; with tolerate, it is written to warning (free with
 * g_free()) and the picture is what could be decoded. */
Frame *jpeg_codec_decode(GBytes *bytes, guint width, guint height, gboolean tolerate, char **warning,
                         GError **error);

/* The same by a shaper, to a frame of sRGB whose chroma is as coarse as the file has it, but no coarser than
 * 4:2:0. */
Frame *jpeg_codec_decode_shaped(GBytes *bytes, const Shaper *shaper, guint width, guint height,
                                gboolean tolerate, char **warning, GError **error);
