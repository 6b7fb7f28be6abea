/* The managed lane: every format and colour space that libvips reads, to sRGB. Only in a child process, after
 * libvips_init(). */
#pragma once

#include <glib.h>

#include "render/frame.h"
#include "render/load.h"

typedef struct {
    guint width, height; /* as stored, before orientation; a HEIF's own rotation is already in */
    guint bands, pages;
    gboolean grey, cmyk; /* else RGB */
    gboolean integer;    /* samples of 8 or 16 bits, or fewer */
    guint orientation;   /* still to be applied: 1 to 8 */
    const char *whole; /* the form of a file whose decoder holds the whole picture at once, as "an interlaced
                        * PNG"; NULL for one that is read in strips */
    guint64 whole_bytes;      /* which takes this much memory at least */
    GBytes *exif, *icc, *xmp; /* raw blocks, or NULL */
} VipsHeader;

/* Reads the header only. */
gboolean load_vips_header(VipsHeader *header, GBytes *bytes, GError **error);
void load_vips_header_clear(VipsHeader *header);

/* Decodes to an upright-less, full-range 4:4:4 sRGB frame that covers width x height as far as the picture
 * does, converted from the profile icc (NULL: sRGB, or a general CMYK profile). Alpha is kept, premultiplied,
 * unless it is opaque throughout. A warning of the decoder is an error unless the source tolerates it. */
Frame *load_vips(const Source *source, GBytes *icc, guint width, guint height, GError **error);

/* Decodes every pixel of every page or frame, up to so many, and gives the size of the first. A warning of
 * the decoder is an error. */
gboolean load_vips_check(GBytes *bytes, guint most_pages, guint *width, guint *height, GError **error);
