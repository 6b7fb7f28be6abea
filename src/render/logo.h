/* The publication's logo as coverage: an SVG by librsvg, a PNG by Cairo. Only in a child process. */
#pragma once

#include <glib.h>

#include "render/mask.h"

typedef struct Logo Logo;

/* Reads a logo. Fails where the file is neither a PNG nor an SVG that can be drawn. */
Logo *logo_new(const char *path, GError **error);
void logo_free(Logo *logo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Logo, logo_free)

/* A text that is different when the file is. Free with g_free(). */
char *logo_identity(const char *path);

/* Width over height. */
double logo_aspect(const Logo *logo);

/* Draws the logo into this area of a mask. A logo of one colour is covered as far as it is opaque; of one
 * that has several, the darkest is covered and the lightest is not. FALSE without memory. */
gboolean logo_draw(const Logo *logo, Mask *mask, guint x, guint y, guint width, guint height);
