#include "unit.h"

#include "photo/entities.h"

static void test_decode(void)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "לע&quot;מ", "לע\"מ" },
        { "A &amp; B", "A & B" },
        { "d&#39;Arcy, O&apos;Brien", "d'Arcy, O'Brien" },
        { "Dana&nbsp;Cohen", "Dana Cohen" },
        { "&lt;b&gt;", "<b>" },
        { "&#x5d3;&#1504;&#X05D4;", "דנה" },
        { "&amp;quot;", "&quot;" }, /* once */
        { "AT&T", "AT&T" },
        { "&", "&" },
        { "&quot", "&quot" },
        { "&copy;", "&copy;" },
        { "&#;&#x;&#0;&#xd800;&#1114112;&#99999999999999999999;",
          "&#;&#x;&#0;&#xd800;&#1114112;&#99999999999999999999;" },
        { "&#-5; &# 5;", "&#-5; &# 5;" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *decoded = entities_decode(cases[i][0]);
        g_assert_cmpstr(decoded, ==, cases[i][1]);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/entities/decode", test_decode);
    return g_test_run();
}
