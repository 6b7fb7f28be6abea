#include "photo/script.h"

#include <string.h>

const char *script_language(const char *text, const char *fallback)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        switch (g_unichar_get_script(g_utf8_get_char(p))) {
        case G_UNICODE_SCRIPT_HEBREW:
            return "he";
        case G_UNICODE_SCRIPT_ARABIC:
            return "ar";
        case G_UNICODE_SCRIPT_CYRILLIC:
            return "ru";
        case G_UNICODE_SCRIPT_LATIN:
            return "en";
        default:
            break;
        }
    }
    return fallback;
}

gboolean script_is_rtl(const char *language)
{
    static const char *const rtl[] = { "ar", "dv", "fa", "he", "iw", "ps", "ur", "yi" };
    for (gsize i = 0; i < G_N_ELEMENTS(rtl); i++)
        if (strncmp(language, rtl[i], 2) == 0 && !g_ascii_isalpha(language[2]))
            return TRUE;
    return FALSE;
}

static gboolean is_direction_mark(gunichar c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

char *script_clean(const char *text)
{
    GString *out = g_string_new(NULL);
    gboolean space = FALSE;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_direction_mark(c))
            continue;
        if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
            space = out->len > 0;
            continue;
        }
        if (space)
            g_string_append_c(out, ' ');
        space = FALSE;
        g_string_append_unichar(out, c);
    }
    char *clean = g_utf8_normalize(out->str, -1, G_NORMALIZE_NFC);
    g_string_free(out, TRUE);
    return clean;
}
