/* What stands in front of a name in a credit, and how far it goes: labels, "Photo by", "©". Each function
 * gives the position behind it, blanks included, or i where no such thing stands at i. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

/* A label and its colon, with a qualifier between the two or none ("צילום ארכיון:"). */
gsize front_skip_label(const Words *words, const Letters *letters, gsize i, gsize to);

/* "©", "Copyright 2026:" and the like, with certain set where it can be nothing else. */
gsize front_skip_copyright(const Words *words, const Letters *letters, gsize i, gsize to, gboolean *certain);

/* Where the picture stands, "Left:" or "Left -". */
gsize front_skip_place(const Words *words, const Letters *letters, gsize i, gsize to);

/* Labels and copyright, and "Photo by", "By", and a label without a colon where a name follows, as often as
 * they stand there. */
gsize front_skip(const Words *words, const Letters *letters, gsize i, gsize to);
