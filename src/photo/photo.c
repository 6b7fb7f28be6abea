#include "photo/photo.h"

#include "photo/camera.h"
#include "photo/script.h"

/* The first text of n that is there. Those from by_camera on are no captions where a camera wrote them by
 * itself. */
static const char *first_said(const char *const *texts, gsize n, gsize by_camera)
{
    for (gsize i = 0; i < n; i++)
        if (texts[i] && *texts[i] && !(i >= by_camera && camera_wrote(texts[i])))
            return texts[i];
    return "";
}

static const char *find_caption(const PhotoSources *s)
{
    const Metadata *own = s->metadata;
    const char *texts[] = { s->caption,
                            s->row.caption,
                            s->xmp_sidecar ? s->xmp_sidecar->description : NULL,
                            own->iptc_is_newer ? own->iptc.caption : NULL,
                            own->xmp.description,
                            own->iptc.caption,
                            own->exif.description };
    return first_said(texts, G_N_ELEMENTS(texts), 2);
}

static const char *find_alt(const PhotoSources *s)
{
    const char *texts[] = { s->alt, s->row.alt, s->xmp_sidecar ? s->xmp_sidecar->alt : NULL,
                            s->metadata->xmp.alt };
    return first_said(texts, G_N_ELEMENTS(texts), G_N_ELEMENTS(texts));
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

void photo_describe(PhotoText *text, const PhotoSources *sources, const Preset *preset)
{
    const Words *words = &preset->words;
    Caption caption, alt;
    const char *said = find_alt(sources);
    caption_parse(&caption, words, find_caption(sources));
    caption_parse(&alt, words, *said ? said : caption.text);

    find_credit(&text->credit, sources, &caption, words);
    text->caption = g_steal_pointer(&caption.text);
    text->alt = g_steal_pointer(&alt.text);
    text->language = script_language(text->caption, preset->language);
    text->rtl = script_is_rtl(text->language);
    caption_clear(&caption);
    caption_clear(&alt);
}

void photo_text_clear(PhotoText *text)
{
    g_clear_pointer(&text->caption, g_free);
    g_clear_pointer(&text->alt, g_free);
    credit_clear(&text->credit);
}
