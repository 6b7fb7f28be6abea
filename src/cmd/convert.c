#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "desk/prune.h"
#include "desk/run.h"
#include "desk/scan.h"

static const char summary[] =
    "Makes the web variants of one photo (or a few) in a folder NAME-web beside it, or in DIR, with a "
    "manifest.json as a gallery has.";

static const char description[] =
    "The photo needs a credit: --credit, the end of --caption ('... צילום: NAME'), a captions.csv or "
    "NAME.xmp "
    "beside the photo, or its own metadata (XMP, IPTC, EXIF).\n\n"
    "Examples:\n"
    "  photodesk convert IMG_2041.jpg --credit 'דנה כהן'\n"
    "  photodesk convert IMG_2041.jpg --caption 'תלמידי היסודי באשקלון. צילום: סיון מטודי'\n"
    "  photodesk convert *.jpg -o web --credit 'Dana Cohen/AFP'\n\n"
    "Exit status: 0 all is made; 1 some photo failed; 2 the command line or the preset is wrong; 3 the "
    "result cannot be "
    "written.";

typedef struct {
    char *out, *preset, *credit, *caption, *alt;
    gboolean no_credit, force;
} Options;

/* The photo's folder for its result: NAME-web beside it, or what -o says. */
static char *result_folder(const Options *o, const char *photo)
{
    if (o->out)
        return g_strdup(o->out);
    g_autofree char *folder = g_path_get_dirname(photo);
    g_autofree char *name = g_path_get_basename(photo);
    char *dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    g_autofree char *web = g_strconcat(name, "-web", NULL);
    return g_build_filename(folder, web, NULL);
}

/* Who puts the whole folder on the web is to know that pictures with an earlier credit are in it, too. */
static void tell_older(const char *out, const Preset *preset)
{
    PruneOptions options = { .limits = &preset->limits, .jobs = 1, .grace = G_MAXINT64 / 2, .dry = TRUE };
    PruneTotals totals;
    g_autofree char *shown = file_show(out);
    if (prune(out, &options, &totals, NULL) && totals.waiting > 0)
        g_printerr(
            "%s has %u older file%s, too, that manifest.json names no more; 'photodesk prune %s --grace 0' "
            "removes them\n",
            shown, totals.waiting, cmd_s(totals.waiting), shown);
}

/* One photo is one run: an editor's few photos may come from different folders. */
static int convert_one(const Options *o, const char *photo, const Preset *preset, Report *report,
                       RunTotals *all)
{
    g_autofree char *folder = g_path_get_dirname(photo);
    g_autofree char *name = g_path_get_basename(photo);
    g_autofree char *out = result_folder(o, photo);
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func((GDestroyNotify)gallery_free);
    g_ptr_array_add(galleries, scan_files("", folder, (char *[]){ name, NULL }));

    RunOptions options = { .preset = preset,
                           .out = out,
                           .jobs = g_get_num_processors(),
                           .credit = o->credit,
                           .caption = o->caption,
                           .alt = o->alt,
                           .no_credit = o->no_credit,
                           .force = o->force,
                           .keep_others = TRUE,
                           .on_event = report_event,
                           .user = report };
    RunTotals totals;
    g_autoptr(GError) error = NULL;
    gboolean ok = run(galleries, NULL, &options, &totals, &error);
    all->photos += totals.photos;
    all->published += totals.published;
    all->unchanged += totals.unchanged;
    all->failed += totals.failed;
    if (!ok)
        return cmd_fail("convert", error);
    if (totals.published > 0 && !o->out) /* into a folder of its own; else it is told of once for all */
        tell_older(out, preset);
    if (totals.failed == 0 && !report->terminal)
        return EXIT_ALL_DONE;
    if (totals.failed == 0) {
        g_autofree char *shown = file_show(out);
        g_printerr("\r\033[K%s: see %s\n", name, shown);
    }
    return totals.failed > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

/* The first photo whose name another one before it has, or NULL: in one folder they would be one. */
static const char *find_namesake(char **photos)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char **photo = photos; *photo; photo++)
        if (!g_hash_table_add(names, g_path_get_basename(*photo)))
            return *photo;
    return NULL;
}

static int check_and_convert(const Options *o, char **photos)
{
    if (!*photos)
        return cmd_usage("convert", "name a photo: photodesk convert PHOTO --credit NAME");
    const char *texts[] = { o->caption, o->alt };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] && !g_utf8_validate(texts[i], -1, NULL))
            return cmd_usage("convert", "--caption and --alt must be valid UTF-8");

    const char *namesake = o->out ? find_namesake(photos) : NULL;
    if (namesake) {
        g_autofree char *shown = file_show(namesake);
        return cmd_usage("convert",
                         "another photo has the name of %s, and -o puts them into one folder; "
                         "convert each into its own, or leave out -o",
                         shown);
    }

    for (char **photo = photos; o->out && *photo; photo++) {
        g_autofree char *folder = g_path_get_dirname(*photo), *shown = file_show(*photo);
        if (cmd_lies_in(o->out, folder) && cmd_lies_in(folder, o->out))
            return cmd_usage(
                "convert",
                "what is made of %s would lie among the photos, and be taken for some; give -o a folder "
                "of its own, or leave it out",
                shown);
    }

    g_autoptr(Preset) preset = cmd_load_preset("convert", o->preset, o->credit, o->no_credit);
    if (!preset)
        return EXIT_USAGE;

    Report report;
    RunTotals all = { 0 };
    report_init(&report, FALSE, FALSE);
    int code = EXIT_ALL_DONE;
    for (char **photo = photos; *photo && code <= EXIT_SOME_FAILED; photo++) {
        int one = convert_one(o, *photo, preset, &report, &all);
        code = MAX(code, one);
    }
    if (o->out && all.published > 0 && code <= EXIT_SOME_FAILED)
        tell_older(o->out, preset);
    return report_finish(&report, &all, NULL) ? code : MAX(code, EXIT_NOTHING);
}

int cmd_convert(int argc, char **argv)
{
    Options o = { 0 }; /* texts are taken as bytes, whatever the locale, and must be UTF-8 */
    const GOptionEntry entries[] = { { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out,
                                       "Folder for the result (default: NAME-web beside the photo)", "DIR" },
                                     { "credit", 0, 0, G_OPTION_ARG_FILENAME, &o.credit,
                                       "The photographer: NAME, or NAME/AGENCY", "TEXT" },
                                     { "caption", 0, 0, G_OPTION_ARG_FILENAME, &o.caption,
                                       "The caption; a credit at its end is found", "TEXT" },
                                     { "alt", 0, 0, G_OPTION_ARG_FILENAME, &o.alt,
                                       "What the picture shows, for those who cannot see it", "TEXT" },
                                     { "no-credit", 0, 0, G_OPTION_ARG_NONE, &o.no_credit,
                                       "Make a photo without a credit all the same, unstamped", NULL },
                                     { "force", 0, 0, G_OPTION_ARG_NONE, &o.force,
                                       "Make again what is up to date, or was spoilt since", NULL },
                                     { "preset", 'p', 0, G_OPTION_ARG_FILENAME, &o.preset,
                                       "What to make (default: article)", "NAME|FILE" },
                                     G_OPTION_ENTRY_NULL };
    int code = cmd_parse(&argc, &argv, entries, "PHOTO...", summary, description)
                   ? check_and_convert(&o, argv + 1)
                   : EXIT_USAGE;
    g_free(o.out);
    g_free(o.preset);
    g_free(o.credit);
    g_free(o.caption);
    g_free(o.alt);
    return code;
}
