#include "desk/inspect.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/comma.h"
#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"

static const char summary[] =
    "Says what is in photos: size, colours, orientation, every place that names a photographer or has a "
    "caption, which of them is used and why, and what of it must not be published. Makes nothing, and looks "
    "at no pixel: "
    "whether a picture is whole, build and convert tell.";

static const char description[] =
    "A captions.csv and a NAME.xmp beside a photo are read with it, as build does.\n\n"
    "Examples:\n"
    "  photodesk inspect IMG_2041.jpg\n"
    "  photodesk inspect --json *.jpg | jq 'select(.private | length > 0).file'\n\n"
    "Exit status: 0 all could be read; 1 some could not; 2 the command line or the preset is wrong; 3 the "
    "result cannot be written.";

typedef struct {
    gboolean json, first, colour;
    guint failed;
} Printer;

/* ---- For people ---- */

#define LABEL "  %-11s "
#define AGAIN "              "

static void print_field(const char *label, const char *text)
{
    g_autofree char *shown = file_show(text);
    printf(LABEL "%s\n", label, shown);
}

static const char *look_up(GVariant *facts, const char *key)
{
    const char *text = NULL;
    g_autoptr(GVariant) value = g_variant_lookup_value(facts, key, NULL);
    if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
        text = g_variant_get_string(value, NULL);
    else if (value && g_variant_is_of_type(value, G_VARIANT_TYPE("ms")))
        g_variant_get(value, "m&s", &text);
    return text;
}

static char *join(GVariant *facts, const char *key, const char *between)
{
    g_autofree const char **list = NULL;
    return g_variant_lookup(facts, key, "^a&s", &list) ? g_strjoinv(between, (char **)list) : g_strdup("");
}

static void print_list(GVariant *facts, const char *key, const char *label)
{
    g_autofree const char **list = NULL;
    if (g_variant_lookup(facts, key, "^a&s", &list))
        for (const char **text = list; *text; text++)
            print_field(text == list ? label : "", *text);
}

static void print_picture(GVariant *facts)
{
    guint32 width = 0, height = 0, orientation = 1;
    guint64 bytes = 0;
    g_variant_lookup(facts, "width", "u", &width);
    g_variant_lookup(facts, "height", "u", &height);
    g_variant_lookup(facts, "orientation", "u", &orientation);
    g_variant_lookup(facts, "bytes", "t", &bytes);
    g_autofree char *turned =
        orientation > 1 ? g_strdup_printf(", stored turned (orientation %u)", orientation) : g_strdup("");
    g_autofree char *size = g_format_size(bytes);
    printf(LABEL "%s, %u x %u px (%.3g megapixels), %s%s\n", "picture", look_up(facts, "format"), width,
           height, (double)width * height / 1e6, size, turned);

    const char *profile = look_up(facts, "profile");
    g_autofree char *shown = profile ? file_show(profile) : NULL;
    printf(LABEL "%s%s%s\n", "colours", shown ? shown : "", shown ? ": " : "", look_up(facts, "colours"));
}

/* The candidates of a kind, the chosen one marked. */
static void print_candidates(GVariant *facts, const char *key, const char *label)
{
    g_autoptr(GVariant) list = g_variant_lookup_value(facts, key, G_VARIANT_TYPE("aa{sv}"));
    gsize n = list ? g_variant_n_children(list) : 0;
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) candidate = g_variant_get_child_value(list, i);
        gboolean chosen = FALSE;
        g_variant_lookup(candidate, "chosen", "b", &chosen);
        const char *source = look_up(candidate, "source"), *text = look_up(candidate, "text");
        g_autofree char *from = file_show(source ? source : "");
        g_autofree char *shown = file_show(text ? text : "");
        printf(LABEL "%s %-21s %s\n", i == 0 ? label : "", chosen ? "*" : " ", from, shown);
    }
}

static void print_credit(GVariant *facts)
{
    g_autoptr(GVariant) credit = g_variant_lookup_value(facts, "credit", G_VARIANT_TYPE_VARDICT);
    if (!credit)
        return;
    const char *text = look_up(credit, "text"), *confidence = look_up(credit, "confidence");
    g_auto(GStrv) creators = NULL;
    g_variant_lookup(credit, "creators", "^as", &creators);
    g_autofree char *names = creators ? g_strjoinv(comma_between(creators), creators) : g_strdup("");
    const char *agency = look_up(credit, "agency");
    g_autofree char *unclear =
        g_strdup_printf("unclear: %s%s%s", names, *names && agency ? "/" : "", agency ? agency : "");
    print_field("credit", text ? text : g_strcmp0(confidence, "none") == 0 ? "none" : unclear);
    printf(AGAIN "(%s)\n", look_up(credit, "why"));
    print_candidates(facts, "candidates", "named by");
    print_list(credit, "conflicts", "conflicts");
    print_list(facts, "notices", "copyright");
}

