/* Colours by code points (ITU-T H.273), as a HEIC, an AVIF or a PNG may say them in the place of an ICC
 * profile. */
#pragma once

#include <glib.h>

typedef enum {
    POINTS_SRGB, /* or what is taken as it */
    POINTS_DISPLAY_P3,
    POINTS_VIDEO, /* BT.2020 primaries, or PQ or HLG tone curves: of no use as sRGB */
} Points;

/* Tells them; 0 stands for a code point that is not said. */
Points points_tell(guint primaries, guint transfer);
