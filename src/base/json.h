/* JSON text (RFC 8259) of a GVariant: what the program tells machines, and what it
 * reads again of that. */
#pragma once

#include <glib.h>

/* A dictionary becomes an object in the order of its entries, a maybe becomes null or its value. Strings are
 * UTF-8. With pretty, indented by two spaces and ended by a line break; else one line without one. Free with
 * g_free(). */
char *json_text(GVariant *value, gboolean pretty);

/* The same back: an object as a{sv} in its order, an array as av, numbers as x or d, null as mv. NULL where
 * it is no JSON. A text of others is for a child process. */
GVariant *json_read(const char *text, gsize size, GError **error);
