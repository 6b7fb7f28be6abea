#include "photo/photo.h"

#include "photo/script.h"

static const char *first_said(const char *a, const char *b)
{
    return a && *a ? a : b;
}

void photo_describe(PhotoText *text, const PhotoSources *sources, const Preset *preset)
{
    Caption caption, alt;
    caption_parse(&caption, &preset->words, first_said(sources->caption, sources->row.caption));
    caption_parse(&alt, &preset->words, first_said(first_said(sources->alt, sources->row.alt), caption.text));

    CreditSources credits = { .command_line = sources->credit,
                              .sidecar = sources->row.credit,
                              .caption = &caption,
                              .exif_artist = sources->exif_artist };
    credit_resolve(&text->credit, &credits, &preset->words);
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
