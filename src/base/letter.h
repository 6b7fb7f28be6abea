/* What the first letter of a text tells. Pure. */
#pragma once

#include <glib.h>

/* Its script; one that no letter has where there is none. */
GUnicodeScript letter_script(const char *text);
