#include "unit.h"

#include "photo/script.h"

static void test_language(void)
{
    static const char *const cases[][2] = {
        { "דנה Cohen", "he" },    { "Dana כהן", "en" },      { "123 سامي", "ar" },
        { "Анна Левина", "ru" },  { "Оксана Гайдук", "ru" }, { "Андрій", "uk" },
        { "ЇЖАК", "uk" },         { "Ґудзь", "uk" },         { "Є", "uk" },
        { "AFP / Андрій", "en" }, { "2026", "xx" },          { "", "xx" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(script_language(cases[i][0], "xx"), ==, cases[i][1]);
}

static void test_direction(void)
{
    g_assert_true(script_is_rtl("he"));
    g_assert_true(script_is_rtl("ar-EG"));
    g_assert_false(script_is_rtl("uk"));
    g_assert_false(script_is_rtl("hez"));
}

static void assert_clean(const char *text, const char *wanted)
{
    g_autofree char *clean = script_clean(text);
    g_assert_cmpstr(clean, ==, wanted);
}

static void test_clean(void)
{
    assert_clean("", "");
    assert_clean(" \u200f \n", "");
    assert_clean("  דנה \t\n כהן  ", "דנה כהן");
    assert_clean("\u2068Dana\u2069 \u202eCohen\u202c\a!", "Dana Cohen !");
    assert_clean("\u200bDa\u00adna\u2060\ufeff", "Dana");
    assert_clean("\u3164\u115f\u1160\uffa0\u034f", ""); /* letters, but of nothing */
    assert_clean("\u1112\u1161\u11ab", "\ud55c");       /* and those that are some stay */
    assert_clean("Ju\u0308rgen", "Jürgen");
    assert_clean("\u1112\u1161\u11ab", "\ud55c"); /* Hangul, put together of three */
}

/* Long texts are composed in pieces: no seam may show, nor a letter lose its mark to it. */
static void test_pieces(void)
{
    GString *decomposed = g_string_new(NULL), *composed = g_string_new(NULL);
    for (int i = 0; i < 1000; i++) {
        g_string_append(decomposed, "u\u0308\u1112\u1161\u11abש\u05c1\u05b8 ");
        g_string_append(composed, "ü\ud55cש\u05b8\u05c1 ");
    }
    g_string_truncate(composed, composed->len - 1);
    assert_clean(decomposed->str, composed->str);
    g_string_free(decomposed, TRUE);
    g_string_free(composed, TRUE);
}

/* Marks without end upon one letter are cut; those of any language stay. */
static void test_marks(void)
{
    GString *text = g_string_new("a");
    for (int i = 0; i < 100000; i++)
        g_string_append(text, i % 2 ? "\u0316" : "\u0301");
    g_string_append(text, "b");
    g_autofree char *clean = script_clean(text->str);
    g_assert_cmpint(g_utf8_strlen(clean, -1), ==, 31); /* á, 29 marks, b */
    g_assert_true(g_str_has_prefix(clean, "á") && g_str_has_suffix(clean, "b"));
    g_string_free(text, TRUE);
    assert_clean("שּׁ\u05b8ל\u05d5\u05b9ם", "ש\u05b8\u05bc\u05c1לו\u05b9ם");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/script/language", test_language);
    g_test_add_func("/script/direction", test_direction);
    g_test_add_func("/script/clean", test_clean);
    g_test_add_func("/script/pieces", test_pieces);
    g_test_add_func("/script/marks", test_marks);
    return g_test_run();
}
