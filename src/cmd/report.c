#include "cmd/report.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"

#define CLEAR_LINE "\r\033[K"

void report_init(Report *report, gboolean json, gboolean quiet)
{
    signal(SIGPIPE, SIG_IGN);
    *report = (Report){ .json = json,
                        .quiet = quiet,
                        .terminal = isatty(STDERR_FILENO),
                        .github = g_strcmp0(g_getenv("GITHUB_ACTIONS"), "true") == 0,
                        .began = g_get_monotonic_time() };
}

static double seconds(const Report *report)
{
    return (double)(g_get_monotonic_time() - report->began) / 1e6;
}

/* ---- JSON ---- */

static void add_string(GVariantBuilder *b, const char *key, const char *text)
{
    if (!text)
        return;
    g_autofree char *valid = file_utf8(text);
    g_variant_builder_add(b, "{sv}", key, g_variant_new_string(valid));
}

static void add_totals(GVariantBuilder *b, const RunTotals *totals)
{
    g_variant_builder_add(b, "{sv}", "photos", g_variant_new_uint32(totals->photos));
    g_variant_builder_add(b, "{sv}", "published", g_variant_new_uint32(totals->published));
    g_variant_builder_add(b, "{sv}", "unchanged", g_variant_new_uint32(totals->unchanged));
    g_variant_builder_add(b, "{sv}", "failed", g_variant_new_uint32(totals->failed));
}

/* A run waits for whoever reads its lines, but not when it is to end: signals are blocked meanwhile. */
static gboolean wait_for_reader(void)
{
    enum { LOOK = 200 }; /* ms */
    struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };
    sigset_t pending;
    while (poll(&out, 1, LOOK) == 0)
        if (sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) || sigismember(&pending, SIGINT)))
            return FALSE;
    return TRUE;
}

/* Piece by piece: a pipe that has room takes so much at once. */
static int print_all(const char *text)
{
    for (gsize left = strlen(text); left > 0;) {
        if (!wait_for_reader())
            return ECANCELED;
        ssize_t n = write(STDOUT_FILENO, text, MIN(left, PIPE_BUF));
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return errno;
        text += MAX(n, 0);
        left -= (gsize)MAX(n, 0);
    }
    return 0;
}

/* Nothing follows a line that was lost: half a line is no JSON. */
static void print_line(Report *report, const char *line)
{
    g_autofree char *whole = g_strconcat(line, "\n", NULL);
    if (!report->lost)
        report->lost = print_all(whole);
}

static void print_json(Report *report, GVariantBuilder *b)
{
    g_autoptr(GVariant) object = g_variant_ref_sink(g_variant_builder_end(b));
    g_autofree char *line = json_text(object, FALSE);
    print_line(report, line);
}

static void tell_json(Report *report, const Event *event)
{
    static const char *const names[] = {
        [EVENT_STARTED] = "started",   [EVENT_PUBLISHED] = "published", [EVENT_UNCHANGED] = "unchanged",
        [EVENT_WARNING] = "warning",   [EVENT_FAILED] = "failed",       [EVENT_WAITING] = "waiting",
        [EVENT_WATCHING] = "watching", [EVENT_REMOVED] = "removed",     [EVENT_STALE] = "stale",
        [EVENT_RELOADED] = "reloaded", [EVENT_ARCHIVED] = "archived",   [EVENT_WITHDRAWN] = "withdrawn",
    };
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_string(&b, "event", names[event->type]);
    if (event->type == EVENT_STARTED)
        add_totals(&b, event->totals);
    add_string(&b, "gallery", event->gallery);
    add_string(&b, "photo", event->photo);
    add_string(&b, "message", event->message);
    add_string(&b, "reason", event->reason);
    if (event->type == EVENT_PUBLISHED || event->type == EVENT_STALE)
        g_variant_builder_add(&b, "{sv}", "encoded", g_variant_new_boolean(event->encoded));
    if (event->type == EVENT_PUBLISHED || (event->type == EVENT_REMOVED && !event->photo))
        g_variant_builder_add(&b, "{sv}", "files", g_variant_new_uint32(event->files));
    if (event->type == EVENT_PUBLISHED)
        g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(event->bytes));
    print_json(report, &b);
}

/* ---- People ---- */

