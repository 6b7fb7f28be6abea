/* What tells that a text among the names of a credit is no name, or not a certain one. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

/* Whether from..to has no word of a name: no letters, one letter that fills a field, "xxxx", or "3 photos".
 */
gboolean doubt_is_empty(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether from..to stands for a name that is not known, "unknown", "to be checked!": marks around it make no
 * difference. */
gboolean doubt_is_blank(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether it says that the name beside it is still to be checked, by its words or a question mark, or has
 * other marks that no name has. */
gboolean doubt_is_said(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether it is a town or country, and no more than "in" or "from" is in front. */
gboolean doubt_is_town(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether it is the name of a place, by a word that it begins with, "כיכר רבין", or in a script with capitals
 * has anywhere, "Rabin Square"; or a town; or ends in one of these, "NAME in Tel Aviv". */
gboolean doubt_is_place(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether what stands behind a dash may be a sentence. Where there are no capitals nothing but its length
 * tells: it has three words or more, and is no body, no studio and no name with a short word in it, "אורן בן
 * חקון". */
gboolean doubt_is_sentence(const Words *words, const Letters *letters, gsize from, gsize to);
