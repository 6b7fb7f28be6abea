#include "unit.h"

#include "render/sizes.h"

static guint inline_widths[] = { 320, 480, 640, 960, 1280, 1920 };
static guint thumb_widths[] = { 160, 320 };

static char *describe(double aspect, gboolean thumb, guint width, guint height)
{
    Rendition rendition = { .aspect = aspect };
    rendition.widths = thumb ? (Widths){ thumb_widths, 2 } : (Widths){ inline_widths, 6 };
    g_autoptr(GArray) sizes = sizes_of(&rendition, width, height);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < sizes->len; i++) {
        Size size = g_array_index(sizes, Size, i);
        g_string_append_printf(text, "%s%ux%u", i ? " " : "", size.width, size.height);
    }
    return g_string_free(text, FALSE);
}

static void assert_sizes(guint width, guint height, const char *expected)
{
    g_autofree char *actual = describe(0, FALSE, width, height);
    g_assert_cmpstr(actual, ==, expected);
}

static void test_widths(void)
{
    assert_sizes(6000, 4000, "320x213 480x320 640x427 960x640 1280x853 1920x1280");
    assert_sizes(1920, 1280, "320x213 480x320 640x427 960x640 1280x853 1920x1280");
    assert_sizes(1919, 1279, "320x213 480x320 640x427 960x640 1280x853 1919x1279"); /* 1.5 x 1280 */
    assert_sizes(1600, 900, "320x180 480x270 640x360 960x540 1280x720 1600x900");   /* exactly 1.25 x */
    assert_sizes(1599, 900, "320x180 480x270 640x360 960x540 1280x720");
    assert_sizes(200, 100, "200x100");
    assert_sizes(1, 1, "1x1");
    assert_sizes(1, 20000, "");
}

static void test_rounding(void)
{
    /* round(320 * 2 / 3) = 213, round(320 * 1001 / 641) = 500 (499.7), exact halves go up: 320 * 33 / 640
     * = 16.5 */
    assert_sizes(640, 33, "320x17 480x25 640x33");
    assert_sizes(641, 1001, "320x500 480x750 640x999");
    assert_sizes(20000, 100, "320x2 480x2 640x3 960x5 1280x6 1920x10");
    assert_sizes(20000, 1, "320x1 480x1 640x1 960x1 1280x1 1920x1");
}

static void test_square(void)
{
    g_autofree char *wide = describe(1, TRUE, 3000, 2000);
    g_assert_cmpstr(wide, ==, "160x160 320x320");
    g_autofree char *small = describe(1, TRUE, 3000, 250);
    g_assert_cmpstr(small, ==, "160x160 250x250");
    g_autofree char *tiny = describe(1, TRUE, 90, 120);
    g_assert_cmpstr(tiny, ==, "90x90");
}

static void test_crop(void)
{
    Rect wide = sizes_crop(1, 3000, 2000);
    g_assert_cmpfloat_with_epsilon(wide.left, 1 / 6.0, 1e-9);
    g_assert_cmpfloat_with_epsilon(wide.width, 2 / 3.0, 1e-9);
    g_assert_cmpfloat(wide.top, ==, 0);
    g_assert_cmpfloat(wide.height, ==, 1);
    Rect whole = sizes_crop(0, 3000, 2000);
    g_assert_cmpfloat(whole.width * whole.height, ==, 1);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/sizes/widths", test_widths);
    g_test_add_func("/sizes/rounding", test_rounding);
    g_test_add_func("/sizes/square", test_square);
    g_test_add_func("/sizes/crop", test_crop);
    return g_test_run();
}
