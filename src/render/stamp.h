/* The credit drawn on a variant: white letters with a dark outline, in a corner, by Pango, Cairo and
 * Fontconfig. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/frame.h"

/* What is drawn, the same for all variants of a photo. */
typedef struct {
    const char *text;     /* UTF-8, its names in bidi isolates */
    const char *language; /* BCP 47 */
    gboolean rtl;         /* base direction; also decides which side is start */
} StampText;

/* What one photo's drawing shares between its variants. Not to be shared between threads. */
typedef struct Stamp Stamp;

/* Reads the font configuration: in the parent, once, before the first fork, so that each child need not. */
void stamp_init(void);

/* A text that is different when the fonts that a stamp would use are: families, versions and bytes of their
 * files, and the versions of the libraries that draw. Free with g_free(). */
char *stamp_identity(const StampStyle *style);

/* Fails where no font has a character of the text, and names it. style and text must outlive the Stamp. */
Stamp *stamp_new(const StampStyle *style, const StampText *text, GError **error);
void stamp_free(Stamp *stamp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stamp, stamp_free)

/* Draws on a limited-range 4:2:0 frame, at the frame's own size. FALSE where the variant is narrower than the
 * style allows or the stamp has no room in it: then nothing is drawn. */
gboolean stamp_draw(Stamp *stamp, Frame *frame);
