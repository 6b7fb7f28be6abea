#include "photo/credit.h"

#include <string.h>

#include "photo/script.h"

#define FSI "\u2068"
#define PDI "\u2069"

typedef struct {
    const char *source;
    Caption names;
} Candidate;

static void take(Credit *credit, Candidate *winner)
{
    credit->source = winner->source;
    credit->confidence = winner->names.confidence;
    credit->creators = g_strdupv(winner->names.creators);
    credit->agency = g_strdup(winner->names.agency);
}

static char *join(char **creators, const char *agency)
{
    GString *line = g_string_new(NULL);
    for (char **name = creators; *name; name++)
        g_string_append_printf(line, "%s%s", line->len ? ", " : "", *name);
    if (agency)
        g_string_append_printf(line, "%s%s", line->len ? "/" : "", agency);
    return g_string_free(line, FALSE);
}

static char *folded(char **creators, const char *agency)
{
    g_autofree char *line = join(creators, agency);
    return g_utf8_casefold(line, -1);
}

static void list_conflicts(Credit *credit, Candidate *candidates, guint n)
{
    GStrvBuilder *list = g_strv_builder_new();
    g_autofree char *chosen = folded(credit->creators, credit->agency);

    for (guint i = 0; i < n; i++) {
        const Caption *names = &candidates[i].names;
        if (names->confidence == CONFIDENCE_NONE || candidates[i].source == credit->source)
            continue;
        g_autofree char *other = folded(names->creators, names->agency);
        if (strcmp(other, chosen) == 0)
            continue;
        g_autofree char *line = join(names->creators, names->agency);
        g_autofree char *entry = g_strdup_printf("%s: %s", candidates[i].source, line);
        g_strv_builder_add(list, entry);
    }
    credit->conflicts = g_strv_builder_end(list);
    g_strv_builder_unref(list);
}

void credit_resolve(Credit *credit, const CreditSources *sources)
{
    *credit = (Credit){ 0 };
    Candidate candidates[] = { { .source = "command line" },
                               { .source = "captions.csv" },
                               { .source = "caption" },
                               { .source = "exif:Artist" } };
    const char *texts[] = { sources->command_line, sources->sidecar, NULL, sources->exif_artist };
    guint n = G_N_ELEMENTS(candidates);

    for (guint i = 0; i < n; i++)
        caption_parse_credit(&candidates[i].names, texts[i] ? texts[i] : "");
    if (sources->caption) {
        Caption *names = &candidates[2].names;
        g_strfreev(names->creators);
        names->creators = g_strdupv(sources->caption->creators);
        names->agency = g_strdup(sources->caption->agency);
        names->confidence = sources->caption->confidence;
    }

    Candidate *winner = NULL;
    for (Confidence wanted = CONFIDENCE_HIGH; wanted > CONFIDENCE_NONE && !winner; wanted--)
        for (guint i = 0; i < n && !winner; i++)
            if (candidates[i].names.confidence == wanted)
                winner = &candidates[i];
    if (winner)
        take(credit, winner);
    else
        credit->creators = g_new0(char *, 1);
    list_conflicts(credit, candidates, n);

    for (guint i = 0; i < n; i++)
        caption_clear(&candidates[i].names);
}

void credit_clear(Credit *credit)
{
    g_clear_pointer(&credit->creators, g_strfreev);
    g_clear_pointer(&credit->agency, g_free);
    g_clear_pointer(&credit->conflicts, g_strfreev);
}

static void append_isolated(GString *line, const char *before, const char *name)
{
    g_autofree char *clean = script_clean(name);
    g_string_append_printf(line, "%s" FSI "%s" PDI, line->len ? before : "", clean);
}

char *credit_line(const Credit *credit, gboolean isolates)
{
    if (!isolates)
        return join(credit->creators, credit->agency);

    GString *line = g_string_new(NULL);
    for (char **name = credit->creators; *name; name++)
        append_isolated(line, ", ", *name);
    if (credit->agency)
        append_isolated(line, "/", credit->agency);
    return g_string_free(line, FALSE);
}

const char *credit_language(const Credit *credit, const Preset *preset)
{
    if (*preset->credit_language)
        return preset->credit_language;
    g_autofree char *line = credit_line(credit, FALSE);
    const char *language = script_language(line, preset->language);
    if (preset_label(preset, language))
        return language;
    return preset_label(preset, preset->language) ? preset->language : language;
}

const char *credit_label(const Credit *credit, const Preset *preset)
{
    const char *label = preset_label(preset, credit_language(credit, preset));
    return label ? label : "";
}

char *credit_labelled(const Credit *credit, const Preset *preset)
{
    g_autofree char *line = credit_line(credit, FALSE);
    const char *label = credit_label(credit, preset);
    return *label ? g_strconcat(label, " ", line, NULL) : g_steal_pointer(&line);
}
