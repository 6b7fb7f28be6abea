/* Text of unknown encoding, as old cameras and spreadsheets leave it, to UTF-8. */
#pragma once

#include <glib.h>

/* Valid UTF-8 is taken as it is (a byte order mark in front is dropped); else windows-1255 when most high
 * bytes are Hebrew letters there; else windows-1252. Reads size bytes or up to a NUL. White space at both
 * ends is cut off. NULL when the bytes are text in none of these. Free with g_free(). */
char *charset_decode(gconstpointer data, gsize size);
