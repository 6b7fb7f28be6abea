#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "desk/depfile.h"
#include "desk/output.h"
#include "desk/run.h"
#include "desk/scan.h"

static const char summary[] =
    "Publishes folders of photos: every folder below SRC that has photos is a gallery, and lands at the "
    "same path under OUT with its variants and a manifest.json. Only what is new or has changed is done "
    "again; a folder that is gone from SRC takes its gallery down.";

static const char description[] =
    "A photo needs a credit. It is looked for in this order: --credit; the column 'credit' of captions.csv "
    "in the photo's folder; its XMP sidecar (NAME.jpg.xmp or NAME.xmp); its XMP; its IPTC; the end of its "
    "caption ('... צילום: NAME', '... Photo: NAME'); EXIF Artist and XPAuthor.\n"
    "captions.csv has the columns file, caption, credit, alt, focus, lead (UTF-8; commas, semicolons or "
    "tabs).\n\n"
    "Examples:\n"
    "  photodesk build photos -o public/photos\n"
    "  photodesk build photos -o public/photos --json --quiet > events.jsonl\n"
    "  photodesk build archive -o web --credit 'צילום: דנה כהן'\n\n"
    "Exit status: 0 all is published (with --check: OUT is as it should be); 1 some photo or SRC failed, the "
    "others are published; 2 the command line or "
    "the preset is "
    "wrong; 3 OUT cannot be written.";

#define JOBS_UNSAID G_MININT

typedef struct {
    char *out, *preset, *credit;
    char *shard, *depfile;
    int jobs;
    gboolean json, quiet, no_credit, force, dry_run, check, explain, wait;
    guint shard_number, shards; /* of --shard */
} Options;

/* Two sources that both have photos for a gallery of the same path would overwrite one another. A folder
 * without photos of its own matters only where no other source has any for its path: else it is taken out. */
static gboolean find_collision(GPtrArray *galleries, const Gallery **a, const Gallery **b)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < galleries->len; i++) {
        *b = galleries->pdata[i];
        if ((*b)->photos->len == 0)
            continue;
        *a = g_hash_table_lookup(seen, (*b)->path);
        if (*a)
            return TRUE;
        g_hash_table_insert(seen, (*b)->path, (gpointer)*b);
    }
    for (guint i = galleries->len; i-- > 0;) {
        const Gallery *gallery = galleries->pdata[i];
        if (gallery->photos->len == 0 && g_hash_table_contains(seen, gallery->path))
            g_ptr_array_remove_index(galleries, i);
    }
    return FALSE;
}

/* A source may lie in OUT, but then no gallery may land in a source, where its variants would be taken for
 * photos. */
static gboolean find_intrusion(const char *out, char **sources, GPtrArray *galleries, const char **source,
                               const Gallery **gallery)
{
    for (; *sources; sources++)
        for (guint i = 0; i < galleries->len && cmd_lies_in(*sources, out); i++) {
            *source = *sources;
            *gallery = galleries->pdata[i];
            g_autofree char *landing = g_build_filename(out, (*gallery)->path, NULL);
            if ((*gallery)->photos->len > 0 && cmd_lies_in(landing, *sources))
                return TRUE;
        }
    return FALSE;
}

/* Adds the galleries of one source, or the reason why there are none. */
static void scan_source(const char *source, GPtrArray *galleries, GPtrArray *found, GPtrArray *problems)
{
    struct stat st;
    g_autofree char *shown = file_show(source);
    if (stat(source, &st) < 0)
        g_ptr_array_add(problems, g_strdup_printf("%s: %s; check the path of the source folder", shown,
                                                  g_strerror(errno)));
    else if (!S_ISDIR(st.st_mode))
        g_ptr_array_add(
            problems,
            g_strdup_printf("%s is a file, not a folder; for single photos use 'photodesk convert'", shown));
    else
        g_ptr_array_add(found, scan_folder(source, galleries, problems));
}

