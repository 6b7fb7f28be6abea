#include "photo/photo.h"

#include "photo/camera.h"
#include "photo/language.h"
#include "photo/script.h"

/* Adds what a place says, unless it is silent or a camera wrote it by itself. The first is the caption. */
static void add_caption(GArray *captions, const char *source, const char *text, gboolean by_hand)
{
    CaptionCandidate candidate = { source, text, captions->len == 0 };
    if (text && *text && (by_hand || !camera_wrote(text)))
        g_array_append_val(captions, candidate);
}

static GArray *list_captions(const PhotoSources *s)
{
    const Metadata *own = s->metadata;
    GArray *list = g_array_new(FALSE, FALSE, sizeof(CaptionCandidate));
    add_caption(list, "command line", s->caption, TRUE);
    add_caption(list, "captions.csv", s->row.caption, TRUE);
    if (s->xmp_sidecar)
        add_caption(list, s->xmp_file, s->xmp_sidecar->description, FALSE);
    if (own->iptc_is_newer)
        add_caption(list, "iptc:2:120", own->iptc.caption, FALSE);
    add_caption(list, "xmp:dc:description", own->xmp.description, FALSE);
    if (!own->iptc_is_newer)
        add_caption(list, "iptc:2:120", own->iptc.caption, FALSE);
    add_caption(list, "exif:ImageDescription", own->exif.description, FALSE);
    return list;
}

static const char *find_alt(const PhotoSources *s)
{
    const char *texts[] = { s->alt, s->row.alt, s->xmp_sidecar ? s->xmp_sidecar->alt : NULL,
                            s->metadata->xmp.alt };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] && *texts[i])
            return texts[i];
    return "";
}

static void find_credit(Credit *credit, const PhotoSources *s, const Caption *caption, const Words *words)
{
    const Metadata *own = s->metadata;
    CreditSources sources = { .command_line = s->credit,
                              .sidecar = s->row.credit,
                              .xmp = { own->xmp.creators, own->xmp.credit, NULL },
                              .iptc = { own->iptc.creators, own->iptc.credit, own->iptc.cut },
                              .iptc_is_newer = own->iptc_is_newer,
                              .caption = caption,
                              .exif_artist = own->exif.artist,
                              .xp_author = own->exif.xp_author };
    if (s->xmp_sidecar) {
        sources.xmp_file = s->xmp_file;
        sources.xmp_sidecar = (CreditFields){ s->xmp_sidecar->creators, s->xmp_sidecar->credit, NULL };
    }
    credit_resolve(credit, &sources, words);
}

/* The text without its credit. What may be one or may not, as where it is all of the text, is one if it names
 * whom the credit does. */
static char *without_credit(const Caption *said, const Credit *credit)
{
    gboolean same = credit->confidence == CONFIDENCE_HIGH && credit_names(credit, said);
    gboolean sure = said->confidence == CONFIDENCE_HIGH && *said->bare;
    return g_strdup(same || sure ? said->bare : said->whole);
}

/* An alternative text that somebody wrote is never empty. */
static char *find_alt_text(const Caption *said, const Credit *credit)
{
    g_autofree char *text = without_credit(said, credit);
    return *text ? g_steal_pointer(&text) : g_strdup(said->whole);
}

void photo_describe(PhotoText *text, const PhotoSources *sources, const Preset *preset)
{
    const Words *words = &preset->words;
    Caption caption, alt;
    const char *said = find_alt(sources);
    text->captions = list_captions(sources);
    caption_parse(&caption, words,
                  text->captions->len ? g_array_index(text->captions, CaptionCandidate, 0).text : "");
    caption_parse(&alt, words, said);

    find_credit(&text->credit, sources, &caption, words);
    text->caption = without_credit(&caption, &text->credit);
    text->alt = *said ? find_alt_text(&alt, &text->credit) : g_strdup(text->caption);
    text->language = language_of(text->caption, preset->language);
    text->rtl = script_is_rtl(text->language);
    caption_clear(&caption);
    caption_clear(&alt);
}

void photo_text_clear(PhotoText *text)
{
    g_clear_pointer(&text->captions, g_array_unref);
    g_clear_pointer(&text->caption, g_free);
    g_clear_pointer(&text->alt, g_free);
    credit_clear(&text->credit);
}
