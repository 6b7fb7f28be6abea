/* The numbers of a desk keep to Prometheus' text format, version 0.0.4, and to its naming: each family is
 * told once, by help and type, before its samples, which have finite values. */
#include "unit.h"

#include <string.h>

#include "page/metrics.h"

static Snapshot *example(void)
{
    Snapshot *desk = snapshot_new();
    desk->began = G_GINT64_CONSTANT(1790000000) * G_TIME_SPAN_SECOND;
    desk->last_success = desk->began + 1500 * G_TIME_SPAN_MILLISECOND;
    desk->published = 4000000000;
    desk->failed = 1;
    desk->queued = 12;
    snapshot_hinder(desk, SNAPSHOT_NO_INBOX, "The inbox is not there");
    desk->times.us[TIMES_ENCODE] = G_GINT64_CONSTANT(12345678901);
    g_ptr_array_add(desk->bad, snapshot_photo_new(SNAPSHOT_FAILED, "\"a\"\n", "b"));
    return desk;
}

static void test_grammar(void)
{
    g_autoptr(Snapshot) desk = example();
    g_autofree char *text = metrics_text(desk);
    g_assert_true(g_str_has_suffix(text, "\n"));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *family = NULL;
    guint samples = 0, n = g_strv_length(lines) - 1;
    for (guint i = 0; i < n; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", 4);
        if (g_str_has_prefix(lines[i], "# HELP ")) {
            g_free(family);
            family = g_strdup(words[2]);
            g_assert_true(g_regex_match_simple("^photodesk_[a-z_]+$", family, 0, 0));
            g_assert_true(*words[3]);
            g_autofree char *type = g_strdup_printf("# TYPE %s %s", family,
                                                    g_str_has_suffix(family, "_total") ? "counter" : "gauge");
            g_assert_cmpstr(lines[++i], ==, type);
            g_autofree char *again = g_strdup_printf("# HELP %s ", family);
            g_assert_null(strstr(strstr(text, again) + 1, again));
        } else {
            g_autofree char *sample =
                g_strdup_printf("^%s(\\{[a-z]+=\"[a-z]+\"\\})? [0-9]+(\\.[0-9]+)?(e\\+[0-9]+)?$", family);
            g_assert_true(g_regex_match_simple(sample, lines[i], 0, 0));
            samples++;
        }
    }
    g_assert_cmpuint(samples, ==, 5 + (SNAPSHOT_LACKS - 1) + 2 + TIMES_STEPS + 1);
}

static void test_values(void)
{
    g_autoptr(Snapshot) desk = example();
    g_autofree char *text = metrics_text(desk);
    static const char *const lines[] = {
        "\nphotodesk_photos_published_total 4000000000\n",
        "\nphotodesk_photos_failing 1\n",
        "\nphotodesk_hindered{lacks=\"room\"} 0\n",
        "\nphotodesk_hindered{lacks=\"inbox\"} 1\n",
        "\nphotodesk_queue_photos{state=\"queued\"} 12\n",
        "\nphotodesk_stage_seconds_total{stage=\"encode\"} 12345.678901\n",
        "\nphotodesk_stage_seconds_total{stage=\"load\"} 0\n",
        "\nphotodesk_last_success_timestamp_seconds 1790000001.5\n",
        "\nphotodesk_up 1\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        g_assert_nonnull(strstr(text, lines[i]));
}

static void test_never(void)
{
    g_autoptr(Snapshot) desk = snapshot_new();
    desk->ended = TRUE;
    g_autofree char *text = metrics_text(desk);
    g_assert_null(strstr(text, "last_success")); /* there is none: a time of 0 would be one */
    g_assert_nonnull(strstr(text, "\nphotodesk_up 0\n"));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/metrics/grammar", test_grammar);
    g_test_add_func("/metrics/values", test_values);
    g_test_add_func("/metrics/never", test_never);
    return g_test_run();
}
