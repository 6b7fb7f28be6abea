/* Dates beside a name, "NAME, 12 במרץ 2024", "NAME 7.6.67": they are none of it. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

/* Where a date begins that goes on to the end of from..to; to where there is none. It is made of numbers and
 * of the preset's words for dates, and has a year, all three numbers ("7.6.67"), an hour ("12:30"), or a
 * number beside a word. A preposition in front is a part of it where there is nothing else; behind a name it
 * makes it a part of a sentence, "NAME on May 3", and no date. Without words (NULL), numbers only. */
gsize date_begin(const Words *words, const Letters *letters, gsize from, gsize to);

/* Behind the year, or the date all in numbers, that stands at from; blanks included. Else from. */
gsize date_skip(const Letters *letters, gsize from, gsize to);
