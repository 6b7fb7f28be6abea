#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "desk/watch.h"

static const char summary[] = "Publishes what is dropped into INBOX, photos and whole folders, as 'photodesk "
                              "build INBOX -o OUT' would, "
                              "moments after it has arrived, until it is told to stop (SIGTERM, Ctrl-C). A "
                              "photo that fails gets a note "
                              "NAME.jpg.ERROR.txt beside it, which goes when it is mended.";

static const char description[] =
    "A file is touched when nothing of it has changed for --settle seconds and its end is there. Left alone: "
    "hidden files, .part .tmp .filepart .crdownload ~, links, and all that is no regular file.\n"
    "Where the kernel tells no changes (NFS, SMB, FUSE), all is looked through every 5 seconds, or as --poll "
    "says.\n"
    "With --after archive DIR an original moves into DIR/GALLERY when it is published, and its XMP sidecar "
    "with it; it "
    "stays published. Put again under its name, it is replaced.\n"
    "SIGHUP reads the preset again: photos that it changes are made anew; a wrong one is refused, and "
    "told.\n\n"
    "Examples:\n"
    "  photodesk watch /srv/inbox -o /srv/www/photos\n"
    "  photodesk watch inbox -o public/photos --json --quiet > events.jsonl\n"
    "  photodesk watch inbox -o public/photos --after archive originals\n"
    "  photodesk watch inbox -o public/photos --hook /usr/local/bin/purge-cdn\n\n"
    "Exit status: 0 stopped as it was told; 1 with --once, some photo failed; 2 the command line or the "
    "preset is wrong; 3 OUT cannot be written, or another photodesk serves it; 130 with --once, it was "
    "interrupted.";

#define UNSAID G_MININT
#define QUIET 2.0      /* s */
#define MOVED 0.5      /* s */
#define PATIENCE 600.0 /* s */

typedef struct {
    char *out, *preset, *credit, *hook, *after;
    const char *archive; /* of --after archive DIR */
    int jobs;
    double settle, poll, patience;
    gboolean json, quiet, no_credit, once;
} Options;

/* The report, and what a preset is read again by. */
typedef struct {
    Report report;
    const Options *options;
} Desk;

static void on_event(const Event *event, gpointer user)
{
    report_event(event, &((Desk *)user)->report);
}

static void on_problem(const char *message, gpointer user)
{
    report_problem(&((Desk *)user)->report, message);
}

static Preset *on_reload(gpointer user)
{
    Desk *desk = user;
    const Options *o = desk->options;
    Preset *preset = cmd_load_preset("watch", o->preset, o->credit, o->no_credit);
    if (!preset)
        report_problem(&desk->report, "The preset is not reloaded: photos are made as before");
    return preset;
}

static int run_watch(const Options *o, const char *inbox, char **hook, const Preset *preset)
{
    Desk desk = { .options = o };
    report_init(&desk.report, o->json, o->quiet);
    desk.report.terminal = FALSE; /* a line an event: there is no progress towards an end */
    WatchOptions options = { .run = { .preset = preset,
                                      .out = o->out,
                                      .jobs = (guint)o->jobs,
                                      .credit = o->credit,
                                      .no_credit = o->no_credit,
                                      .archive = o->archive,
                                      .on_event = on_event,
                                      .user = &desk },
                             .times = { (gint64)(o->settle * 1e6), (gint64)(MOVED * 1e6),
                                        (gint64)(o->patience * 1e6) },
                             .poll = (gint64)(o->poll * 1e6),
                             .reload = on_reload,
                             .hook = hook,
                             .once = o->once,
                             .on_problem = on_problem };
    RunTotals totals;
    g_autoptr(GError) error = NULL;
    gboolean ok = watch(inbox, &options, &totals, &error);
    gboolean told = report_finish(&desk.report, &totals, error);
    if (!ok)
        return cmd_fail("watch", error);
    return o->once && totals.failed > 0 ? EXIT_SOME_FAILED : told ? EXIT_ALL_DONE : EXIT_NOTHING;
}

static gboolean check_numbers(Options *o)
{
    if (o->jobs == UNSAID)
        o->jobs = (int)g_get_num_processors();
    if (o->jobs < 1 || o->jobs > 1024)
        return cmd_usage("watch", "--jobs %d: must be a whole number from 1 to 1024", o->jobs), FALSE;
    const struct {
        const char *name;
        double value, most;
    } seconds[] = { { "settle", o->settle, 3600 },
                    { "poll", o->poll, 86400 },
                    { "patience", o->patience, 86400 } };
    for (gsize i = 0; i < G_N_ELEMENTS(seconds); i++)
        if (!(seconds[i].value >= 0 && seconds[i].value <= seconds[i].most))
            return cmd_usage("watch", "--%s %g: must be a number of seconds from 0 to %g", seconds[i].name,
                             seconds[i].value, seconds[i].most),
                   FALSE;
    return TRUE;
}

static gboolean check_folders(const Options *o, const char *inbox)
{
    struct stat st;
    g_autofree char *in = file_show(inbox), *out = file_show(o->out);
    if (stat(inbox, &st) < 0)
        cmd_usage("watch", "%s: %s; check the path of the inbox", in, g_strerror(errno));
    else if (!S_ISDIR(st.st_mode))
        cmd_usage("watch", "%s is a file, not a folder", in);
    else if (cmd_is_output(inbox))
        cmd_usage(
            "watch",
            "photodesk published into INBOX %s, and would take the variants there for photos; name another "
            "folder",
            in);
    else if (cmd_lies_in(o->out, inbox))
        cmd_usage("watch",
                  "OUT %s lies in INBOX %s: its variants would be taken for photos; choose an OUT outside",
                  out, in);
    else if (cmd_lies_in(inbox, o->out))
        cmd_usage("watch",
                  "INBOX %s lies in OUT %s: galleries would land among the photos; choose another OUT", in,
                  out);
    else
        return TRUE;
    return FALSE;
}

