#include "photo/credit.h"

#include <string.h>

#include "base/comma.h"
#include "photo/entities.h"
#include "photo/script.h"

#define FSI "\u2068"
#define PDI "\u2069"

static char *join(char *const *creators, const char *agency)
{
    GString *line = g_string_new(NULL);
    for (char *const *name = creators; name && *name; name++)
        g_string_append_printf(line, "%s%s", line->len ? comma_between(creators) : "", *name);
    if (agency)
        g_string_append_printf(line, "%s%s", line->len ? "/" : "", agency);
    return g_string_free(line, FALSE);
}

/* ---- Candidates ---- */

static void candidate_free(gpointer data)
{
    CreditCandidate *candidate = data;
    g_free(candidate->source);
    g_free(candidate->text);
    caption_clear(&candidate->names);
    g_free(candidate);
}

/* Takes ownership of text and names. */
static void add(GPtrArray *candidates, const char *source, char *text, const Caption *names)
{
    CreditCandidate *candidate = g_new0(CreditCandidate, 1);
    *candidate = (CreditCandidate){ .source = g_strdup(source), .text = text, .names = *names };
    if (names->confidence == CONFIDENCE_NONE)
        candidate_free(candidate);
    else
        g_ptr_array_add(candidates, candidate);
}

static void add_text(GPtrArray *candidates, const Words *words, const char *source, const char *text)
{
    Caption names;
    if (!text || !*text)
        return;
    caption_parse_credit(&names, words, text);
    add(candidates, source, g_strdup(text), &names);
}

static void add_caption(GPtrArray *candidates, const Caption *caption)
{
    if (!caption)
        return;
    Caption names = { .creators = g_strdupv(caption->creators),
                      .agency = g_strdup(caption->agency),
                      .confidence = caption->confidence };
    add(candidates, "caption", join(caption->creators, caption->agency), &names);
}

/* ---- Records of several fields ---- */

static gboolean same(gconstpointer a, gconstpointer b)
{
    g_autofree char *x = g_utf8_casefold(a, -1);
    g_autofree char *y = g_utf8_casefold(b, -1);
    return strcmp(x, y) == 0;
}

/* The longest of the texts that begins with this one, or the text itself. */
static char *lengthen(const char *text, const GPtrArray *texts)
{
    char *longest = script_clean(text);
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *other = script_clean(texts->pdata[i]);
        if (strlen(other) > strlen(longest) && g_str_has_prefix(other, longest)) {
            g_free(longest);
            longest = g_steal_pointer(&other);
        }
    }
    return longest;
}

/* A record is as clear as the least clear of its fields. */
static void lower(Caption *names, const Caption *field)
{
    if (field->confidence == CONFIDENCE_LOW)
        names->confidence = CONFIDENCE_LOW;
}

/* A field for the agency may repeat the creators, alone or in front of it, and a label. */
static void read_agency(Caption *names, GPtrArray *creators, const Words *words, const char *text)
{
    Caption field;
    caption_parse_credit(&field, words, text);
    lower(names, &field);
    g_autofree char *decoded = entities_decode(text);
    g_autofree char *clean = script_clean(decoded);
    gboolean labelled = field.creators[0] && !g_str_has_prefix(clean, field.creators[0]);
    gboolean repeats = TRUE;
    for (char **name = field.creators; *name; name++)
        repeats = repeats && g_ptr_array_find_with_equal_func(creators, *name, same, NULL);

    if (field.agency || (creators->len == 0 && labelled)) {
        if (creators->len == 0)
            for (char **name = field.creators; *name; name++)
                g_ptr_array_add(creators, g_strdup(*name));
        g_free(names->agency);
        names->agency = g_steal_pointer(&field.agency);
    } else if (!repeats) {
        g_free(names->agency);
        names->agency = join(field.creators, NULL);
    }
    caption_clear(&field);
}

static void add_fields(GPtrArray *candidates, const Words *words, const char *creator_source,
                       const char *agency_source, const CreditFields *fields, const GPtrArray *texts)
{
    Caption names = { .confidence = CONFIDENCE_HIGH };
    g_autoptr(GPtrArray) creators = g_ptr_array_new();
    for (char *const *text = fields->creators; text && *text; text++) {
        gboolean cut = fields->cut && g_strv_contains((const char *const *)fields->cut, *text);
        g_autofree char *whole = cut ? lengthen(*text, texts) : g_strdup(*text);
        Caption one;
        caption_parse_credit(&one, words, whole);
        lower(&names, &one);
        for (char **name = one.creators; *name; name++)
            g_ptr_array_add(creators, g_strdup(*name));
        if (!names.agency)
            names.agency = g_steal_pointer(&one.agency);
        caption_clear(&one);
    }
    gboolean named = creators->len > 0;
    if (fields->agency && *fields->agency) {
        gboolean cut = fields->cut && g_strv_contains((const char *const *)fields->cut, fields->agency);
        g_autofree char *whole = cut ? lengthen(fields->agency, texts) : g_strdup(fields->agency);
        read_agency(&names, creators, words, whole);
    }
    if (creators->len == 0 && !names.agency)
        names.confidence = CONFIDENCE_NONE;
    g_ptr_array_add(creators, NULL);
    names.creators = (char **)g_ptr_array_free(g_steal_pointer(&creators), FALSE);
    add(candidates, named ? creator_source : agency_source, join(fields->creators, fields->agency), &names);
}

