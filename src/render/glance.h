/* A glance: a small RGB copy of a photo, as much as it takes to find out what it shows. */
#pragma once

#include <glib.h>

#include "render/frame.h"

typedef struct {
    guint8 *rgb; /* packed, 8 bits each */
    guint width, height;
} Glance;

enum { GLANCE_SIDE = 128 }; /* px of the longer one */

/* Of a frame; no larger than that is, and what is clear in it is white. */
Glance *glance_new(const Frame *frame);

/* Likewise, but as many px each way: out of proportion. */
Glance *glance_squared(const Frame *frame, guint side);
void glance_free(Glance *glance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Glance, glance_free)
