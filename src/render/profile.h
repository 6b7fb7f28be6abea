/* ICC profiles (ICC.1, v2 and v4), told apart by their values, not by their names. Only in a child process.
 */
#pragma once

#include <glib.h>

#include "render/colour.h"

typedef enum {
    PROFILE_NONE,
    PROFILE_SRGB,
    PROFILE_MATRIX, /* RGB by three curves and three colorants, as Display P3 and Adobe RGB */
    PROFILE_RGB,    /* RGB by its own tables, whatever curves and colorants stand beside them */
    PROFILE_GREY,
    PROFILE_CMYK,
    PROFILE_BROKEN, /* or of no use for pictures */
} ProfileKind;

/* Tells a profile's kind: PROFILE_SRGB where primaries and tone curves are those of IEC 61966-2-1, within
 * what 8-bit pictures can show. NULL is PROFILE_NONE. */
ProfileKind profile_identify(GBytes *icc);

/* Whether its tables are for the perceptual intent alone, which is all that ICC.1 asks of a camera's, a
 * scanner's or a screen's. */
gboolean profile_is_perceptual(GBytes *icc);

/* What a profile calls itself ("Display P3"), or NULL. Free with g_free(). */
char *profile_name(GBytes *icc);

/* A PROFILE_MATRIX' way to sRGB, relative colorimetric; NULL for any other. Free with g_free(). */
Shaper *profile_shaper(GBytes *icc);

/* An Adobe RGB (1998) profile, for pictures that name it in EXIF only, and a Display P3 profile, for those
 * that name it by code points. */
GBytes *profile_adobe_rgb(void);
GBytes *profile_display_p3(void);