static char *format_time(double s)
{
    int whole = (int)(s + 0.5);
    return whole >= 3600 ? g_strdup_printf("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                         : g_strdup_printf("%d:%02d", whole / 60, whole % 60);
}

static void show_progress(const Report *report, const RunTotals *totals)
{
    guint done = totals->published + totals->failed, all = totals->photos - totals->unchanged;
    if (all == 0)
        return;
    double rate = done / MAX(seconds(report), 0.001);
    g_autofree char *left = done > 0 ? format_time((all - done) / rate) : g_strdup("?");
    fprintf(stderr, CLEAR_LINE "%u of %u photos, %.1f a second, %s left", done, all, rate, left);
    if (totals->failed > 0)
        fprintf(stderr, ", %u failed", totals->failed);
}

static void say(const Report *report, const char *what, const Event *event, const char *message)
{
    g_autofree char *path =
        g_build_filename(event->gallery ? event->gallery : "", event->photo ? event->photo : "", NULL);
    g_autofree char *shown = file_show(path);
    g_autofree char *text = file_show(message);
    fprintf(stderr, "%s%s %s%s%s\n", report->terminal ? CLEAR_LINE : "", what, shown, *shown ? ": " : "",
            text);
}

static void say_published(const Report *report, const Event *event)
{
    g_autofree char *size =
        g_strdup_printf("%u file%s, %.0f kB", event->files, cmd_s(event->files), (double)event->bytes / 1000);
    const char *what = event->encoded ? size : event->files ? "under its new name" : "its words only";
    g_autofree char *why = report->explain ? g_strdup_printf("%s (%s)", what, event->reason) : g_strdup(what);
    say(report, "published", event, why);
}

static void say_removed(const Report *report, const Event *event)
{
    g_autofree char *whole = event->photo ? NULL
                                          : g_strdup_printf("%u file%s, since its source folder is gone",
                                                            event->files, cmd_s(event->files));
    say(report, "removed", event, whole ? whole : event->reason);
}

static void tell_chatty(const Report *report, const Event *event)
{
    switch (event->type) {
    case EVENT_PUBLISHED:
        if (!report->terminal || report->explain)
            say_published(report, event);
        break;
    case EVENT_UNCHANGED:
        if (report->explain)
            say(report, "unchanged", event, event->reason);
        break;
    case EVENT_STALE:
        say(report, "stale", event, event->reason);
        break;
    case EVENT_WITHDRAWN:
        say(report, "withdrawn", event, event->reason);
        break;
    case EVENT_WAITING:
        say(report, "waiting", event, event->message);
        break;
    case EVENT_WATCHING:
        fputs("watching\n", stderr);
        break;
    case EVENT_ARCHIVED:
        say(report, "archived", event, "it stays published without its original");
        break;
    case EVENT_RELOADED:
        fputs("reloaded the preset\n", stderr);
        break;
    case EVENT_REMOVED:
        say_removed(report, event);
        break;
    default:
        break;
    }
    if (report->terminal)
        show_progress(report, event->totals);
}

static void tell_person(const Report *report, const Event *event)
{
    if (event->type == EVENT_FAILED)
        say(report, "FAILED", event, event->message);
    else if (event->type == EVENT_WARNING && !report->quiet)
        say(report, "warning", event, event->message);
    if (!report->quiet && !report->json)
        tell_chatty(report, event);
}

/* ---- GitHub Actions ---- */

/* Escaped as actions/toolkit does it: in a property, what ends one, too. */
static char *escape_github(const char *text, gboolean property)
{
    g_autofree char *valid = file_utf8(text);
    GString *out = g_string_new(NULL);
    for (const char *p = valid; *p; p++)
        if (strchr("%\r\n", *p) || (property && strchr(":,", *p)))
            g_string_append_printf(out, "%%%02X", (guint)(guchar)*p);
        else
            g_string_append_c(out, *p);
    return g_string_free(out, FALSE);
}

/* A workflow command: on standard error, where no program reads on. The runner looks for it at the beginning
 * of a line. */
static void annotate(const char *what, const Event *event)
{
    g_autofree char *message = escape_github(event->message, FALSE);
    g_autofree char *path =
        event->folder ? g_build_filename(event->folder, event->photo, NULL) : g_strdup("");
    g_autofree char *file = escape_github(path, TRUE);
    fprintf(stderr, "::%s%s%s::%s\n", what, *file ? " file=" : "", file, message);
}

void report_event(const Event *event, gpointer user)
{
    Report *report = user;
    report->started = report->started || event->type == EVENT_STARTED || event->type == EVENT_WATCHING;
    if (report->json)
        tell_json(report, event);
    tell_person(report, event);
    if (report->github && (event->type == EVENT_FAILED || event->type == EVENT_WARNING))
        annotate(event->type == EVENT_FAILED ? "error" : "warning", event);
}

void report_problem(Report *report, const char *message)
{
    if (report->json) {
        GVariantBuilder b;
        g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
        add_string(&b, "event", "failed");
        add_string(&b, "message", message);
        print_json(report, &b);
    }
    fprintf(stderr, "%sFAILED %s\n", report->terminal ? CLEAR_LINE : "", message);
    if (report->github) {
        Event event = { .message = message };
        annotate("error", &event);
    }
}

static void sum_up(Report *report, const RunTotals *totals, const GError *error)
{
    if (report->json) {
        GVariantBuilder b;
        g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
        add_string(&b, "event", "finished");
        add_totals(&b, totals);
        g_variant_builder_add(&b, "{sv}", "files", g_variant_new_uint64(totals->files));
        g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(totals->bytes));
        if (report->dry)
            g_variant_builder_add(&b, "{sv}", "stale", g_variant_new_uint64(totals->stale));
        else
            g_variant_builder_add(&b, "{sv}", "removed", g_variant_new_uint32(totals->removed));
        g_variant_builder_add(&b, "{sv}", "seconds", g_variant_new_double(seconds(report)));
        add_string(&b, "error", error ? error->message : NULL);
        print_json(report, &b);
    } else if (report->started && !report->quiet) {
        g_autofree char *gone =
            totals->removed > 0 ? g_strdup_printf(", %u removed", totals->removed) : g_strdup("");
        g_autofree char *line =
            g_strdup_printf("%u %s, %u unchanged, %u %s%s (%.1f s)", totals->published,
                            report->dry ? "to be published" : "published", totals->unchanged, totals->failed,
                            report->dry ? "would fail" : "failed", gone, seconds(report));
        print_line(report, line);
    }
}

gboolean report_finish(Report *report, const RunTotals *totals, const GError *error)
{
    if (report->terminal && !report->quiet && !report->json)
        fputs(CLEAR_LINE, stderr);
    sum_up(report, totals, error);
    if (report->lost)
        fprintf(stderr, "photodesk: standard output cannot be written: %s; what was published stays\n",
                g_strerror(report->lost));
    return report->lost == 0;
}
