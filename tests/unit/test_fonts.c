#include "unit.h"

#include <string.h>

#include "render/fonts.h"

static StampStyle style_of(char **families, char *file)
{
    return (StampStyle){ .fonts = families, .font_file = file, .weight = 600 };
}

static char *choose(const StampStyle *style, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Fonts) fonts = fonts_choose(style, text, &error);
    g_assert_no_error(error);
    return g_strdup(fonts_families(fonts));
}

/* The preset's families in their order, those that are not installed left out, and then each script's own. */
static void test_choice(void)
{
    char *families[] = { (char *)"No Such Family", (char *)"DejaVu Sans", NULL };
    StampStyle style = style_of(families, (char *)"");
    g_autofree char *latin = choose(&style, "Dana");
    g_assert_cmpstr(latin, ==, "DejaVu Sans");
    g_autofree char *amharic = choose(&style, "Dana ዳና");
    g_assert_cmpstr(amharic, ==, "DejaVu Sans,Noto Sans Ethiopic");
    g_autofree char *hindi = choose(&style, "\u2068दाना\u2069 ዳና");
    g_assert_cmpstr(hindi, ==, "DejaVu Sans,Noto Sans Devanagari,Noto Sans Ethiopic");

    char *nothing[] = { (char *)"No Such Family", NULL };
    style = style_of(nothing, (char *)"");
    g_autofree char *fallback = choose(&style, "דנה");
    g_assert_cmpstr(fallback, ==, "Noto Sans Hebrew");
}

/* What is prepared changes no choice: not the first one, which takes it, nor the next, nor another style's.
 */
static void test_prepared(void)
{
    char *families[] = { (char *)"DejaVu Sans", (char *)"Noto Sans Hebrew", NULL };
    StampStyle style = style_of(families, (char *)"");
    StampStyle with_file = style_of(families, (char *)"/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf");
    for (int i = 0; i < 2; i++) {
        fonts_prepare(&style);
        fonts_prepare(&with_file);
        g_autofree char *with = choose(&with_file, "Dana");
        g_assert_cmpstr(with, ==, "Noto Serif,DejaVu Sans,Noto Sans Hebrew");
        g_autofree char *amharic = choose(&style, "Dana ዳና");
        g_assert_cmpstr(amharic, ==, "DejaVu Sans,Noto Sans Hebrew,Noto Sans Ethiopic");
        g_autofree char *latin = choose(&style, "Dana");
        g_assert_cmpstr(latin, ==, "DejaVu Sans,Noto Sans Hebrew");
    }
    fonts_prepare(&style);
    families[1] = NULL;
    g_autofree char *other = choose(&style, "Dana");
    g_assert_cmpstr(other, ==, "DejaVu Sans");
}

static void assert_missing(const char *text, const char *character, const char *remedy)
{
    char *families[] = { (char *)"Noto Sans", NULL };
    StampStyle style = style_of(families, (char *)"");
    g_autoptr(GError) error = NULL;
    g_assert_null(fonts_choose(&style, text, &error));
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, character));
    g_assert_nonnull(strstr(error->message, remedy));
}

/* Of a script that has a font in Debian, the package is named. */
static void test_missing(void)
{
    assert_missing("Dana \U0010fffd", "(U+10FFFD)", "leave it out");
    assert_missing("\U0001f9ff", "\U0001f9ff (U+1F9FF)", "leave it out"); /* colours are no outlines */
    g_autoptr(GError) error = NULL;
    g_assert_false(fonts_fail_missing(0x6f22, &error));
    g_assert_nonnull(strstr(error->message, "漢 (U+6F22)"));
    g_assert_nonnull(strstr(error->message, "Debian's fonts-noto-cjk"));
    g_clear_error(&error);
    g_assert_false(fonts_fail_missing(0x5d0, &error));
    g_assert_nonnull(strstr(error->message, "Debian's fonts-noto-core"));
}

static void test_file(void)
{
    char *families[] = { (char *)"Noto Sans", NULL };
    StampStyle style = style_of(families, (char *)"/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf");
    g_autofree char *named = choose(&style, "Dana");
    g_assert_cmpstr(named, ==, "Noto Serif,Noto Sans");
    g_autofree char *with = fonts_identity(&style);

    style.font_file = (char *)"presets/base.preset";
    g_autoptr(GError) error = NULL;
    g_assert_null(fonts_choose(&style, "Dana", &error));
    g_assert_nonnull(strstr(error->message, "base.preset (preset key stamp/font-file) is no font"));

    style.font_file = (char *)"";
    g_autofree char *without = fonts_identity(&style), *again = fonts_identity(&style);
    g_assert_cmpstr(with, !=, without);
    g_assert_cmpstr(again, ==, without);
    style.weight = 400;
    g_autofree char *regular = fonts_identity(&style);
    g_assert_cmpstr(regular, !=, without);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/fonts/choice", test_choice);
    g_test_add_func("/fonts/prepared", test_prepared);
    g_test_add_func("/fonts/missing", test_missing);
    g_test_add_func("/fonts/file", test_file);
    return g_test_run();
}
