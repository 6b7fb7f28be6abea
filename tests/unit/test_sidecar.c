#include "unit.h"

#include <string.h>

#include "desk/captions.h"
#include "photo/sidecar.h"

static char *told; /* the warnings of the last table */

static GVariant *parse(const char *text, GError **error)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    GVariant *rows = sidecar_parse(text, strlen(text), warnings, error);
    g_clear_pointer(&told, g_free);
    g_ptr_array_add(warnings, NULL);
    told = g_strjoinv("|", (char **)warnings->pdata);
    return rows ? g_variant_ref_sink(rows) : NULL;
}

static void assert_row(GVariant *rows, gsize i, const char *file, const char *caption, const char *credit,
                       const char *alt)
{
    const char *v[4];
    g_variant_get_child(rows, i, SIDECAR_ROW_PEEK, &v[0], &v[1], &v[2], &v[3], NULL, NULL);
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
                                         "file,caption\na.jpg,\"x\"y\"\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(parse(wrong[i], &error));
        g_assert_nonnull(error);
    }
}

/* What would put a text into the wrong place is a fault; what only looks odd is told. */
static void test_doubts(void)
{
    g_autoptr(GError) shifted = NULL;
    g_assert_null(parse("file,caption,credit\na.jpg,one,two\nb.jpg,Hello, world. Photo: Dana,,\n", &shifted));
    g_assert_nonnull(strstr(shifted->message, "row 3 has more columns than the first row names"));
    g_autoptr(GVariant) even =
        parse("file,caption,,\na.jpg,one,,\n", NULL); /* as spreadsheets fill rows up */
    assert_row(even, 0, "a.jpg", "one", "", "");
    g_autoptr(GError) twice = NULL;
    g_assert_null(parse("file,credit,Credit\na.jpg,x,y\n", &twice));
    g_assert_nonnull(strstr(twice->message, "'credit' twice"));
    g_autoptr(GError) open_mark = NULL;
    g_assert_null(parse("file,credit\na.jpg,x\nb.jpg,\"y\n", &open_mark));
    g_assert_nonnull(strstr(open_mark->message, "row 3: a quotation mark is not closed"));

    g_autoptr(GVariant) misspelt = parse("file,credits,Caption,\na.jpg,Dana,one,\n", NULL);
    assert_row(misspelt, 0, "a.jpg", "one", "", "");
    g_assert_cmpstr(
        told, ==,
        "its columns 'credits' are not used; those that are: file, caption, credit, alt, focus, lead");
    g_autoptr(GVariant) rivals = parse("file,credit\na.jpg,Dana\na.jpg,Dana\na.jpg,Yossi\n", NULL);
    assert_row(rivals, 0, "a.jpg", "", "Yossi", "");
    g_assert_cmpstr(told, ==, "it has two rows for a.jpg that differ; the later one, row 4, was used");
    g_clear_pointer(&told, g_free);
}

/* A table written by hand: a quotation mark that no field begins with stands for itself. */
static void test_by_hand(void)
{
    g_autoptr(GVariant) rows = parse("file,caption,credit\n"
                                     "a.jpg,דובר צה\"ל בטקס , לע\"מ\n"
                                     "b.jpg,5\" \"in\" a row,\"Dana \"\"D\"\" Cohen, Noa\"\n"
                                     "c.jpg,  \"quoted, though\" ,x\"\n",
                                     NULL);
    g_assert_cmpuint(g_variant_n_children(rows), ==, 3);
    assert_row(rows, 0, "a.jpg", "דובר צה\"ל בטקס", "לע\"מ", "");
    assert_row(rows, 1, "b.jpg", "5\" \"in\" a row", "Dana \"D\" Cohen, Noa", "");
    assert_row(rows, 2, "c.jpg", "quoted, though", "x\"", "");
    g_autoptr(GVariant) tabs = parse("file\tcaption\tcredit\r\na.jpg\tרס\"ן דנה\tצה\"ל\r\n", NULL);
    assert_row(tabs, 0, "a.jpg", "רס\"ן דנה", "צה\"ל", "");
    g_clear_pointer(&told, g_free);
}

/* As spreadsheets export them: tabs, a line that names the mark, and UTF-16. */
static void test_exports(void)
{
    g_autoptr(GVariant) tabs = parse("file\tcredit\na, b.jpg\tDana, Noa\n", NULL);
    assert_row(tabs, 0, "a, b.jpg", "", "Dana, Noa", "");
    g_autoptr(GVariant) said = parse("sep=;\r\nfile;credit\r\na.jpg;Dana, Noa\r\n", NULL);
    assert_row(said, 0, "a.jpg", "", "Dana, Noa", "");

    gsize size;
    g_autofree char *wide =
        g_convert("\ufefffile\tcredit\na.jpg\tדנה כהן\n", -1, "UTF-16LE", "UTF-8", NULL, &size, NULL);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GVariant) rows = g_variant_ref_sink(sidecar_parse(wide, size, warnings, NULL));
    assert_row(rows, 0, "a.jpg", "", "דנה כהן", "");
    g_clear_pointer(&told, g_free);
}

static void test_focus(void)
{
    double x, y;
    g_autoptr(GVariant) rows = parse("file;focus\na.jpg;0.25,1\n", NULL);
    g_autoptr(Captions) captions = captions_new(rows);
    g_assert_true(sidecar_focus(captions_row(captions, "a.jpg").focus, &x, &y));
    g_assert_cmpfloat(x, ==, 0.25);
    g_assert_cmpfloat(y, ==, 1);
    g_assert_true(sidecar_focus(" 0 , .5", &x, &y) == FALSE);
    g_assert_true(sidecar_focus("0 , 0.5 ", &x, &y));
    static const char *const wrong[] = { "0.3",    "0.3,0.6,0", "0.3 0.6", "0,3,0,6", "1.01,0", "-0.1,0",
                                         "30%,6%", "0.3;0.6",   ",",       "nan,0",   "0x1,0",  "1e-1,0",
                                         "0.1.,0", "centre",    "0.3,",    "inf,0" };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_false(sidecar_focus(wrong[i], &x, &y));
    g_clear_pointer(&told, g_free);
}

static void test_rows(void)
{
    g_autoptr(GVariant) rows =
        parse("file,credit\nLEAD.jpg,upper\nlead.JPG,mixed\nCafe\u0301.jpg,accent\n", NULL);
    g_autoptr(Captions) captions = captions_new(rows);
    g_assert_cmpstr(captions_row(captions, "LEAD.jpg").credit, ==, "upper");
    g_assert_cmpstr(captions_row(captions, "lead.JPG").credit, ==, "mixed");
    g_assert_cmpstr(captions_row(captions, "Café.jpg").credit, ==, "accent");
    g_autoptr(GVariant) marked = parse("file,credit\n\u200fright.jpg,marked\n", NULL);
    g_autoptr(Captions) marks = captions_new(marked);
    g_assert_cmpstr(captions_row(marks, "right.jpg").credit, ==, "marked");
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
    g_test_add_func("/sidecar/doubts", test_doubts);
    g_test_add_func("/sidecar/by-hand", test_by_hand);
    g_test_add_func("/sidecar/exports", test_exports);
    g_test_add_func("/sidecar/focus", test_focus);
    g_test_add_func("/captions/rows", test_rows);
    return g_test_run();
}
