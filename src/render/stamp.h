/* The credit drawn on a variant, and the publication's logo beside it or instead: in white or black,
 * whichever can be read on the photo, with a thin outline of the other, in a corner. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/frame.h"
#include "render/place.h"
#include "render/typeset.h"

/* What one photo's drawing shares between its variants. Not to be shared between threads. */
typedef struct Stamp Stamp;

/* Finds the installed fonts of a style: in the parent, before a fork, so that each child need not. */
void stamp_prepare(const StampStyle *style);

/* A text that is different when what a stamp is drawn with is: fonts, logo, and the libraries that draw. Free
 * with g_free(). */
char *stamp_identity(const StampStyle *style);

/* Fails where no font has a character of the text, and names it, or where the logo cannot be drawn. style and
 * text must outlive the Stamp. */
Stamp *stamp_new(const StampStyle *style, const StampText *text, GError **error);
void stamp_free(Stamp *stamp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stamp, stamp_free)

/* A stamp on its way onto one variant. */
typedef struct Mark Mark;

/* Finds the stamp's size on a variant of this size. NULL where there is no room for it. */
Mark *stamp_fit(Stamp *stamp, guint width, guint height);
void mark_free(Mark *mark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mark, mark_free)

/* Adds up, for each corner, what speaks against the mark there: see place_weigh(). */
void stamp_weigh(const Stamp *stamp, const Mark *mark, const Frame *frame, Rect crop, const Rect *faces,
                 guint n_faces, PlaceCost cost[CORNERS]);

/* Draws the mark on the variant's 4:2:0 frame, whose size it was fitted to. FALSE without memory. */
gboolean stamp_draw(Stamp *stamp, Mark *mark, Frame *frame, Corner corner, GError **error);

/* Whether the text had to be cut short. */
gboolean mark_is_cut(const Mark *mark);

/* Where the letters, the logo and their outlines are. */
Box mark_box(const Mark *mark);

/* The part of the picture that the mark has changed; it begins and ends on chroma samples. */
Box mark_area(const Mark *mark);

/* The contrast of the mark on a decoded picture: the part of it that mark_area() names. A thread of its own
 * may call this and mark_strengthen(). */
double mark_contrast(const Mark *mark, const Frame *part);

/* Draws the mark anew, with more contrast by as much as it lacks: what it had, once it was decoded. */
void mark_strengthen(Mark *mark, Frame *frame, double had);
