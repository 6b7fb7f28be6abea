#include "unit.h"

#include "desk/lineup.h"
#include "photo/sidecar.h"

/* The order of a, b, c, d by a table, and behind it the lead. */
static char *order(const char *table)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const char *const *name = (const char *const[]){ "d", "b", "a", "c", NULL }; *name; name++)
        g_ptr_array_add(names, (gpointer)*name);
    g_autoptr(GVariant) rows = table ? g_variant_ref_sink(g_variant_new_parsed(table)) : NULL;
    g_autoptr(Captions) captions = captions_new(rows);
    g_autoptr(GArray) places = lineup(names, captions);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < places->len; i++)
        g_string_append(text, g_array_index(places, Place, i).name);
    g_string_append_printf(text, " %s", lineup_lead(places));
    return g_string_free(text, FALSE);
}

static void assert_order(const char *table, const char *expected)
{
    g_autofree char *actual = order(table);
    g_assert_cmpstr(actual, ==, expected);
}

#define ROW(name, lead) "('" name "', '', '', '', '', " lead ")"

static void test_order(void)
{
    assert_order(NULL, "abcd a");
    assert_order("[" ROW("c", "false") "," ROW("b", "false") "]", "cbad c");
    assert_order("[" ROW("c", "false") "," ROW("d", "true") "," ROW("a", "true") "]", "cdab d");
    assert_order("[" ROW("elsewhere", "true") "," ROW("b", "false") "]", "bacd b");
}

/* In this order, each before all that follow it. */
static void test_names(void)
{
    static const char *const names[] = { "",
                                         "0",
                                         "00",
                                         "1.jpg",
                                         "01.jpg",
                                         "2.jpg",
                                         "10.jpg",
                                         "IMG (1).jpg",
                                         "IMG (2).jpg",
                                         "IMG (10).jpg",
                                         "IMG.jpg",
                                         "IMG1-9.jpg",
                                         "IMG1-10.jpg",
                                         "IMG1.jpg",
                                         "IMG01-8.jpg",
                                         "IMG2",
                                         "IMG2.jpg",
                                         "IMGa1.jpg",
                                         "photo-99999999999999999999.jpg",
                                         "photo-100000000000000000000.jpg",
                                         "photo9",
                                         "photo10",
                                         "photos",
                                         "\327\220.jpg",
                                         "\327\2201.jpg",
                                         "\327\22010.jpg",
                                         "\351.jpg" };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(names); k++) {
            int order = lineup_compare(names[i], names[k]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > k) - (i < k));
        }
}

static void test_none(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(Captions) captions = captions_new(NULL);
    g_autoptr(GArray) places = lineup(names, captions);
    g_assert_cmpuint(places->len, ==, 0);
    g_assert_null(lineup_lead(places));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/lineup/order", test_order);
    g_test_add_func("/lineup/names", test_names);
    g_test_add_func("/lineup/none", test_none);
    return g_test_run();
}
