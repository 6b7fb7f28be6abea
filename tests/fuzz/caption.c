/* Captions and credit texts. What a caption keeps and whom it names are UTF-8, and no name is empty. */
#include "photo/caption.h"
#include "preset/preset.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check(Caption *caption)
{
    g_assert_true(g_utf8_validate(caption->text, -1, NULL));
    g_assert_true(!caption->agency || *caption->agency);
    for (char **name = caption->creators; *name; name++)
        g_assert_true(**name && g_utf8_validate(*name, -1, NULL));
    gboolean named = caption->creators[0] || caption->agency;
    g_assert_true(named == (caption->confidence != CONFIDENCE_NONE));
    caption_clear(caption);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static Preset *preset;
    if (!preset)
        preset = preset_load("base", NULL);
    g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
    Caption caption;
    caption_parse(&caption, &preset->words, text);
    check(&caption);
    caption_parse_credit(&caption, &preset->words, text);
    check(&caption);
    return 0;
}
