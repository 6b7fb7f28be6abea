#include "photo/entities.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *name, *text;
} named[] = { { "quot;", "\"" }, { "amp;", "&" }, { "apos;", "'" },
              { "lt;", "<" },    { "gt;", ">" },  { "nbsp;", " " } };

/* Behind "&#": decimal, or with an x in front hexadecimal. Gives what is behind it, or NULL. */
static const char *read_number(const char *digits, GString *out)
{
    gboolean hex = *digits == 'x' || *digits == 'X';
    const char *first = digits + hex;
    if (!g_ascii_isxdigit(*first))
        return NULL;
    char *end;
    guint64 c = g_ascii_strtoull(first, &end, hex ? 16 : 10);
    if (*end != ';' || c == 0 || c > 0x10ffff || !g_unichar_validate((gunichar)c))
        return NULL;
    g_string_append_unichar(out, (gunichar)c);
    return end + 1;
}

/* Behind "&". */
static const char *read_reference(const char *name, GString *out)
{
    if (*name == '#')
        return read_number(name + 1, out);
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
        if (g_str_has_prefix(name, named[i].name)) {
            g_string_append(out, named[i].text);
            return name + strlen(named[i].name);
        }
    return NULL;
}

char *entities_decode(const char *text)
{
    GString *out = g_string_new(NULL);
    while (*text) {
        gsize plain = strcspn(text, "&");
        g_string_append_len(out, text, (gssize)plain);
        text += plain;
        const char *behind = *text ? read_reference(text + 1, out) : text;
        if (!behind)
            g_string_append_c(out, *text);
        text = behind ? behind : text + 1;
    }
    return g_string_free(out, FALSE);
}
