/* A glance: a small RGB copy of a photo, as much as it takes to find out what it shows. */
#pragma once

#include <glib.h>

#include "render/frame.h"

typedef struct {
    guint8 *rgb; /* packed, 8 bits each */
    guint width, height;
} Glance;

/* Of a frame; what is clear in it is white. */
Glance *glance_new(const Frame *frame, GError **error);
void glance_free(Glance *glance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Glance, glance_free)
