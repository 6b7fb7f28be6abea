/* Which language a text is written in: its script tells, and for the Latin one its commonest words. Pure. */
#pragma once

/* "he", "ar", "ru", "uk", "en", "de", "fr" or "es"; fallback where the text has no letter of their scripts.
 * Latin text without a common word of one of these languages is "en". A static string, or fallback itself. */
const char *language_of(const char *text, const char *fallback);
