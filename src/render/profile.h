/* ICC profiles, by lcms2: told apart by their values, not by their names, and applied. */
#pragma once

#include <glib.h>

typedef enum {
    PROFILE_NONE,
    PROFILE_SRGB,
    PROFILE_DISPLAY_P3,
    PROFILE_RGB,   /* another RGB profile, to be converted by its own tables */
    PROFILE_OTHER, /* usable, of another colour space */
    PROFILE_BROKEN,
} ProfileKind;

/* Tells an RGB matrix profile whose primaries and tone curves are those of sRGB (IEC 61966-2-1) or Display
 * P3, v2 or v4, within what 8-bit pictures can show. NULL is PROFILE_NONE. Only in a child process. */
ProfileKind profile_identify(GBytes *icc);

/* Converts packed 8-bit RGB, rows stride bytes apart, in place by its RGB profile to sRGB: relative
 * colorimetric. Only in a child process. */
gboolean profile_to_srgb(GBytes *icc, guint8 *rgb, gsize stride, guint width, guint height, GError **error);

/* An Adobe RGB (1998) profile, for pictures that name it in EXIF only. */
GBytes *profile_adobe_rgb(void);