/* The galleries that fall to other shards are left out. */
static void take_shard(const Options *o, GPtrArray *galleries)
{
    for (guint i = galleries->len; o->shards > 0 && i-- > 0;) {
        const Gallery *gallery = galleries->pdata[i];
        if (output_shard_of(gallery->path, o->shards) != o->shard_number)
            g_ptr_array_remove_index(galleries, i);
    }
}

static int build(const Options *o, char **sources, const Preset *preset)
{
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func((GDestroyNotify)gallery_free);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)scan_source_free);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(Depfile) depfile = o->depfile ? depfile_new(o->depfile, &error) : NULL;
    guint usable = 0;
    if (o->depfile && !depfile)
        return cmd_usage("build", "--depfile %s", error->message);
    for (char **source = sources; *source; source++) {
        guint before = problems->len;
        scan_source(*source, galleries, found, problems);
        usable += problems->len == before;
    }

    const Gallery *a, *b;
    if (find_collision(galleries, &a, &b)) {
        g_autofree char *first = file_show(a->folder), *second = file_show(b->folder);
        if (strcmp(a->source->path, b->source->path) == 0)
            return cmd_usage("build", "%s and %s are the same folder; name it once", first, second);
        return cmd_usage("build", "%s and %s would land in the same place; give each its own -o OUT", first,
                         second);
    }
    const char *source;
    if (find_intrusion(o->out, sources, galleries, &source, &a)) {
        g_autofree char *photos = file_show(a->folder), *inside = file_show(source);
        return cmd_usage(
            "build", "what is made of %s would land in SRC %s and be taken for photos; choose another OUT",
            photos, inside);
    }

    if (depfile)
        depfile_add(depfile, preset, galleries);
    take_shard(o, galleries);
    Report report;
    report_init(&report, o->json, o->quiet);
    report.explain = o->explain;
    report.dry = o->dry_run || o->check;
    for (guint i = 0; i < problems->len; i++)
        report_problem(&report, problems->pdata[i]);
    if (usable == 0 && galleries->len == 0) {
        RunTotals none = { .failed = problems->len };
        (void)report_finish(&report, &none, NULL);
        return EXIT_USAGE;
    }

    RunOptions options = { .preset = preset,
                           .out = o->out,
                           .jobs = (guint)o->jobs,
                           .credit = o->credit,
                           .no_credit = o->no_credit,
                           .force = o->force,
                           .dry = report.dry,
                           .check = o->check,
                           .explain = o->explain || o->json,
                           .remind = TRUE,
                           .shard = o->shard_number,
                           .shards = o->shards,
                           .wait = o->wait,
                           .on_event = report_event,
                           .user = &report };
    RunTotals totals;
    gboolean ok = run(galleries, found, &options, &totals, &error);
    totals.failed += problems->len;
    ok = ok && (!depfile || report.dry || depfile_write(depfile, &error));
    gboolean told = report_finish(&report, &totals, error);
    if (ok && totals.photos == 0 && o->shards == 0 && !o->quiet)
        g_printerr("photodesk build: there is no photo (JPEG, PNG, TIFF, WebP, HEIC or AVIF) to publish\n");
    if (!ok)
        return cmd_fail("build", error);
    if (o->check && totals.stale > 0)
        return EXIT_SOME_FAILED;
    return totals.failed > 0 ? EXIT_SOME_FAILED : told ? EXIT_ALL_DONE : EXIT_NOTHING;
}

static gboolean parse_shard(Options *o)
{
    int end = 0;
    const char *text = o->shard;
    return !text || (sscanf(text, "%u/%u%n", &o->shard_number, &o->shards, &end) == 2 && text[end] == '\0' &&
                     g_ascii_isdigit(*text) && o->shard_number >= 1 && o->shard_number <= o->shards &&
                     o->shards <= 10000);
}

