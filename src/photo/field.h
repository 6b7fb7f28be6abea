/* The fields of a credit: what parts one from the next, and what may stand around one without being a part of
 * it. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

gboolean field_is_bracket(gunichar c);

/* A comma, a semicolon or a line break. */
gboolean field_is_list_mark(gunichar c);

/* A slash, a bar, or a dash that stands apart; not the slash of a date, "12/03/2024". */
gboolean field_is_slash(const Letters *letters, gsize i);

/* The end of a field that begins at i, by the marks that end one everywhere. */
gsize field_end(const Letters *letters, gsize i, gsize to);

/* Where the hashtags at the end of a field begin, or an address for mail, "NAME <name@example.org>"; to where
 * it has none. */
gsize field_tags(const Letters *letters, gsize from, gsize to);

/* Without the blanks, stops, dashes and quotation marks around it. The stop of a last initial stays. */
void field_trim(const Letters *letters, gsize *from, gsize *to);