static gboolean check_archive(const Options *o, const char *inbox)
{
    gboolean archive = g_strcmp0(o->after, "archive") == 0;
    if (o->after && !archive && strcmp(o->after, "keep") != 0)
        return cmd_usage("watch", "--after %s: must be keep, or archive DIR", o->after), FALSE;
    if (!archive)
        return TRUE;
    g_autofree char *dir = file_show(o->archive ? o->archive : "");
    if (!*dir)
        cmd_usage("watch", "--after archive: name the folder that originals move into: --after archive DIR");
    else if (!g_file_test(o->archive, G_FILE_TEST_IS_DIR))
        cmd_usage("watch", "--after archive %s: it is no folder that is there; make it first", dir);
    else if (cmd_lies_in(o->archive, inbox) || cmd_lies_in(inbox, o->archive))
        cmd_usage("watch", "the archive %s and INBOX lie in one another: choose another folder", dir);
    else if (cmd_lies_in(o->archive, o->out) || cmd_lies_in(o->out, o->archive))
        cmd_usage("watch",
                  "the archive %s and OUT lie in one another: originals are not published; choose "
                  "another folder",
                  dir);
    else
        return TRUE;
    return FALSE;
}

static int check_and_watch(Options *o, char **operands)
{
    if (!*operands || !**operands || operands[1])
        return cmd_usage("watch", "name one folder for what comes in: photodesk watch INBOX -o OUT");
    if (!o->out || !*o->out)
        return cmd_usage("watch", "name the folder for the result: -o OUT");
    if (!check_numbers(o) || !check_folders(o, operands[0]) || !check_archive(o, operands[0]))
        return EXIT_USAGE;

    g_auto(GStrv) hook = NULL;
    g_autoptr(GError) error = NULL;
    if (o->hook && !g_shell_parse_argv(o->hook, NULL, &hook, &error))
        return cmd_usage("watch", "--hook: %s", error->message);
    g_autoptr(Preset) preset = cmd_load_preset("watch", o->preset, o->credit, o->no_credit);
    if (!preset)
        return EXIT_USAGE;
    return run_watch(o, operands[0], hook, preset);
}

/* GLib's options have one value each: takes the DIR of `--after archive DIR` out of argv; NULL where there is
 * none. */
static const char *take_archive(int *argc, char **argv)
{
    for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        gboolean one = strcmp(argv[i], "--after=archive") == 0;
        gboolean two =
            strcmp(argv[i], "--after") == 0 && i + 1 < *argc && strcmp(argv[i + 1], "archive") == 0;
        int at = i + 1 + two;
        if ((!one && !two) || at >= *argc || argv[at][0] == '-')
            continue;
        const char *dir = argv[at];
        memmove(argv + at, argv + at + 1, (size_t)(*argc - at) * sizeof *argv); /* with the NULL at the end */
        (*argc)--;
        return dir;
    }
    return NULL;
}

int cmd_watch(int argc, char **argv)
{
    Options o = { .jobs = UNSAID, .settle = QUIET, .patience = PATIENCE };
    o.archive = take_archive(&argc, argv);
    const GOptionEntry entries[] = {
        { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, "Folder for the result; made if need be", "OUT" },
        { "preset", 'p', 0, G_OPTION_ARG_FILENAME, &o.preset, "What to make (default: article)",
          "NAME|FILE" },
        { "jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs, "Photos at a time (default: one a processor)", "N" },
        { "credit", 0, 0, G_OPTION_ARG_FILENAME, &o.credit, "Credit of every photo, whatever else says",
          "TEXT" },
        { "no-credit", 0, 0, G_OPTION_ARG_NONE, &o.no_credit, "Publish photos that have no credit, too",
          NULL },
        { "settle", 0, 0, G_OPTION_ARG_DOUBLE, &o.settle,
          "A file has arrived when it has not changed for so long (default: 2; 0.5 after a rename)",
          "SECONDS" },
        { "patience", 0, 0, G_OPTION_ARG_DOUBLE, &o.patience,
          "A file whose end is missing fails after so long (default: 600)", "SECONDS" },
        { "poll", 0, 0, G_OPTION_ARG_DOUBLE, &o.poll,
          "Look through all of INBOX this often, without the kernel's events", "SECONDS" },
        { "hook", 0, 0, G_OPTION_ARG_FILENAME, &o.hook,
          "Run this when a gallery has changed, with its manifest as last argument", "COMMAND" },
        { "after", 0, 0, G_OPTION_ARG_FILENAME, &o.after,
          "What becomes of an original that is published: it stays (the default), or moves into DIR",
          "keep|archive DIR" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &o.once, "Stop when nothing is left to do", NULL },
        { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "One JSON object a line on standard output", NULL },
        { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.quiet, "Say only what failed", NULL },
        G_OPTION_ENTRY_NULL
    };
    int code = cmd_parse(&argc, &argv, entries, "INBOX", summary, description) ? check_and_watch(&o, argv + 1)
                                                                               : EXIT_USAGE;
    g_free(o.out);
    g_free(o.preset);
    g_free(o.credit);
    g_free(o.hook);
    g_free(o.after);
    return code;
}
