#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "photo/caption.h"
#include "photo/charset.h"
#include "preset/preset.h"

static const char summary[] =
    "Says what photodesk reads out of captions: the caption without its credit, the photographers, the "
    "agency, "
    "and how sure it is (high: stamped; low: reported, the caption left whole; none).";

static const char description[] =
    "Without TEXT, reads standard input, one caption a line. The words that a credit is known by (labels, "
    "agencies and the "
    "like) are the preset's.\n\n"
    "Examples:\n"
    "  photodesk credit 'תלמידי היסודי באשקלון. צילום: סיון מטודי'\n"
    "  cut -f2 captions.tsv | photodesk credit --json\n\n"
    "Exit status: 0, or 2 where the command line, the preset or standard input is wrong, 3 where the result "
    "cannot be written.";

typedef struct {
    gboolean json;
    const Preset *preset;
} Options;

static void print_json(const Caption *caption)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "caption", g_variant_new_string(caption->text));
    g_variant_builder_add(&b, "{sv}", "creators",
                          g_variant_new_strv((const char *const *)caption->creators, -1));
    g_variant_builder_add(&b, "{sv}", "agency", g_variant_new("ms", caption->agency));
    g_variant_builder_add(&b, "{sv}", "confidence",
                          g_variant_new_string(confidence_name(caption->confidence)));
    g_autoptr(GVariant) record = g_variant_ref_sink(g_variant_builder_end(&b));
    g_autofree char *text = json_text(record, FALSE);
    puts(text);
}

static void print_lines(const Caption *caption)
{
    g_autofree char *creators = g_strjoinv(comma_between(caption->creators), caption->creators);
    printf("caption     %s\ncreators    %s\nagency      %s\nconfidence  %s\n", caption->text, creators,
           caption->agency ? caption->agency : "", confidence_name(caption->confidence));
}

static void print_record(const Options *o, const char *bytes, gsize size, gboolean first)
{
    g_autofree char *decoded = charset_decode(bytes, size, o->preset->charset);
    g_autofree char *text = decoded ? g_steal_pointer(&decoded) : g_utf8_make_valid(bytes, (gssize)size);
    Caption caption;
    caption_parse(&caption, &o->preset->words, text);
    if (o->json)
        print_json(&caption);
    else {
        if (!first)
            putchar('\n');
        print_lines(&caption);
    }
    fflush(stdout); /* who asks line by line waits for the answer; an error stays in the stream */
    caption_clear(&caption);
}

/* Line by line: nothing piles up. */
static int read_input(const Options *o)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    for (gboolean first = TRUE; !ferror(stdout) && (n = getline(&line, &room, stdin)) >= 0; first = FALSE)
        print_record(o, line, (gsize)n, first);
    int err = errno;
    free(line);
    if (ferror(stdin))
        return cmd_usage("credit", "standard input cannot be read: %s; name the captions, or pipe them in",
                         g_strerror(err));
    return cmd_printed();
}

static int print_all(gboolean json, const char *name, char **texts)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load(name ? name : "article", &error);
    if (!preset)
        return cmd_fail("credit", error);
    Options o = { .json = json, .preset = preset };
    if (!*texts)
        return read_input(&o);
    for (char **text = texts; *text && !ferror(stdout); text++)
        print_record(&o, *text, strlen(*text), text == texts);
    return cmd_printed();
}

int cmd_credit(int argc, char **argv)
{
    gboolean json = FALSE;
    g_autofree char *preset = NULL;
    const GOptionEntry entries[] = {
        { "json", 0, 0, G_OPTION_ARG_NONE, &json,
          "One JSON object a line: caption, creators, agency (or null), confidence", NULL },
        { "preset", 'p', 0, G_OPTION_ARG_FILENAME, &preset, "Whose words to go by (default: article)",
          "NAME|FILE" },
        G_OPTION_ENTRY_NULL
    };
    if (!cmd_parse(&argc, &argv, entries, "[TEXT...]", summary, description))
        return EXIT_USAGE;
    return print_all(json, preset, argv + 1);
}
