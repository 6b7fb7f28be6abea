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
    g_test_add_func("/lineup/none", test_none);
    return g_test_run();
}
