#include "unit.h"

#include "page/escape.h"

static void assert_print(const char *text, const char *expected)
{
    g_autoptr(GString) page = g_string_new(NULL);
    escape_print(page, "<b title=\"%s\">", text);
    g_autofree char *whole = g_strdup_printf("<b title=\"%s\">", expected);
    g_assert_cmpstr(page->str, ==, whole);
}

static void test_print(void)
{
    assert_print("דנה", "דנה");
    assert_print("<script>alert('1')</script>", "&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt;");
    assert_print("\"&amp;\" %s", "&quot;&amp;amp;&quot; %s");
    assert_print("a\001b\033c\177d\302\205e", "abcd\302\205e");
    assert_print("&#x1;", "&amp;#x1;"); /* text that looks like what is left out */
    assert_print("two\nlines", "two\nlines");
}

static void test_name(void)
{
    static const struct {
        const char *name, *markup;
    } cases[] = {
        { "IMG_5.jpg", "<bdi dir=\"ltr\">IMG_5.jpg</bdi>" },
        { "2024.jpg", "<bdi dir=\"ltr\">2024.jpg</bdi>" },
        { "<5> חתונה.jpg", "<bdi dir=\"rtl\">&lt;5&gt; חתונה<bdi dir=\"ltr\">.jpg</bdi></bdi>" },
        { "IMG 5 חתונה.jpg", "<bdi dir=\"ltr\">IMG 5 חתונה.jpg</bdi>" },
        { "חתונה 12.30.JPG", "<bdi dir=\"rtl\">חתונה 12.30<bdi dir=\"ltr\">.JPG</bdi></bdi>" },
        { "صورة_1.jpg", "<bdi dir=\"rtl\">صورة_1<bdi dir=\"ltr\">.jpg</bdi></bdi>" },
        { "חתונה", "<bdi dir=\"rtl\">חתונה</bdi>" },
        { "", "<bdi dir=\"ltr\"></bdi>" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) page = g_string_new(NULL);
        escape_name(page, cases[i].name);
        g_assert_cmpstr(page->str, ==, cases[i].markup);
    }
}

static void test_address(void)
{
    g_autofree char *address = escape_address("שבוע/a b\"<,.webp");
    g_assert_cmpstr(address, ==, "%D7%A9%D7%91%D7%95%D7%A2/a%20b%22%3C%2C.webp");
}

static void test_json(void)
{
    g_autoptr(GString) page = g_string_new(NULL);
    escape_json(page, "\"</script><!-- & \\\" ש\"");
    g_assert_cmpstr(page->str, ==, "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\\" ש\"");
}

int main(int argc, char *argv[])
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/escape/print", test_print);
    g_test_add_func("/escape/name", test_name);
    g_test_add_func("/escape/address", test_address);
    g_test_add_func("/escape/json", test_json);
    return g_test_run();
}
