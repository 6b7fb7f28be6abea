#include "unit.h"

#include <string.h>

#include "desk/captions.h"
#include "photo/sidecar.h"

static GVariant *parse(const char *text, GError **error)
{
    GVariant *rows = sidecar_parse(text, strlen(text), error);
    return rows ? g_variant_ref_sink(rows) : NULL;
}

static void assert_row(GVariant *rows, gsize i, const char *file, const char *caption, const char *credit,
                       const char *alt)
{
    const char *v[4];
    g_variant_get_child(rows, i, "(&s&s&s&s)", &v[0], &v[1], &v[2], &v[3]);
    g_assert_cmpstr(v[0], ==, file);
    g_assert_cmpstr(v[1], ==, caption);
    g_assert_cmpstr(v[2], ==, credit);
    g_assert_cmpstr(v[3], ==, alt);
}

static void test_tables(void)
{
    g_autoptr(GVariant) comma =
        parse("file,caption,credit,alt\na.jpg,\"one, two\nthree\",דנה,חלופי\nb.jpg,,\n", NULL);
    g_assert_cmpuint(g_variant_n_children(comma), ==, 2);
    assert_row(comma, 0, "a.jpg", "one, two\nthree", "דנה", "חלופי");
    assert_row(comma, 1, "b.jpg", "", "", "");

    g_autoptr(GVariant) semicolon = parse("\xef\xbb\xbf"
                                          "Credit;FILE;more\r\n\"דנה \"\"כהן\"\"\";a.jpg;x\r\n;;\r\n",
                                          NULL);
    g_assert_cmpuint(g_variant_n_children(semicolon), ==, 1);
    assert_row(semicolon, 0, "a.jpg", "", "דנה \"כהן\"", "");

    g_autoptr(GVariant) twice = parse("file,credit\na.jpg,first\nb.jpg,other\na.jpg,second\n", NULL);
    g_assert_cmpuint(g_variant_n_children(twice), ==, 2);
    assert_row(twice, 0, "a.jpg", "", "second", "");
}

static void test_faults(void)
{
    static const char *const wrong[] = { "", "name,caption\na.jpg,x\n", "file,caption\n\"a.jpg,x\n",
                                         "file,caption\na.jpg,x\"y\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(parse(wrong[i], &error));
        g_assert_nonnull(error);
    }
}

static void test_rows(void)
{
    g_autoptr(GVariant) rows =
        parse("file,credit\nLEAD.jpg,upper\nlead.JPG,mixed\nCafe\u0301.jpg,accent\n", NULL);
    g_autoptr(Captions) captions = captions_new(rows);
    g_assert_cmpstr(captions_row(captions, "LEAD.jpg").credit, ==, "upper");
    g_assert_cmpstr(captions_row(captions, "lead.JPG").credit, ==, "mixed");
    g_assert_cmpstr(captions_row(captions, "Café.jpg").credit, ==, "accent");
    g_assert_cmpstr(captions_row(captions, "CAFÉ.JPG").credit, ==, "accent");
    g_assert_cmpstr(captions_row(captions, "none.jpg").credit, ==, "");
    g_autoptr(Captions) none = captions_new(NULL);
    g_assert_cmpstr(captions_row(none, "lead.jpg").caption, ==, "");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/sidecar/tables", test_tables);
    g_test_add_func("/sidecar/faults", test_faults);
    g_test_add_func("/captions/rows", test_rows);
    return g_test_run();
}
