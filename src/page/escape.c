#include "page/escape.h"

#include <string.h>

#include "base/letter.h"

/* GLib writes control characters, and only these, as &#xN; references. */
#define CONTROL "&#x"

void escape_print(GString *page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *markup = g_markup_vprintf_escaped(format, args);
    va_end(args);

    const char *from = markup, *control;
    while ((control = strstr(from, CONTROL))) {
        g_string_append_len(page, from, control - from);
        from = strchr(control, ';') + 1;
    }
    g_string_append(page, from);
}

static gboolean begins_rtl(const char *text)
{
    GUnicodeScript script = letter_script(text);
    return script == G_UNICODE_SCRIPT_HEBREW || script == G_UNICODE_SCRIPT_ARABIC;
}

void escape_name(GString *page, const char *name)
{
    const char *ending = strrchr(name, '.');
    if (!begins_rtl(name))
        escape_print(page, "<bdi dir=\"ltr\">%s</bdi>", name);
    else if (!ending || begins_rtl(ending))
        escape_print(page, "<bdi dir=\"rtl\">%s</bdi>", name);
    else {
        g_autofree char *stem = g_strndup(name, (gsize)(ending - name));
        escape_print(page, "<bdi dir=\"rtl\">%s<bdi dir=\"ltr\">%s</bdi></bdi>", stem, ending);
    }
}

char *escape_address(const char *path)
{
    return g_uri_escape_string(path, "/", FALSE);
}

void escape_json(GString *page, const char *json)
{
    for (const char *p = json; *p; p++)
        if (strchr("<>&", *p)) /* in JSON they stand in strings only */
            g_string_append_printf(page, "\\u%04x", (guint)*p);
        else
            g_string_append_c(page, *p);
}
