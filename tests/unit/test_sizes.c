#include "unit.h"

#include "render/sizes.h"

static guint inline_widths[] = { 320, 480, 640, 960, 1280, 1920 };
static guint thumb_widths[] = { 160, 320 };

static char *describe(double aspect, CropMode crop, gboolean thumb, guint width, guint height)
{
    Rendition rendition = { .aspect = aspect, .crop = (int)crop };
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
    g_autofree char *actual = describe(0, CROP_CENTRE, FALSE, width, height);
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
    g_autofree char *wide = describe(1, CROP_CENTRE, TRUE, 3000, 2000);
    g_assert_cmpstr(wide, ==, "160x160 320x320");
    g_autofree char *small = describe(1, CROP_CENTRE, TRUE, 3000, 250);
    g_assert_cmpstr(small, ==, "160x160 250x250");
    g_autofree char *tiny = describe(1, CROP_CENTRE, TRUE, 90, 120);
    g_assert_cmpstr(tiny, ==, "90x90");
}

static void test_part(void)
{
    Rendition square = { .aspect = 1, .crop = CROP_CENTRE }, whole = { 0 };
    Size wide = sizes_part(&square, 3000, 2000), all = sizes_part(&whole, 3000, 2000);
    g_assert_cmpuint(wide.width, ==, 2000);
    g_assert_cmpuint(wide.height, ==, 2000);
    g_assert_cmpuint(all.width, ==, 3000);
    g_assert_cmpuint(all.height, ==, 2000);
}

static void assert_within(double aspect, guint width, guint height, const char *expected)
{
    g_autofree char *actual = describe(aspect, CROP_NONE, FALSE, width, height);
    g_assert_cmpstr(actual, ==, expected);
}

/* Nothing is cropped: a photo that is wider than the shape takes its width, and one that is higher its
 * height. */
static void test_within(void)
{
    assert_within(1, 3000, 2000, "320x213 480x320 640x427 960x640 1280x853 1920x1280");
    assert_within(1, 2000, 3000, "213x320 320x480 426x639 640x960 853x1280 1280x1920");
    assert_within(16 / 9.0, 1000, 1000, "180x180 270x270 360x360 540x540 720x720 1000x1000");
    assert_within(1, 1, 3000, "1x3000");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/sizes/widths", test_widths);
    g_test_add_func("/sizes/rounding", test_rounding);
    g_test_add_func("/sizes/square", test_square);
    g_test_add_func("/sizes/part", test_part);
    g_test_add_func("/sizes/within", test_within);
    return g_test_run();
}
