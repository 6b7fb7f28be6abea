#include "cmd/report.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"

#define CLEAR_LINE "\r\033[K"

void report_init(Report *report, gboolean json, gboolean quiet)
{
    signal(SIGPIPE, SIG_IGN);
    *report = (Report){
        .json = json, .quiet = quiet, .terminal = isatty(STDERR_FILENO), .began = g_get_monotonic_time()
    };
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

/* Nothing follows a line that was lost: half a line is no JSON. */
static void print_line(Report *report, const char *line)
{
    if (!report->lost && (printf("%s\n", line) < 0 || fflush(stdout) != 0))
        report->lost = errno;
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
        [EVENT_WATCHING] = "watching", [EVENT_REMOVED] = "removed",     [EVENT_RELOADED] = "reloaded",
    };
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_string(&b, "event", names[event->type]);
    if (event->type == EVENT_STARTED)
        add_totals(&b, event->totals);
    add_string(&b, "gallery", event->gallery);
    add_string(&b, "photo", event->photo);
    add_string(&b, "message", event->message);
    if (event->type == EVENT_PUBLISHED || event->type == EVENT_REMOVED)
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

static void tell_person(const Report *report, const Event *event)
{
    gboolean chatty = !report->quiet && !report->json;
    if (event->type == EVENT_FAILED)
        say(report, "FAILED", event, event->message);
    else if (event->type == EVENT_WARNING && !report->quiet)
        say(report, "warning", event, event->message);
    else if (event->type == EVENT_PUBLISHED && chatty && !report->terminal) {
        g_autofree char *message =
            g_strdup_printf("%u files, %.0f kB", event->files, (double)event->bytes / 1000);
        say(report, "published", event, message);
    } else if (event->type == EVENT_WAITING && chatty) {
        say(report, "waiting", event, event->message);
    } else if (event->type == EVENT_WATCHING && chatty) {
        fputs("watching\n", stderr);
    } else if (event->type == EVENT_RELOADED && chatty) {
        fputs("reloaded the preset\n", stderr);
    } else if (event->type == EVENT_REMOVED && chatty) {
        g_autofree char *message = g_strdup_printf("%u files, since its source folder is gone", event->files);
        say(report, "removed", event, message);
    }
    if (chatty && report->terminal)
        show_progress(report, event->totals);
}

void report_event(const Event *event, gpointer user)
{
    Report *report = user;
    report->started = report->started || event->type == EVENT_STARTED || event->type == EVENT_WATCHING;
    if (report->json)
        tell_json(report, event);
    tell_person(report, event);
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
}

static void sum_up(Report *report, const RunTotals *totals)
{
    if (report->json) {
        GVariantBuilder b;
        g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
        add_string(&b, "event", "finished");
        add_totals(&b, totals);
        g_variant_builder_add(&b, "{sv}", "files", g_variant_new_uint64(totals->files));
        g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(totals->bytes));
        g_variant_builder_add(&b, "{sv}", "seconds", g_variant_new_double(seconds(report)));
        print_json(report, &b);
    } else if (!report->quiet) {
        g_autofree char *line =
            g_strdup_printf("%u published, %u unchanged, %u failed (%.1f s)", totals->published,
                            totals->unchanged, totals->failed, seconds(report));
        print_line(report, line);
    }
}

gboolean report_finish(Report *report, const RunTotals *totals)
{
    if (report->terminal && !report->quiet && !report->json)
        fputs(CLEAR_LINE, stderr);
    if (report->started)
        sum_up(report, totals);
    if (report->lost)
        fprintf(stderr, "photodesk: standard output cannot be written: %s; what was published stays\n",
                g_strerror(report->lost));
    return report->lost == 0;
}
