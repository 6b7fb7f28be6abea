/* Text of unknown encoding, as old cameras and spreadsheets leave it, to UTF-8. */
#pragma once

#include <glib.h>

/* What a byte that is not UTF-8 is taken for by default. */
#define CHARSET_FALLBACK "windows-1252"

/* Valid UTF-8 is taken as it is, even where its last character was cut, and UTF-16 where a byte order mark
 * says so; else it is windows-1255 when most high bytes are Hebrew letters there; else fallback, a name that
 * iconv knows (NULL for CHARSET_FALLBACK). The guess at Hebrew is made only over a fallback in Latin letters:
 * in another script's encoding the same bytes are letters too. Text that was encoded twice is mended, see
 * charset_mend(). Reads size bytes or up to a NUL. A byte order mark in front is dropped, white space at both
 * ends is cut off. NULL when the bytes are text in none of these. Free with g_free(). */
char *charset_decode(gconstpointer data, gsize size, const char *fallback);

/* UTF-16, of these bytes or up to a NUL, little-endian where no byte order mark tells otherwise, likewise. */
char *charset_decode_utf16(gconstpointer data, gsize size);

/* Valid UTF-8 that is UTF-8 once more below, since a program took it for windows-1252 or windows-1255 and
 * encoded it again ("×“× ×”" for "דנה"): what was meant. NULL for any other text. Free with g_free(). */
char *charset_mend(const char *text);
