#include "photo/caption.h"

#include <string.h>

#include "photo/script.h"

static const char *const labels[] = { "צילום", "צילומים", "Photo", "Photos" };

#define LONGEST_NAME 120 /* bytes; more is a sentence */

const char *confidence_name(Confidence confidence)
{
    static const char *const names[] = { "none", "low", "high" };
    return names[confidence];
}

static const char *skip_spaces(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

/* Behind "LABEL:" or "LABEL :" at p, or NULL where none stands there. */
static const char *behind_label(const char *p)
{
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_str_has_prefix(p, labels[i])) {
            const char *colon = skip_spaces(p + strlen(labels[i]));
            if (*colon == ':')
                return skip_spaces(colon + 1);
        }
    return NULL;
}

static char *without_end(const char *text, const char *tail)
{
    gsize n = strlen(text);
    while (n > 0 && strchr(tail, text[n - 1]))
        n--;
    return g_strndup(text, n);
}

/* "NAME, NAME/AGENCY" -> creators and agency. */
static void read_names(Caption *caption, const char *names)
{
    g_autofree char *text = without_end(names, " .");
    char *slash = strrchr(text, '/');
    if (slash) {
        caption->agency = g_strstrip(g_strdup(slash + 1));
        *slash = '\0';
        if (!*caption->agency)
            g_clear_pointer(&caption->agency, g_free);
    }

    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit_set(text, ",;", -1);
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_ptr_array_add(found, g_strdup(*part));
    g_ptr_array_add(found, NULL);
    caption->creators = (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

static gboolean has_names(const Caption *caption)
{
    return caption->creators[0] || caption->agency;
}

/* How the text in front of a label ends: cleanly, by a mere space, or inside a word. */
static Confidence lead_confidence(const char *text, const char *label)
{
    if (label == text)
        return CONFIDENCE_HIGH;
    const char *before = label;
    while (before > text && before[-1] == ' ')
        before--;
    if (before == text)
        return CONFIDENCE_HIGH;

    gunichar c = g_utf8_get_char(g_utf8_prev_char(before));
    if (c == '(' || c == '[')
        return CONFIDENCE_HIGH;
    if (before == label)
        return CONFIDENCE_NONE;
    if (c == '.' || c == '!' || c == '?' || c == '|' || c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2026)
        return CONFIDENCE_HIGH;
    return g_unichar_isalnum(c) || g_unichar_ispunct(c) ? CONFIDENCE_LOW : CONFIDENCE_NONE;
}

/* The caption in front of its credit, without what joined the two; one sentence loses its full stop. */
static char *lead_text(const char *text, const char *label)
{
    g_autofree char *lead = g_strndup(text, (gsize)(label - text));
    g_strchomp(lead);
    for (const char *end = g_utf8_find_prev_char(lead, lead + strlen(lead)); end;
         end = g_utf8_find_prev_char(lead, lead + strlen(lead))) {
        gunichar c = g_utf8_get_char(end);
        if (c != '(' && c != '[' && c != '|' && c != '-' && c != 0x2013 && c != 0x2014)
            break;
        lead[end - lead] = '\0';
        g_strchomp(lead);
    }

    gsize n = strlen(lead);
    gboolean stop = n > 0 && lead[n - 1] == '.' && !g_str_has_suffix(lead, "..");
    gboolean single = stop && !strpbrk(lead, "!?") && strchr(lead, '.') == lead + n - 1;
    return g_strndup(lead, single ? n - 1 : n);
}

/* Line breaks end a sentence: they are kept through cleaning as a bar, which ends one too. */
static char *clean_lines(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *clean = script_clean(*line);
        if (*clean)
            g_string_append_printf(out, "%s%s",
                                   out->len == 0         ? ""
                                   : behind_label(clean) ? " | "
                                                         : " ",
                                   clean);
    }
    return g_string_free(out, FALSE);
}

void caption_parse(Caption *caption, const char *text)
{
    *caption = (Caption){ 0 };
    g_autofree char *clean = clean_lines(text);

    const char *label = NULL, *names = NULL;
    for (const char *p = clean; *p; p = g_utf8_next_char(p)) {
        const char *behind = behind_label(p);
        if (behind && lead_confidence(clean, p) != CONFIDENCE_NONE) {
            label = p;
            names = behind;
        }
    }
    if (names) {
        g_autofree char *bare = without_end(names, " .)]");
        Confidence confidence = lead_confidence(clean, label);
        read_names(caption, bare);
        if (has_names(caption) && strlen(bare) <= LONGEST_NAME && !strstr(bare, ". ")) {
            caption->confidence = confidence;
            caption->text = confidence == CONFIDENCE_HIGH ? lead_text(clean, label) : g_strdup(clean);
            return;
        }
        caption_clear(caption);
    }
    caption->text = g_steal_pointer(&clean);
    caption->creators = g_new0(char *, 1);
}

void caption_parse_credit(Caption *caption, const char *text)
{
    *caption = (Caption){ .text = g_strdup("") };
    g_autofree char *clean = script_clean(text);
    const char *names = behind_label(clean);
    read_names(caption, names ? names : clean);
    caption->confidence = has_names(caption) ? CONFIDENCE_HIGH : CONFIDENCE_NONE;
}

void caption_clear(Caption *caption)
{
    g_clear_pointer(&caption->text, g_free);
    g_clear_pointer(&caption->creators, g_strfreev);
    g_clear_pointer(&caption->agency, g_free);
    caption->confidence = CONFIDENCE_NONE;
}
