/* A glance: a small RGB copy of a photo, as much as it takes to find out what it shows. Only in a child
 * process, after libvips_init(). */
#pragma once

#include <glib.h>

#include "render/frame.h"

typedef struct {
    guint8 *rgb; /* packed, 8 bits each */
    guint width, height;
    gboolean attended; /* what draws attention was looked for */
    double x, y;       /* and is here, px */
} Glance;

enum { GLANCE_SIDE = 128 }; /* px of the longer one; libvips itself looks at 32 for what draws attention */

/* Of a frame; no larger than that is, and what is clear in it is white. */
Glance *glance_new(const Frame *frame);
void glance_free(Glance *glance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Glance, glance_free)

/* The point that draws the eye, in fractions of the photo, as libvips' smart crop finds it: the same one for
 * all crops, since it is found but once. */
gboolean glance_attention(Glance *glance, double *x, double *y, GError **error);

/* The middle of the part of width x height, in fractions of the photo, that tells most: by entropy. */
gboolean glance_entropy(const Glance *glance, double width, double height, double *x, double *y,
                        GError **error);