/* All texts that may hold the whole of one that was cut. */
static GPtrArray *list_texts(const CreditSources *s)
{
    GPtrArray *texts = g_ptr_array_new();
    const CreditFields *records[] = { &s->xmp_sidecar, &s->xmp, &s->iptc };
    const char *single[] = { s->command_line, s->sidecar, s->exif_artist, s->xp_author };
    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        for (char *const *text = records[i]->creators; text && *text; text++)
            g_ptr_array_add(texts, *text);
        if (records[i]->agency)
            g_ptr_array_add(texts, (gpointer)records[i]->agency);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(single); i++)
        if (single[i])
            g_ptr_array_add(texts, (gpointer)single[i]);
    for (char **name = s->caption ? s->caption->creators : NULL; name && *name; name++)
        g_ptr_array_add(texts, *name);
    return texts;
}

static GPtrArray *list_candidates(const CreditSources *s, const Words *words)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(candidate_free);
    g_autoptr(GPtrArray) texts = list_texts(s);
    add_text(list, words, "command line", s->command_line);
    add_text(list, words, "captions.csv", s->sidecar);
    if (s->xmp_file)
        add_fields(list, words, s->xmp_file, s->xmp_file, &s->xmp_sidecar, texts);
    if (s->iptc_is_newer)
        add_fields(list, words, "iptc:2:80", "iptc:2:110", &s->iptc, texts);
    add_fields(list, words, "xmp:dc:creator", "xmp:photoshop:Credit", &s->xmp, texts);
    if (!s->iptc_is_newer)
        add_fields(list, words, "iptc:2:80", "iptc:2:110", &s->iptc, texts);
    add_caption(list, s->caption);
    add_text(list, words, "exif:Artist", s->exif_artist);
    add_text(list, words, "exif:XPAuthor", s->xp_author);
    return list;
}

/* ---- The choice ---- */

/* Whether the place names somebody whom the credit does not name. One that is silent of the agency, or of the
 * creators, says nothing against them. */
static gboolean disagrees(const Caption *names, const Credit *credit)
{
    g_autofree char *line = join(names->creators, names->agency);
    g_autofree char *chosen = join(credit->creators, credit->agency);
    if (same(line, chosen))
        return FALSE;
    g_autofree char *creators = join(names->creators, NULL);
    g_autofree char *chosen_creators = join(credit->creators, NULL);
    return (names->creators[0] && !same(creators, chosen_creators)) ||
           (names->agency && !(credit->agency && same(names->agency, credit->agency)));
}

gboolean credit_names(const Credit *credit, const Caption *names)
{
    return (names->creators[0] || names->agency) && !disagrees(names, credit);
}

static void list_conflicts(Credit *credit)
{
    GStrvBuilder *list = g_strv_builder_new();
    for (guint i = 0; i < credit->candidates->len; i++) {
        const CreditCandidate *candidate = credit->candidates->pdata[i];
        if (candidate->chosen || !disagrees(&candidate->names, credit))
            continue;
        g_autofree char *line = join(candidate->names.creators, candidate->names.agency);
        g_autofree char *entry = g_strdup_printf("%s: %s", candidate->source, line);
        g_strv_builder_add(list, entry);
    }
    credit->conflicts = g_strv_builder_end(list);
    g_strv_builder_unref(list);
}

void credit_resolve(Credit *credit, const CreditSources *sources, const Words *words)
{
    *credit = (Credit){ .candidates = list_candidates(sources, words) };
    CreditCandidate *winner = NULL;
    for (Confidence wanted = CONFIDENCE_HIGH; wanted > CONFIDENCE_NONE && !winner; wanted--)
        for (guint i = 0; i < credit->candidates->len && !winner; i++) {
            CreditCandidate *candidate = credit->candidates->pdata[i];
            if (candidate->names.confidence == wanted)
                winner = candidate;
        }
    if (winner) {
        winner->chosen = TRUE;
        credit->source = winner->source;
        credit->confidence = winner->names.confidence;
        credit->creators = g_strdupv(winner->names.creators);
        credit->agency = g_strdup(winner->names.agency);
    } else
        credit->creators = g_new0(char *, 1);
    list_conflicts(credit);
}

void credit_clear(Credit *credit)
{
    g_clear_pointer(&credit->creators, g_strfreev);
    g_clear_pointer(&credit->agency, g_free);
    g_clear_pointer(&credit->conflicts, g_strfreev);
    g_clear_pointer(&credit->candidates, g_ptr_array_unref);
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
        append_isolated(line, comma_between(credit->creators), *name);
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
