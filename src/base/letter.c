#include "base/letter.h"

GUnicodeScript letter_script(const char *text)
{
    while (*text && !g_unichar_isalpha(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return g_unichar_get_script(g_utf8_get_char(text));
}
