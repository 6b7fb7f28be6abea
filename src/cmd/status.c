#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "desk/board.h"

static const char summary[] =
    "Says what the desk is doing that serves OUT ('photodesk watch'), what waits, and what "
    "failed and why; or, where none is at work, how the last one left it. It is in nobody's way.";

static const char description[] =
    "With --json it is one JSON object, as docs/status.schema.json has it.\n\n"
    "Examples:\n"
    "  photodesk status /srv/www/photos\n"
    "  photodesk status /srv/www/photos --json | jq -r '.photos[] | select(.state == \"failed\").photo'\n\n"
    "Exit status: 0 a desk is at work, and nothing is to be mended; 1 a desk is at work, and some photo has "
    "failed, or it waits for room on the disk of OUT or for its inbox; 2 the command line is wrong; 3 no "
    "desk is at work, its "
    "state cannot be read, or the result cannot be written.";

/* ---- For people ---- */

static char *show_time(gint64 us)
{
    if (us == 0)
        return g_strdup("never");
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(us / G_TIME_SPAN_SECOND);
    return g_date_time_format(time, "%Y-%m-%d %H:%M:%S");
}

static void print_photo(const SnapshotPhoto *photo)
{
    static const char *const words[] = {
        [SNAPSHOT_ARRIVING] = "arriving",   [SNAPSHOT_WAITING] = "waiting", [SNAPSHOT_MAKING] = "making",
        [SNAPSHOT_PUBLISHED] = "published", [SNAPSHOT_FAILED] = "FAILED",
    };
    g_autofree char *path = g_build_filename(photo->gallery, photo->photo, NULL), *shown = file_show(path);
    g_autofree char *since = show_time(photo->at), *why = photo->message ? file_show(photo->message) : NULL;
    printf("%s %s%s%s (%s)\n", words[photo->state], shown, why ? ": " : "", why ? why : "", since);
}

static void print_desk(const Snapshot *desk, const char *out, gboolean running)
{
    g_autofree char *shown = file_show(out), *began = show_time(desk->began);
    g_autofree char *updated = show_time(desk->updated), *last = show_time(desk->last_success);
    if (running)
        printf("A desk serves %s: process %" G_GINT64_FORMAT ", since %s\n", shown, desk->process, began);
    else
        printf("No desk serves %s: the last one %s %s\n", shown,
               desk->ended ? "stopped" : "was killed, or lost its machine, after", updated);
    printf("%u arriving, %u in the queue, %u to be mended; %u published and %u failed since it began; the "
           "last success: "
           "%s\n",
           desk->arriving, desk->queued, desk->bad->len, desk->published, desk->failed, last);
    if (running && desk->hindered) {
        g_autofree char *why = file_show(desk->hindered);
        printf("WAITING: %s\n", why);
    }
    for (guint i = 0; i < desk->coming->len; i++)
        print_photo(desk->coming->pdata[i]);
    for (guint i = 0; i < desk->bad->len; i++)
        print_photo(desk->bad->pdata[i]);
}

/* ---- The command ---- */

static int tell(const char *out, gboolean json)
{
    struct stat st;
    gboolean running;
    g_autofree char *shown = file_show(out);
    if (stat(out, &st) < 0)
        return cmd_usage("status", "%s: %s", shown, g_strerror(errno));
    g_autoptr(GError) error = NULL;
    g_autoptr(Snapshot) desk = board_read(out, &running, &error);
    if (error)
        return cmd_fail("status", error);
    if (!desk && !json)
        printf("No desk serves %s, and none has\n", shown);
    else if (!json)
        print_desk(desk, out, running);
    else {
        g_autoptr(Snapshot) none = snapshot_new();
        g_autofree char *text = snapshot_text(desk ? desk : none, &running);
        fputs(text, stdout);
    }
    int code = cmd_printed();
    if (code != EXIT_ALL_DONE || !running)
        return code != EXIT_ALL_DONE ? code : EXIT_NOTHING;
    return desk->bad->len > 0 || desk->hindered ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

int cmd_status(int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
                                     G_OPTION_ENTRY_NULL };
    if (!cmd_parse(&argc, &argv, entries, "OUT", summary, description))
        return EXIT_USAGE;
    if (argc != 2 || !*argv[1])
        return cmd_usage("status", "name the folder that a desk publishes into: photodesk status OUT");
    return tell(argv[1], json);
}