static int check_and_build(Options *o, char **sources)
{
    if (!*sources || g_strv_contains((const char *const *)sources, ""))
        return cmd_usage("build", "name the folder with the photos: photodesk build SRC -o OUT");
    if (!o->out || !*o->out)
        return cmd_usage("build", "name the folder for the result: -o OUT");
    if (o->jobs != JOBS_UNSAID && (o->jobs < 1 || o->jobs > 1024))
        return cmd_usage("build", "--jobs %d: must be a whole number from 1 to 1024", o->jobs);
    if (!parse_shard(o))
        return cmd_usage("build", "--shard %s: must be K/N, with K from 1 to N, as 2/4", o->shard);
    if (o->depfile && !g_str_has_suffix(o->depfile, ".d"))
        return cmd_usage("build",
                         "--depfile %s: its name must be that of the target with .d behind it, as "
                         "photos.stamp.d",
                         o->depfile);
    if (o->force && o->check)
        return cmd_usage("build", "--force and --check exclude each other; leave one of them");
    if (o->jobs == JOBS_UNSAID)
        o->jobs = (int)g_get_num_processors();
    for (char **source = sources; *source; source++) {
        g_autofree char *out = file_show(o->out), *shown = file_show(*source);
        if (cmd_lies_in(o->out, *source))
            return cmd_usage(
                "build",
                "OUT %s lies in SRC %s: its variants would be taken for photos; choose an OUT outside", out,
                shown);
        if (cmd_is_output(*source))
            return cmd_usage("build",
                             "photodesk published into SRC %s, and would take the variants there for photos; "
                             "name the folder of the originals",
                             shown);
    }

    g_autoptr(Preset) preset = cmd_load_preset("build", o->preset, o->credit, o->no_credit);
    if (!preset)
        return EXIT_USAGE;
    return build(o, sources, preset);
}

int cmd_build(int argc, char **argv)
{
    Options o = { .jobs =
                      JOBS_UNSAID }; /* texts are taken as bytes, whatever the locale, and must be UTF-8 */
    const GOptionEntry entries[] = {
        { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, "Folder for the result; made if need be", "OUT" },
        { "preset", 'p', 0, G_OPTION_ARG_FILENAME, &o.preset, "What to make (default: article)",
          "NAME|FILE" },
        { "jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs, "Photos at a time (default: one a processor)", "N" },
        { "credit", 0, 0, G_OPTION_ARG_FILENAME, &o.credit, "Credit of every photo, whatever else says",
          "TEXT" },
        { "no-credit", 0, 0, G_OPTION_ARG_NONE, &o.no_credit, "Publish photos that have no credit, too",
          NULL },
        { "force", 0, 0, G_OPTION_ARG_NONE, &o.force, "Do again what is unchanged, too", NULL },
        { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &o.dry_run, "Tell what would be done, and write nothing",
          NULL },
        { "check", 0, 0, G_OPTION_ARG_NONE, &o.check,
          "Write nothing; list what of OUT is stale or missing, and exit with 1 where anything is", NULL },
        { "explain", 0, 0, G_OPTION_ARG_NONE, &o.explain,
          "Say of every photo why it is, or is not, done again", NULL },
        { "shard", 0, 0, G_OPTION_ARG_STRING, &o.shard,
          "Only the galleries that fall to part K of N, of which all may run at once", "K/N" },
        { "depfile", 0, 0, G_OPTION_ARG_FILENAME, &o.depfile,
          "Write what was read as a rule of Make and Ninja; the target is FILE without its .d", "FILE" },
        { "wait", 0, 0, G_OPTION_ARG_NONE, &o.wait, "Wait for another photodesk that writes to OUT", NULL },
        { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "One JSON object a line on standard output", NULL },
        { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.quiet, "Say only what failed", NULL },
        G_OPTION_ENTRY_NULL
    };
    int code = cmd_parse(&argc, &argv, entries, "SRC...", summary, description)
                   ? check_and_build(&o, argv + 1)
                   : EXIT_USAGE;
    g_free(o.out);
    g_free(o.preset);
    g_free(o.credit);
    g_free(o.shard);
    g_free(o.depfile);
    return code;
}
