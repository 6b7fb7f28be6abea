/* Text into markup: the one place where what people wrote becomes HTML. */
#pragma once

#include <glib.h>

/* Appends as printf() does; each %s comes out as text, in an element or in a quoted attribute, whatever is
 * in it. Control characters, which HTML cannot hold, are left out. The format is markup itself. */
void escape_print(GString *page, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Appends the name of a file as an element that nothing around it turns. Where its first letter is Hebrew or
 * Arabic it runs from right to left, and its ending, as ".jpg", from left to right by itself. */
void escape_name(GString *page, const char *name);

/* The name of a file, or several with slashes between them, as an address (RFC 3986). Free with g_free(). */
char *escape_address(const char *path);

/* Appends JSON text as a <script> element can hold it: nothing in it ends the element. */
void escape_json(GString *page, const char *json);
