/* What the letters of a text tell about it: its language and its direction. */
#pragma once

#include <glib.h>

/* The language that the script of the first letter suggests: "he", "ar", "ru", "en", "el", "am", "hi",
 * or "uk" where Ukrainian's own letters are in it; fallback where the text has no letter of these scripts. A
 * static string, or fallback itself. */
const char *script_language(const char *text, const char *fallback);

/* Whether this language is written from right to left. */
gboolean script_is_rtl(const char *language);

/* Removes direction marks, embeddings, overrides and isolates (UAX #9), soft hyphens, zero-width spaces and
 * control characters, folds each run of white space to one space, trims both ends, composes (NFC), and leaves
 * at most thirty marks upon one letter. Free with g_free(). */
char *script_clean(const char *text);

/* The same, but it keeps the marks of direction. */
char *script_clean_marked(const char *text);

/* How many of the n characters of a word are an article that is joined to it, as in Hebrew and Arabic. */
gsize script_article(const gunichar *word, gsize n);

/* Whether it is a mark of direction: left to right, right to left, or of Arabic letters. It tells where what
 * stands beside it belongs, as in "C++", and unlike the others it begins nothing that must end. */
gboolean script_is_mark(gunichar c);