static void print_people(Printer *printer, const char *path, GVariant *facts)
{
    g_autofree char *shown = file_show(path);
    g_autofree char *private = join(facts, "private", ", ");
    printf("%s%s\n", printer->first ? "" : "\n", shown);
    print_picture(facts);
    print_credit(facts);
    print_field("caption", *look_up(facts, "caption") ? look_up(facts, "caption") : "none");
    print_candidates(facts, "captions", "told by");
    print_field("alt", *look_up(facts, "alt") ? look_up(facts, "alt") : "none");
    if (*private)
        printf("%s  MUST NOT BE PUBLISHED: %s%s\n", printer->colour ? "\033[1;31m" : "", private,
               printer->colour ? "\033[0m" : "");
    g_autofree char *removed = join(facts, "removed", ", ");
    if (*removed)
        print_field("left out", removed);
    print_list(facts, "warnings", "warnings");
}

/* ---- For programs ---- */

static void print_json(const char *path, GVariant *facts, const GError *error)
{
    GVariantBuilder b;
    g_autofree char *file = file_utf8(path);
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "file", g_variant_new_string(file));
    if (error)
        g_variant_builder_add(&b, "{sv}", "error", g_variant_new_string(error->message));
    gsize n = facts ? g_variant_n_children(facts) : 0;
    for (gsize i = 0; i < n; i++)
        g_variant_builder_add_value(&b, g_variant_get_child_value(facts, i));
    g_autoptr(GVariant) object = g_variant_ref_sink(g_variant_builder_end(&b));
    g_autofree char *line = json_text(object, FALSE);
    puts(line);
}

/* Whether a child that was led astray left out what print_people() needs. */
static gboolean is_whole(GVariant *facts)
{
    static const char *const texts[] = { "format", "colours", "caption", "alt" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!look_up(facts, texts[i]))
            return FALSE;
    return TRUE;
}

static void on_photo(const char *path, GVariant *facts, const GError *error, gpointer user)
{
    Printer *printer = user;
    gboolean broken = facts && !is_whole(facts);
    if (error || broken) {
        g_autofree char *shown = file_show(path);
        fflush(stdout);
        fprintf(stderr, "FAILED %s: %s\n", shown,
                error ? error->message : "its decoder gave no proper result");
        printer->failed++;
    }
    if (printer->json && !broken)
        print_json(path, facts, error);
    else if (facts && !broken)
        print_people(printer, path, facts);
    fflush(stdout); /* an error stays in the stream */
    printer->first = printer->first && !facts;
}

static int inspect_all(char **photos, const char *preset_name, gboolean json)
{
    if (!*photos)
        return cmd_usage("inspect", "name a photo: photodesk inspect PHOTO...");
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load(preset_name ? preset_name : "article", &error);
    if (!preset)
        return cmd_fail("inspect", error);

    signal(SIGPIPE, SIG_IGN);
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func((GDestroyNotify)gallery_free);
    for (char **photo = photos; *photo; photo++) {
        g_autofree char *folder = g_path_get_dirname(*photo);
        g_autofree char *name = g_path_get_basename(*photo);
        g_ptr_array_add(galleries, scan_files("", folder, (char *[]){ name, NULL }));
    }
    Printer printer = { .json = json,
                        .first = TRUE,
                        .colour = isatty(STDOUT_FILENO) && !g_getenv("NO_COLOR") };
    if (!inspect(galleries, preset, on_photo, &printer, &error))
        return cmd_fail("inspect", error);
    int code = cmd_printed();
    return code != EXIT_ALL_DONE ? code : printer.failed > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

int cmd_inspect(int argc, char **argv)
{
    g_autofree char *preset = NULL;
    gboolean json = FALSE;
    const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json,
                                       "One JSON object a line for each photo, with the same facts", NULL },
                                     { "preset", 'p', 0, G_OPTION_ARG_FILENAME, &preset,
                                       "Whose words and limits to go by (default: article)", "NAME|FILE" },
                                     G_OPTION_ENTRY_NULL };
    return cmd_parse(&argc, &argv, entries, "PHOTO...", summary, description)
               ? inspect_all(argv + 1, preset, json)
               : EXIT_USAGE;
}
