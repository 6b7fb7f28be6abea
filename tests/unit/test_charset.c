#include "unit.h"

#include "photo/charset.h"
#include "photo/script.h"

static void assert_decodes(const char *bytes, gsize size, const char *expected)
{
    g_autofree char *text = charset_decode(bytes, size, NULL);
    g_assert_cmpstr(text, ==, expected);
}

static void test_decode(void)
{
    assert_decodes("  דנה כהן \0rest", 22, "דנה כהן");
    assert_decodes("\xef\xbb\xbf"
                   "Dana",
                   7, "Dana");
    assert_decodes("\xe3\xf0\xe4 \xeb\xe4\xef", 7, "דנה כהן"); /* windows-1255 */
    assert_decodes("Anne L\xe9vy", 9, "Anne Lévy"); /* windows-1252: the byte is a Hebrew letter in 1255 */
    assert_decodes("M\xfcller/\xc9t\xe9", 10, "Müller/Été");
    assert_decodes("", 0, "");
    assert_decodes(NULL, 0, "");
    assert_decodes("\x81", 1, NULL); /* undefined in both */
}

static void test_clean(void)
{
    g_autofree char *text = script_clean("\u200f \u202eדנה\t\n\u2066כהן\u2069  \x01");
    g_assert_cmpstr(text, ==, "דנה כהן");
    g_autofree char *composed = script_clean("Le\u0301vy");
    g_assert_cmpstr(composed, ==, "Lévy");
}

static void test_language(void)
{
    g_assert_cmpstr(script_language("12. דנה Cohen", "en"), ==, "he");
    g_assert_cmpstr(script_language("(Dana כהן)", "he"), ==, "en");
    g_assert_cmpstr(script_language("سامي", "he"), ==, "ar");
    g_assert_cmpstr(script_language("Анна", "he"), ==, "ru");
    g_assert_cmpstr(script_language("1234", "he"), ==, "he");
    g_assert_true(script_is_rtl("he"));
    g_assert_true(script_is_rtl("ar-EG"));
    g_assert_false(script_is_rtl("en"));
    g_assert_false(script_is_rtl("heb"));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/charset/decode", test_decode);
    g_test_add_func("/script/clean", test_clean);
    g_test_add_func("/script/language", test_language);
    return g_test_run();
}
