#include "page/metrics.h"

/* Each family is told by its help and its type, and then by its samples. */
static void append_family(GString *text, const char *name, const char *type, const char *help)
{
    g_string_append_printf(text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void append_one(GString *text, const char *name, const char *type, const char *help, double value)
{
    append_family(text, name, type, help);
    g_string_append_printf(text, "%s %.15g\n", name, value);
}

static void append_labelled(GString *text, const char *name, const char *label, const char *value, double is)
{
    g_string_append_printf(text, "%s{%s=\"%s\"} %.15g\n", name, label, value, is);
}

static double seconds(gint64 us)
{
    return (double)us / G_TIME_SPAN_SECOND;
}

char *metrics_text(const Snapshot *desk)
{
    GString *text = g_string_new(NULL);
    append_one(text, "photodesk_up", "gauge",
               "Whether the desk is at work; 0 when it has stopped as it should.", !desk->ended);
    append_one(text, "photodesk_start_time_seconds", "gauge", "When the desk began, in seconds since 1970.",
               seconds(desk->began));
    append_one(text, "photodesk_photos_published_total", "counter",
               "Photos that were published since the desk began, each time that one was.", desk->published);
    append_one(text, "photodesk_photos_failed_total", "counter",
               "Photos that failed since the desk began, each time that one did.", desk->failed);
    append_one(text, "photodesk_photos_failing", "gauge",
               "Photos that failed and have not been mended, 200 at most.", desk->bad->len);

    append_family(text, "photodesk_hindered", "gauge",
                  "Whether the desk waits for this, without which nothing is published.");
    for (SnapshotLack lack = SNAPSHOT_NO_LACK + 1; lack < SNAPSHOT_LACKS; lack++)
        append_labelled(text, "photodesk_hindered", "lacks", snapshot_lack(lack), desk->lack == lack);

    append_family(text, "photodesk_queue_photos", "gauge",
                  "Photos on their way: arriving, or whole and in the queue, those in hand among them.");
    append_labelled(text, "photodesk_queue_photos", "state", "arriving", desk->arriving);
    append_labelled(text, "photodesk_queue_photos", "state", "queued", desk->queued);

    append_family(text, "photodesk_stage_seconds_total", "counter",
                  "Time that the making of photos took, by what it went into.");
    for (TimesStep step = 0; step < TIMES_STEPS; step++)
        append_labelled(text, "photodesk_stage_seconds_total", "stage", times_name(step),
                        seconds(desk->times.us[step]));

    if (desk->last_success > 0)
        append_one(text, "photodesk_last_success_timestamp_seconds", "gauge",
                   "When a photo was published last, in seconds since 1970.", seconds(desk->last_success));
    return g_string_free(text, FALSE);
}
