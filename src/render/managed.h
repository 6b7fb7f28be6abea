/* The managed lane: every format and colour space that libvips reads, to sRGB. It is in the program's module
 * (base/module.h). */
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
} ManagedHeader;

void managed_header_clear(ManagedHeader *header);

/* What the lane does, in a child process only. */
typedef struct {
    /* Gets it ready: once, before all else. */
    gboolean (*start)(GError **error);

    /* Reads the header only. Free what it holds with managed_header_clear(). */
    gboolean (*read_header)(ManagedHeader *header, GBytes *bytes, GError **error);

    /* Decodes to an upright-less, full-range 4:4:4 sRGB frame that covers width x height as far as the
     * picture does, converted from the profile icc (NULL: sRGB, or a general CMYK profile). Alpha is kept,
     * premultiplied, unless it is opaque throughout. A warning of the decoder is an error unless the source
     * tolerates it. */
    Frame *(*load)(const Source *source, GBytes *icc, guint width, guint height, GError **error);

    /* Decodes every pixel of every page or frame, up to so many, and gives the size of the first. A warning
     * of the decoder is an error. */
    gboolean (*check)(GBytes *bytes, guint most_pages, guint *width, guint *height, GError **error);
} Managed;

/* The lane, ready; a static table. NULL where the module is not there or libvips does not start. A child has
 * it from a parent that has called this. */
const Managed *managed_lane(GError **error);

/* Gets it ready where a file of this name most likely needs it, since it is not called a JPEG: in the parent,
 * before the fork. */
void managed_prepare(const char *name);
