/* A photo as it comes in: its bytes told apart into what the renderer needs, what its metadata says, and what
 * must not leave the house. Only in a child process. */
#pragma once

#include <glib.h>

#include "photo/metadata.h"
#include "preset/preset.h"
#include "render/load.h"

typedef struct {
    Source source;
    Rect *faces; /* source's */
    Metadata metadata;
    gboolean has_c2pa, has_preview; /* see photo/blocks.h */
    GPtrArray *removed;             /* char *: kinds of metadata that it carries and its variants will not */
} Intake;

/* Tells the format by content and reads headers and metadata; decodes no pixel. Fails on a format that is
 * refused, a file that is none, and a picture above the limits. To be cleared after either result. */
gboolean intake_read(Intake *intake, GBytes *bytes, const Preset *preset, GPtrArray *warnings,
                     GError **error);

/* The faces that a packet names instead of those that the photo's own does. */
void intake_take_faces(Intake *intake, const Xmp *xmp);
void intake_clear(Intake *intake);
