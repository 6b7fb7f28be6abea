/* What people are told of a photo that failed, in the language of the desk: Hebrew, Arabic, else English.
 * Pure.
 */
#pragma once

#include <glib.h>

/* The note of a file, which is named by its own name: what is wrong and what to do. message is the failure's
 * own, code its PhotodeskError; language is a tag as of BCP 47; desk, which stands in brackets at the end,
 * says whose it is. Free with g_free(). */
char *notice_text(const char *name, const char *language, const char *message, int code, const char *desk);

/* The sentence that says what is wrong: a static string; NULL where only the message does. A code that has
 * none is taken for PHOTODESK_ERROR_FAILED. */
const char *notice_wrong(const char *language, int code);

/* Whose note the text is, to be freed; NULL where it is none, in any of the languages. */
char *notice_desk(const char *text);
