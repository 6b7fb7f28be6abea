#include "unit.h"

#include <math.h>
#include <string.h>

#include "render/contrast.h"

/* Black and white text on grey, by WCAG 2's own definition. */
static void test_ratio(void)
{
    g_assert_cmpfloat_with_epsilon(contrast_ratio(0, 1), 21, 1e-9);
    g_assert_cmpfloat_with_epsilon(contrast_ratio(1, 0), 21, 1e-9);
    g_assert_cmpfloat_with_epsilon(contrast_ratio(0.3, 0.3), 1, 1e-9);
}

static void fill(Frame *frame, guint from, guint to, guint8 y, guint8 cb, guint8 cr)
{
    const guint8 sample[] = { y, cb, cr };
    for (int p = 0; p < FRAME_ALPHA; p++) {
        const Plane *plane = &frame->plane[p];
        guint sub = p == FRAME_Y ? 1 : 2;
        for (guint row = from / sub; row < to / sub; row++)
            memset(plane->data + row * plane->stride, sample[p], plane->width);
    }
}

static Frame *make(gboolean limited, guint8 y, guint8 cb, guint8 cr)
{
    Frame *frame = frame_new(40, 100, 2, 2, FALSE);
    frame->limited = limited;
    fill(frame, 0, 100, y, cb, cr);
    return frame;
}

static Patch whole(const Frame *frame)
{
    return (Patch){ .frame = frame, .width = 40, .height = 100 };
}

static void assert_luminance(gboolean limited, guint8 y, guint8 cb, guint8 cr, double expected)
{
    g_autoptr(Frame) frame = make(limited, y, cb, cr);
    Patch patch = whole(frame);
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.5, INK_WHITE), expected, 0.004);
}

/* Relative luminance of white, black, grey and the primaries, in both ranges. */
static void test_luminance(void)
{
    assert_luminance(FALSE, 255, 128, 128, 1);
    assert_luminance(FALSE, 0, 128, 128, 0);
    assert_luminance(FALSE, 119, 128, 128, 0.1845);
    assert_luminance(FALSE, 76, 85, 255, 0.2126);
    assert_luminance(FALSE, 150, 44, 21, 0.7152);
    assert_luminance(FALSE, 29, 255, 107, 0.0722);
    assert_luminance(TRUE, 235, 128, 128, 1);
    assert_luminance(TRUE, 16, 128, 128, 0);
    assert_luminance(TRUE, 81, 90, 240, 0.2126);
    assert_luminance(TRUE, 145, 54, 34, 0.7152);
    assert_luminance(TRUE, 41, 240, 110, 0.0722);
}

static void test_parts(void)
{
    g_autoptr(Frame) frame = make(FALSE, 0, 128, 128);
    fill(frame, 90, 100, 255, 128, 128); /* a tenth */
    Patch patch = whole(frame);
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.9, INK_WHITE), 0, 0.001);
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.91, INK_WHITE), 1, 0.001);

    g_autoptr(Mask) mask = mask_new(40, 100);
    memset(mask->data + 90 * mask->stride, 200, 10 * mask->stride);
    patch.mask = mask;
    patch.from = 200;
    patch.to = 255;
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.1, INK_WHITE), 1, 0.001);
    patch.from = 201;
    g_assert_cmpfloat(contrast_luminance(&patch, 0.1, INK_WHITE), ==, 0);
}

/* White first, then black, then the weaker scrim; two in a hundred pixels are let be. */
static void test_choice(void)
{
    g_autoptr(Frame) frame = make(FALSE, 0, 128, 128);
    Patch patch = whole(frame);
    for (guint grey = 0; grey < 256; grey++) {
        fill(frame, 0, 100, (guint8)grey, 128, 128);
        fill(frame, 98, 100, grey < 128 ? 255 : 0, 128, 128);
        Writing writing = contrast_choose(&patch, 4.5);
        g_assert_cmpint(writing.ink, ==, grey <= 118 ? INK_WHITE : INK_BLACK);
        g_assert_cmpuint(writing.scrim, ==, 0);
    }
    fill(frame, 0, 100, 0, 128, 128);
    fill(frame, 50, 100, 255, 128, 128);
    Writing writing = contrast_choose(&patch, 4.5);
    g_assert_cmpuint(writing.scrim, >, 100);
    g_assert_cmpuint(writing.scrim, <, 160);
}

/* The scrim that is chosen reaches the contrast once it is drawn, and a weaker one does not. */
static void test_scrim(void)
{
    for (guint hue = 0; hue < 6; hue++) {
        static const guint8 hues[][3] = { { 76, 85, 255 }, { 150, 44, 21 },   { 29, 255, 107 },
                                          { 226, 1, 149 }, { 128, 128, 128 }, { 179, 171, 1 } };
        for (int less = 0; less < 2; less++) {
            g_autoptr(Frame) frame = make(FALSE, 8, 128, 128);
            fill(frame, 0, 50, hues[hue][0], hues[hue][1], hues[hue][2]);
            fill(frame, 80, 100, 250, 128, 128);
            Patch patch = whole(frame);
            Writing writing = contrast_choose(&patch, 7);
            g_assert_cmpuint(writing.scrim, >, 0);
            g_autoptr(Mask) mask = mask_new(40, 100);
            memset(mask->data, writing.scrim - less * 3, mask->stride * mask->height);
            blend_mask(frame, mask, 0, 0, writing.ink == INK_WHITE ? INK_BLACK : INK_WHITE);
            double background =
                contrast_luminance(&patch, writing.ink == INK_WHITE ? 0.98 : 0.02, writing.ink);
            double reached = contrast_ratio(writing.ink == INK_WHITE ? 1 : 0, background);
            if (less)
                g_assert_cmpfloat(reached, <, 7);
            else
                g_assert_cmpfloat(reached, >=, 6.9);
        }
    }
}

/* What is clear in the picture is the worst that a page can be. */
static void test_clear(void)
{
    g_autoptr(Frame) frame = frame_new(40, 100, 2, 2, TRUE);
    fill(frame, 0, 100, 0, 128, 128);
    memset(frame->plane[FRAME_ALPHA].data, 0, frame->plane[FRAME_ALPHA].stride * 100);
    Patch patch = whole(frame);
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.5, INK_WHITE), 1, 0.001);
    g_assert_cmpfloat_with_epsilon(contrast_luminance(&patch, 0.5, INK_BLACK), 0, 0.001);
    Writing writing = contrast_choose(&patch, 4.5);
    g_assert_cmpuint(writing.scrim, >, 100);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/contrast/ratio", test_ratio);
    g_test_add_func("/contrast/luminance", test_luminance);
    g_test_add_func("/contrast/parts", test_parts);
    g_test_add_func("/contrast/choice", test_choice);
    g_test_add_func("/contrast/scrim", test_scrim);
    g_test_add_func("/contrast/clear", test_clear);
    return g_test_run();
}
