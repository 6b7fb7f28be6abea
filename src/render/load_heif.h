/* What libvips does not tell of a HEIC or AVIF. Only in a child process. */
#pragma once

#include <glib.h>

typedef enum {
    HEIF_COLOUR_SRGB, /* or said by a profile, or not said */
    HEIF_COLOUR_DISPLAY_P3,
    HEIF_COLOUR_VIDEO, /* BT.2020 primaries, or PQ or HLG tone curves: of no use as sRGB */
} HeifColour;

/* The colours of the primary picture by its code points (ITU-T H.273), which stand in the place of an ICC
 * profile. */
HeifColour load_heif_colour(GBytes *bytes);
