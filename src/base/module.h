/* The program's module, managed.so: what is linked with libraries that most runs do without, since to link
 * with those takes longer than a small photo does. */
#pragma once

#include <glib.h>

/* What the module defines by this name, a table of functions; the module is loaded for the first one, and
 * stays. NULL where it is not there, or is another program's. A child has it from a parent that has called
 * this, and need not load it by itself. */
gconstpointer module_find(const char *name, GError **error);

/* Whether it is loaded. */
gboolean module_is_loaded(void);

/* Its path. Free with g_free(); NULL where there is none. */
char *module_path(void);
