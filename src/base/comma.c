#include "base/comma.h"

#include <glib.h>

const char *comma_between(char *const *names)
{
    const char *p = *names ? *names : "";
    while (*p && !g_unichar_isalpha(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return g_unichar_get_script(g_utf8_get_char(p)) == G_UNICODE_SCRIPT_ARABIC ? "، " : ", ";
}
