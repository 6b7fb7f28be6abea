/* What parts the names of a credit: commas, slashes, brackets, "via", "courtesy of". */
#pragma once

#include <glib.h>

#include "photo/letters.h"

/* What stands in front of a field, and so what may be in it. */
typedef enum {
    JOINT_LIST,    /* the begin, or a comma: one more of the same */
    JOINT_SLASH,   /* then the agency, as a rule */
    JOINT_BRACKET, /* likewise */
    JOINT_VIA,     /* then an agency */
    JOINT_OF, /* likewise, behind a word that stands in sentences, too: "on Unsplash", "AP and Reuters" */
    JOINT_COURTESY, /* then a source */
} Joint;

/* Whether from..to, blanks aside, is a word that stands by itself in a credit, or a date, or begins a credit
 * of its own. */
gboolean joint_is_known(const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether all of from..to is the name of a body, no sentence that begins with one: its word alone, two, or a
 * few more where the second one is of a body, too, "the spokesman of the city of", or a town behind it. "The
 * police", with its article, begins a sentence. Where there are capitals the last word of two tells, "Haifa
 * Municipality", or a small one behind the first, "Ministry of Defence". */
gboolean joint_is_body(const Words *words, const Letters *letters, gsize from, gsize to);

/* Where a word in brackets begins at i, between two of one name, "Robert (Bob) Smith": its closing bracket.
 * Else i. */
gsize joint_skip_nickname(const Words *words, const Letters *letters, gsize from, gsize i, gsize to);

/* Where the mark or word at i, in a field that began at from, parts it from the next, gives what it is; the
 * next one begins at *next. The name of a source, where a courtesy phrase is in front, may have commas in it.
 */
gboolean joint_at(const Words *words, const Letters *letters, gsize from, gsize i, gsize to,
                  gboolean courtesy, Joint *joint, gsize *next);
