#include <signal.h>
#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "desk/prune.h"

static const char summary[] =
    "Removes from OUT the variants that no manifest names any more, since their photo was corrected, renamed "
    "or removed, and what runs that were killed left in staging. Pages that were made before may still show "
    "an old variant: so each stays for a grace period after it was last named.";

static const char description[] =
    "A file is photodesk's own where its name is a variant's and the hash in it is that of its bytes; all "
    "others stay. Of a gallery whose manifest.json is damaged, nothing is removed.\n"
    "It may run beside a build or a desk at work (with a grace of a day or more).\n\n"
    "Examples:\n"
    "  photodesk prune public/photos\n"
    "  photodesk prune public/photos --grace 30 --dry-run\n\n"
    "Exit status: 0 done; 1 something could not be judged, and stays; 2 the command line is wrong; 3 OUT "
    "cannot be written.";

#define GRACE 7.0 /* days */
#define LONGEST 36500.0

typedef struct {
    gboolean json, dry;
} Printer;

static void print_object(GVariantBuilder *b)
{
    g_autoptr(GVariant) object = g_variant_ref_sink(g_variant_builder_end(b));
    g_autofree char *line = json_text(object, FALSE);
    printf("%s\n", line);
}

static void begin_object(GVariantBuilder *b, const char *event, const char *key, const char *text)
{
    g_autofree char *valid = file_utf8(text);
    g_variant_builder_init(b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(b, "{sv}", "event", g_variant_new_string(event));
    if (key)
        g_variant_builder_add(b, "{sv}", key, g_variant_new_string(valid));
}

static void on_file(const char *path, guint64 bytes, gpointer user)
{
    const Printer *printer = user;
    if (printer->json) {
        GVariantBuilder b;
        begin_object(&b, "pruned", "file", path);
        g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(bytes));
        g_variant_builder_add(&b, "{sv}", "dry", g_variant_new_boolean(printer->dry));
        print_object(&b);
    } else {
        g_autofree char *shown = file_show(path);
        printf("%s %s (%" G_GUINT64_FORMAT " byte%s)\n", printer->dry ? "would remove" : "removed", shown,
               bytes, cmd_s(bytes));
    }
}

static void on_problem(const char *message, gpointer user)
{
    const Printer *printer = user;
    if (printer->json) {
        GVariantBuilder b;
        begin_object(&b, "failed", "message", message);
        print_object(&b);
    }
    g_autofree char *text = file_show(message);
    fprintf(stderr, "FAILED %s\n", text);
}

static void sum_up(const Printer *printer, const PruneTotals *totals, const GError *error)
{
    if (!printer->json) {
        printf("%u file%s %s, %" G_GUINT64_FORMAT " byte%s; %u more %s grace\n", totals->files,
               cmd_s(totals->files), printer->dry ? "would be removed" : "removed", totals->bytes,
               cmd_s(totals->bytes), totals->waiting,
               totals->waiting == 1 ? "waits for the end of its" : "wait for the end of their");
        return;
    }
    GVariantBuilder b;
    begin_object(&b, "swept", NULL, "");
    g_variant_builder_add(&b, "{sv}", "files", g_variant_new_uint32(totals->files));
    g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(totals->bytes));
    g_variant_builder_add(&b, "{sv}", "waiting", g_variant_new_uint32(totals->waiting));
    g_variant_builder_add(&b, "{sv}", "failed", g_variant_new_uint32(totals->problems));
    g_variant_builder_add(&b, "{sv}", "dry", g_variant_new_boolean(printer->dry));
    if (error) {
        g_autofree char *message = file_utf8(error->message);
        g_variant_builder_add(&b, "{sv}", "error", g_variant_new_string(message));
    }
    print_object(&b);
}

static int prune_out(const char *out, double days, Printer *printer)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = preset_load("article", &error); /* for its limits */
    if (!preset)
        return cmd_fail("prune", error);
    signal(SIGPIPE, SIG_IGN);
    PruneOptions options = { .limits = &preset->limits,
                             .jobs = g_get_num_processors(),
                             .grace = (gint64)(days * PRUNE_DAY),
                             .dry = printer->dry,
                             .on_file = on_file,
                             .on_problem = on_problem,
                             .user = printer };
    PruneTotals totals;
    gboolean ok = prune(out, &options, &totals, &error);
    if (ok || printer->json)
        sum_up(printer, &totals, error);
    int code = cmd_printed();
    if (!ok)
        return cmd_fail("prune", error);
    return code != EXIT_ALL_DONE ? code : totals.problems > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

int cmd_prune(int argc, char **argv)
{
    double days = GRACE;
    Printer printer = { 0 };
    const GOptionEntry entries[] = { { "grace", 0, 0, G_OPTION_ARG_DOUBLE, &days,
                                       "What was named in the last DAYS stays (7)", "DAYS" },
                                     { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &printer.dry,
                                       "Tell what would be removed, and remove nothing", NULL },
                                     { "json", 0, 0, G_OPTION_ARG_NONE, &printer.json,
                                       "One JSON object a line: docs/events.schema.json", NULL },
                                     G_OPTION_ENTRY_NULL };
    if (!cmd_parse(&argc, &argv, entries, "OUT", summary, description))
        return EXIT_USAGE;
    if (argc != 2 || !*argv[1])
        return cmd_usage("prune", "name the folder to sweep: photodesk prune OUT");
    if (!(days >= 0 && days <= LONGEST))
        return cmd_usage("prune", "--grace is a number of days from 0 to %.0f", LONGEST);
    return prune_out(argv[1], days, &printer);
}
