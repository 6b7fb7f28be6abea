/* From a photo's bytes to a frame: which of the two lanes, and what was learned on the way. Only in a child
 * process. */
#pragma once

#include <glib.h>

#include "render/frame.h"
#include "render/scale.h"
#include "render/sizes.h"

/* A photo as the renderer is given it. It has its own references of bytes and icc. */
typedef struct {
    GBytes *bytes;       /* NULL once it is loaded */
    GBytes *icc;         /* its embedded profile, or NULL */
    guint width, height; /* as stored, before orientation */
    guint orientation;   /* EXIF: 1 to 8 */
    gboolean planar;     /* a JPEG whose planes can be taken as they are, as far as its header says */
    gboolean grey, cmyk; /* else RGB or Y'CbCr */
    guint alpha;         /* which of the channels behind those of colour is alpha, if it is there; 0: none */
    gboolean premultiplied; /* colours are weighted with alpha, which libvips does not know */
    gboolean plain_inks;    /* of a CMYK JPEG: full ink is 255, not 0 as Adobe has it */
    gboolean adobe_rgb;     /* EXIF says Adobe RGB */
    gboolean display_p3;    /* a HEIC, AVIF or PNG says Display P3 by code points */
    gboolean tolerate;      /* publish what can be decoded of a damaged file */
    const Rect *faces;      /* where its metadata names faces, in fractions of the upright picture */
    guint n_faces;
    gboolean has_focus; /* a person says what it is about: this point, in fractions of the upright picture */
    double focus_x, focus_y;
} Source;

/* Gives up the bytes and the profile, which take as much memory as the picture does. The rest stays. */
void source_clear(Source *source);

/* The size of the photo when it is upright. */
Size load_size(const Source *source);

/* The upright frame of the photo in sRGB, large enough for variants of width x height (upright) as far as the
 * photo is. What a person should know is added to warnings (char *). */
Frame *load_frame(const Source *source, guint width, guint height, GPtrArray *warnings, GError **error);
