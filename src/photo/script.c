#include "photo/script.h"

#include <string.h>

/* Whether there is a letter that Ukrainian has and Russian has not. */
static gboolean has_ukrainian(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(p));
        if (c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491) /* і ї є ґ */
            return TRUE;
    }
    return FALSE;
}

const char *script_language(const char *text, const char *fallback)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        switch (g_unichar_get_script(g_utf8_get_char(p))) {
        case G_UNICODE_SCRIPT_HEBREW:
            return "he";
        case G_UNICODE_SCRIPT_ARABIC:
            return "ar";
        case G_UNICODE_SCRIPT_CYRILLIC:
            return has_ukrainian(p) ? "uk" : "ru";
        case G_UNICODE_SCRIPT_LATIN:
            return "en";
        case G_UNICODE_SCRIPT_GREEK:
            return "el";
        case G_UNICODE_SCRIPT_ETHIOPIC:
            return "am";
        case G_UNICODE_SCRIPT_DEVANAGARI:
            return "hi";
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
        if (g_ascii_strncasecmp(language, rtl[i], 2) == 0 && !g_ascii_isalpha(language[2]))
            return TRUE;
    return FALSE;
}

/* Marks of direction, of where a line may break and of where letters part, and letters that are none: the
 * fillers of Hangul. */
static gboolean is_invisible(gunichar c)
{
    return c == 0xad || c == 0x34f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 ||
           c == 0x200b || c == 0x2060 || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

gsize script_article(const gunichar *word, gsize n)
{
    if (n > 0 && word[0] == 0x5d4)
        return 1;
    return n > 1 && word[0] == 0x627 && word[1] == 0x644 ? 2 : 0;
}

gboolean script_is_mark(gunichar c)
{
    return c == 0x200e || c == 0x200f || c == 0x61c;
}

/* UAX #15, Stream-Safe Text Format: no language needs more marks upon one letter. */
#define MOST_MARKS 30

/* Composing takes time by the square of the length: longer texts are composed piece by piece. */
#define PIECE 256 /* bytes */

/* Whether the character never composes with one before it: no mark, and no vowel or tail of a Hangul
 * syllable. */
static gboolean begins_anew(gunichar c)
{
    return !g_unichar_ismark(c) && !(c >= 0x1160 && c <= 0x11ff);
}

static void append_composed(GString *out, GString *piece)
{
    gboolean plain = g_str_is_ascii(piece->str);
    g_autofree char *composed =
        plain ? NULL : g_utf8_normalize(piece->str, (gssize)piece->len, G_NORMALIZE_NFC);
    g_string_append(out, plain ? piece->str : composed);
    g_string_truncate(piece, 0);
}

static char *clean(const char *text, gboolean marks_too)
{
    GString *out = g_string_new(NULL), *piece = g_string_new(NULL);
    gboolean space = FALSE;
    guint marks = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean mark = marks_too && script_is_mark(c);
        if (is_invisible(c) && !mark)
            continue;
        if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
            space = out->len + piece->len > 0;
            continue;
        }
        if (!mark)
            marks = begins_anew(c) ? 0 : marks + 1;
        if (marks > MOST_MARKS)
            continue;
        if (piece->len >= PIECE && marks == 0)
            append_composed(out, piece);
        if (space)
            g_string_append_c(piece, ' ');
        space = FALSE;
        g_string_append_unichar(piece, c);
    }
    append_composed(out, piece);
    g_string_free(piece, TRUE);
    return g_string_free(out, FALSE);
}

char *script_clean(const char *text)
{
    return clean(text, FALSE);
}

char *script_clean_marked(const char *text)
{
    return clean(text, TRUE);
}
