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

static void test_fallback(void)
{
    g_autofree char *cyrillic = charset_decode("\xc0\xed\xed\xe0", 4, "windows-1251");
    g_assert_cmpstr(cyrillic, ==, "Анна");
    g_autofree char *arabic = charset_decode("\xd3\xc7\xe3\xed", 4, "windows-1256");
    g_assert_cmpstr(arabic, ==, "سامي");
    g_autofree char *hebrew = charset_decode("\xe3\xf0\xe4", 3, "windows-1250");
    g_assert_cmpstr(hebrew, ==, "דנה"); /* over Latin letters, Hebrew is told */
    g_autofree char *utf8 = charset_decode("דנה", 6, "windows-1251");
    g_assert_cmpstr(utf8, ==, "דנה");
}

/* A field of so many bytes ends in the midst of a letter. */
static void test_cut(void)
{
    assert_decodes("דנה\xd7", 7, "דנה");
    assert_decodes("Dana\xd7", 5, "Dana×"); /* no other letter of two bytes: windows-1252 */
    assert_decodes("\xd7", 1, "×");
}

static void test_utf16(void)
{
    g_autofree char *little = charset_decode_utf16("\xd3\x05\xe0\x05\xd4\x05\0\0x", 9);
    g_assert_cmpstr(little, ==, "דנה");
    assert_decodes("\xfe\xff\x05\xd3\x05\xe0\x05\xd4", 8, "דנה");
    assert_decodes("\xff\xfe\xd3\x05\xe0\x05\xd4\x05", 8, "דנה");
    g_assert_null(charset_decode_utf16("\x00\xd8\x41\x00", 4)); /* half a surrogate pair */
    g_autofree char *none = charset_decode_utf16(NULL, 0);
    g_assert_cmpstr(none, ==, "");
}

static void assert_mends(const char *text, const char *expected)
{
    g_autofree char *mended = charset_mend(text);
    g_assert_cmpstr(mended, ==, expected);
}

static void test_mend(void)
{
    static const char *const names[] = { "דנה כהן",     "José Núñez",    "سامي حداد",
                                         "Анна Левина", "„Weiß“ – 90 €", "שרה אבגדהוזחטיכלמנסעפצקרשתםןףךץ" };
    static const char *const pages[] = { "WINDOWS-1252", "WINDOWS-1255" };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        assert_mends(names[i], NULL);
        for (gsize k = 0; k < G_N_ELEMENTS(pages); k++) {
            GString *twice =
                g_string_new(NULL); /* as Windows does it: what has no character is a control character */
            for (const char *p = names[i]; *p; p++) {
                g_autofree char *c = g_convert(p, 1, "UTF-8", pages[k], NULL, NULL, NULL);
                if (c)
                    g_string_append(twice, c);
                else
                    g_string_append_unichar(twice, (guchar)*p);
            }
            assert_mends(twice->str, names[i]);
            assert_decodes(twice->str, twice->len, names[i]);
            g_string_free(twice, TRUE);
        }
    }
    assert_mends("×“× ×”", "דנה");      /* a no-break space that became a plain one */
    assert_mends("CHLOÉ MARTIN", NULL); /* as it should be, blank and all */
    assert_mends("Anna Weiß - dpa", NULL);
    assert_mends("LE CAFÉ DU PORT, À PARIS", NULL);
    assert_mends("Dana Cohen", NULL);
    assert_mends("3 × 4, ÀÉ, ½", NULL);
    assert_mends("ע״פ ז׳בוטינסקי", NULL);
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
    g_test_add_func("/charset/fallback", test_fallback);
    g_test_add_func("/charset/cut", test_cut);
    g_test_add_func("/charset/utf16", test_utf16);
    g_test_add_func("/charset/mend", test_mend);
    g_test_add_func("/script/clean", test_clean);
    g_test_add_func("/script/language", test_language);
    return g_test_run();
}
