/* The credit as text: its lines, its size in each variant, and its letters as coverage. By Pango, for shaping
 * and direction (UAX #9), and Cairo. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/mask.h"

/* What is written, the same for all variants of a photo. */
typedef struct {
    const char *label;    /* stands before the names: "צילום:"; "" for none */
    const char *names;    /* UTF-8, each name in bidi isolates */
    const char *language; /* BCP 47 */
    gboolean rtl;         /* base direction; also decides which side is start */
} StampText;

/* A photo's text, ready to be set. Not to be shared between threads. */
typedef struct Typeset Typeset;

/* Fails where no font has a character of the text, and names it. text must outlive the Typeset. */
Typeset *typeset_new(const StampStyle *style, const StampText *text, GError **error);
void typeset_free(Typeset *typeset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Typeset, typeset_free)

typedef enum { SET_LINE, SET_BROKEN, SET_WRAPPED, SET_CUT } Setting;

/* How the text stands in one variant. */
typedef struct {
    double px;       /* text height */
    Setting setting; /* in one line; in two, broken between names, or between words; cut with an ellipsis */
    gboolean bare;   /* without its label */
    double room;     /* widest line, px */
    guint width, height; /* of its ink, whole px */
} TextFit;

/* Finds room for the text in lines of at most room px: in one line, else in two; where both are too long, in
 * letters smaller than px, down to min_px; then without its label; then cut with an ellipsis at min_px. */
void typeset_fit(Typeset *typeset, double px, double min_px, double room, TextFit *fit);

/* Draws the letters into the mask, the ink's left top at (x, y); its lines flush with the right or the left.
 * FALSE without memory. */
gboolean typeset_draw(Typeset *typeset, const TextFit *fit, gboolean right, Mask *mask, guint x, guint y);

/* The characters in the order in which they stand from left to right, line by line: what tests hold against
 * how people read it. Free with g_free(). */
char *typeset_order(Typeset *typeset, const TextFit *fit);

/* The versions of the libraries that draw. A static string. */
const char *typeset_version(void);
