/* Which language a text is written in: its script tells, for the Latin one its commonest words, and for
 * Cyrillic some letters; where nothing more tells, it is the desk's own language. Pure. */
#pragma once

/* "he", "ar", "ru", "uk", "en", "de", "fr", "es", "el", "am" or "hi"; fallback, the desk's language, where
 * the text has no letter of their scripts or may be of that one. In a text of several scripts most letters
 * count; on a desk whose language runs from right to left, a quarter that does so, or the first. A static
 * string, or fallback itself. */
const char *language_of(const char *text, const char *fallback);
