/* ICC profiles told apart by their values, not by their names. */
#pragma once

#include <glib.h>

typedef enum {
    PROFILE_NONE,
    PROFILE_SRGB,
    PROFILE_DISPLAY_P3,
    PROFILE_OTHER, /* usable, to be converted by its own tables */
    PROFILE_BROKEN,
} ProfileKind;

/* Tells an RGB matrix profile whose primaries and tone curves are those of sRGB (IEC 61966-2-1) or Display
 * P3, v2 or v4, within what 8-bit pictures can show. NULL is PROFILE_NONE. Only in a child process. */
ProfileKind profile_identify(GBytes *icc);

/* An Adobe RGB (1998) profile, for pictures that name it in EXIF only. */
GBytes *profile_adobe_rgb(void);
