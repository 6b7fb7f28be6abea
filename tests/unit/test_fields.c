#include "unit.h"

#include "base/fields.h"

static GVariant *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    GVariant *parsed = g_variant_parse(G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
    g_assert_no_error(error);
    return parsed;
}

static void test_whole(void)
{
    g_autoptr(GVariant) dictionary = parse(
        "{'width': <uint32 7>, 'other': <1>, 'name': <'דנה'>, 'source': <@ms nothing>, 'in': <{'x': <2>}>}");
    guint width = 0;
    const char *name = NULL, *source = "before";
    g_autoptr(GVariant) in = NULL;
    Field fields[] = { { "name", "&s", &name },
                       { "in", "@a{sv}", &in },
                       { "source", "m&s", &source },
                       { "width", "u", &width } };
    g_assert_true(fields_read(dictionary, fields, G_N_ELEMENTS(fields)));
    g_assert_cmpuint(width, ==, 7);
    g_assert_cmpstr(name, ==, "דנה");
    g_assert_null(source);
    g_assert_cmpuint(g_variant_n_children(in), ==, 1);
}

/* What is not there, or is something else, leaves its place as it was. */
static void test_part(void)
{
    g_autoptr(GVariant) dictionary =
        parse("{'width': <'wide'>, 'height': <uint32 3>, 'height': <uint32 4>, 'width': <-1>}");
    guint width = 5, height = 5, depth = 5;
    Field fields[] = { { "width", "u", &width }, { "height", "u", &height }, { "depth", "u", &depth } };
    g_assert_false(fields_read(dictionary, fields, G_N_ELEMENTS(fields)));
    g_assert_cmpuint(width, ==, 5);
    g_assert_false(fields[0].found);
    g_assert_cmpuint(height, ==, 3);
    g_assert_true(fields[1].found);
    g_assert_cmpuint(depth, ==, 5);
    g_assert_false(fields[2].found);
}

static void test_empty(void)
{
    g_autoptr(GVariant) dictionary = parse("{}");
    g_assert_true(fields_read(dictionary, NULL, 0));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/fields/whole", test_whole);
    g_test_add_func("/fields/part", test_part);
    g_test_add_func("/fields/empty", test_empty);
    return g_test_run();
}
