#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "desk/verify.h"

static const char summary[] =
    "Audits what is published, whatever the ledger says: every file that a manifest names is there, decodes "
    "to its last pixel, and has the size, dimensions and hash that are recorded; and no picture of any kind "
    "below OUT has anything beside its pixels: EXIF, a GPS position, IPTC, XMP other than photodesk's own, a "
    "colour profile, small pictures, bytes behind its end, unknown parts; and nothing is there of a photo "
    "that was withdrawn, by its name, nor its original. OUT may be any folder of pictures, or one picture.";

static const char description[] =
    "JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF and SVG are told by their content and looked through to their "
    "last byte; another kind of picture (camera raw, Photoshop, JPEG XL, ...) is a finding itself. Other "
    "files "
    "are passed over. Links are followed. Variants that no manifest names are counted; 'photodesk prune' "
    "removes them. Variants that were made of a copy of a withdrawn photo, under another name, are known by "
    "the ledger alone: 'photodesk build --check' tells them.\n\n"
    "Examples:\n"
    "  photodesk verify public/photos\n"
    "  photodesk verify public --json | jq -r 'select(.kind == \"gps\").file'\n\n"
    "Exit status: 0 nothing was found; 1 something was; 2 the command line is wrong; 3 the result cannot be "
    "written; 130 it was interrupted, and not all was looked through: the totals are missing.";

#define CLEAR_LINE "\r\033[K"

typedef struct {
    gboolean json, terminal;
    guint shown; /* of progress */
} Printer;

static void print_object(GVariantBuilder *b)
{
    g_autoptr(GVariant) object = g_variant_ref_sink(g_variant_builder_end(b));
    g_autofree char *line = json_text(object, FALSE);
    printf("%s\n", line);
}

static void on_finding(const char *path, const char *kind, const char *message, gpointer user)
{
    const Printer *printer = user;
    if (printer->terminal)
        fputs(CLEAR_LINE, stderr);
    if (printer->json) {
        GVariantBuilder b;
        g_autofree char *file = file_utf8(path);
        g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&b, "{sv}", "event", g_variant_new_string("finding"));
        g_variant_builder_add(&b, "{sv}", "file", g_variant_new_string(file));
        g_variant_builder_add(&b, "{sv}", "kind", g_variant_new_string(kind));
        g_variant_builder_add(&b, "{sv}", "message", g_variant_new_string(message));
        print_object(&b);
    } else {
        g_autofree char *shown = file_show(path), *text = file_show(message);
        printf("%s%s%s: %s\n", shown, *shown ? ": " : "", kind, text);
    }
    fflush(stdout); /* an error stays in the stream */
}

static void on_progress(guint done, guint all, gpointer user)
{
    Printer *printer = user;
    guint percent = all > 0 ? (guint)(100.0 * done / all) : 100;
    if (!printer->terminal || percent == printer->shown)
        return;
    printer->shown = percent;
    fprintf(stderr, CLEAR_LINE "%u of %u files", done, all);
}

static void sum_up(const Printer *printer, const VerifyTotals *totals, double seconds)
{
    if (printer->terminal)
        fputs(CLEAR_LINE, stderr);
    if (!printer->json) {
        printf("%u finding%s: %u picture%s among %u file%s, %u manifest%s (%.1f s)\n", totals->findings,
               cmd_s(totals->findings), totals->pictures, cmd_s(totals->pictures), totals->files,
               cmd_s(totals->files), totals->manifests, cmd_s(totals->manifests), seconds);
        if (totals->unnamed > 0)
            printf("%u variant%s named by no manifest any more; 'photodesk prune' removes %s\n",
                   totals->unnamed, totals->unnamed == 1 ? " is" : "s are",
                   totals->unnamed == 1 ? "it" : "them");
        return;
    }
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "event", g_variant_new_string("finished"));
    g_variant_builder_add(&b, "{sv}", "files", g_variant_new_uint32(totals->files));
    g_variant_builder_add(&b, "{sv}", "pictures", g_variant_new_uint32(totals->pictures));
    g_variant_builder_add(&b, "{sv}", "manifests", g_variant_new_uint32(totals->manifests));
    g_variant_builder_add(&b, "{sv}", "unnamed", g_variant_new_uint32(totals->unnamed));
    g_variant_builder_add(&b, "{sv}", "findings", g_variant_new_uint32(totals->findings));
    g_variant_builder_add(&b, "{sv}", "seconds", g_variant_new_double(seconds));
    print_object(&b);
}

static int verify_all(char **roots, gboolean json)
{
    if (!*roots)
        return cmd_usage("verify", "name the folder to look through: photodesk verify OUT");
    for (char **root = roots; *root; root++) {
        struct stat st;
        g_autofree char *shown = file_show(*root);
        if (stat(*root, &st) < 0)
            return cmd_usage("verify", "%s: %s; check its path", shown, g_strerror(errno));
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load("article", &error); /* for its limits */
    if (!preset)
        return cmd_fail("verify", error);

    signal(SIGPIPE, SIG_IGN);
    Printer printer = { .json = json, .terminal = isatty(STDERR_FILENO) };
    VerifyOptions options = { .limits = &preset->limits,
                              .jobs = g_get_num_processors(),
                              .on_finding = on_finding,
                              .on_progress = on_progress,
                              .user = &printer };
    VerifyTotals totals;
    gint64 began = g_get_monotonic_time();
    if (!verify(roots, &options, &totals, &error)) {
        if (printer.terminal)
            fputs(CLEAR_LINE, stderr);
        return cmd_fail("verify", error);
    }
    sum_up(&printer, &totals, (double)(g_get_monotonic_time() - began) / 1e6);
    int code = cmd_printed();
    return code != EXIT_ALL_DONE ? code : totals.findings > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

int cmd_verify(int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json,
                                       "One JSON object a line for each finding, and one with totals", NULL },
                                     G_OPTION_ENTRY_NULL };
    return cmd_parse(&argc, &argv, entries, "OUT...", summary, description) ? verify_all(argv + 1, json)
                                                                            : EXIT_USAGE;
}
