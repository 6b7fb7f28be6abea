#include "unit.h"

#include <string.h>

#include "render/blend.h"

static Frame *make(gboolean limited, gboolean alpha, guint8 luma, guint8 chroma, guint8 opaque)
{
    Frame *frame = frame_new(12, 8, 2, 2, alpha);
    frame->limited = limited;
    for (int p = 0; p < FRAME_PLANES; p++)
        if (frame->plane[p].data)
            memset(frame->plane[p].data,
                   p == FRAME_Y       ? luma
                   : p == FRAME_ALPHA ? opaque
                                      : chroma,
                   frame->plane[p].stride * frame->plane[p].height);
    return frame;
}

static guint8 at(const Frame *frame, int p, guint x, guint y)
{
    return frame->plane[p].data[y * frame->plane[p].stride + x];
}

static Mask *square(guint8 coverage)
{
    Mask *mask = mask_new(3, 3);
    memset(mask->data, coverage, mask->stride * 3);
    return mask;
}

/* Black and white of either range, exactly where the mask is, and no colour left under full ink. */
static void test_ink(void)
{
    for (int limited = 0; limited < 2; limited++)
        for (Ink ink = INK_BLACK; ink <= INK_WHITE; ink++) {
            g_autoptr(Frame) frame = make(limited, FALSE, 90, 200, 0);
            g_autoptr(Mask) mask = square(255);
            blend_mask(frame, mask, 5, 3, ink);
            guint8 level = ink == INK_WHITE ? (limited ? 235 : 255) : (limited ? 16 : 0);
            for (guint y = 0; y < 8; y++)
                for (guint x = 0; x < 12; x++)
                    g_assert_cmpuint(at(frame, FRAME_Y, x, y), ==,
                                     x >= 5 && x < 8 && y >= 3 && y < 6 ? level : 90);
            for (int p = FRAME_CB; p <= FRAME_CR; p++) {
                g_assert_cmpuint(at(frame, p, 3, 2), ==, 128); /* all four of its luma samples are inked */
                g_assert_cmpuint(at(frame, p, 2, 2), ==, 164); /* half of them */
                g_assert_cmpuint(at(frame, p, 2, 1), ==, 182); /* one */
                g_assert_cmpuint(at(frame, p, 4, 2), ==, 200);
                g_assert_cmpuint(at(frame, p, 0, 0), ==, 200);
            }
        }
}

static void test_coverage(void)
{
    g_autoptr(Frame) frame = make(FALSE, FALSE, 100, 128, 0);
    g_autoptr(Mask) half = square(128), none = square(0);
    blend_mask(frame, none, 2, 2, INK_WHITE);
    g_assert_cmpuint(at(frame, FRAME_Y, 3, 3), ==, 100);
    blend_mask(frame, half, 2, 2, INK_WHITE);
    g_assert_cmpuint(at(frame, FRAME_Y, 3, 3), ==, 178);
}

/* On what is clear, ink is as opaque as it is drawn, and has none of the colour that cannot be seen. */
static void test_clear(void)
{
    g_autoptr(Frame) frame = make(FALSE, TRUE, 200, 250, 0);
    g_autoptr(Mask) half = square(128);
    blend_mask(frame, half, 4, 2, INK_BLACK);
    g_assert_cmpuint(at(frame, FRAME_Y, 5, 3), ==, 0);
    g_assert_cmpuint(at(frame, FRAME_ALPHA, 5, 3), ==, 128);
    g_assert_cmpuint(at(frame, FRAME_CB, 2, 1), ==, 128);
    g_assert_cmpuint(at(frame, FRAME_ALPHA, 0, 0), ==, 0);
    g_autoptr(Frame) opaque = make(FALSE, TRUE, 200, 250, 255);
    blend_mask(opaque, half, 4, 2, INK_BLACK);
    g_assert_cmpuint(at(opaque, FRAME_Y, 5, 3), ==, 100);
    g_assert_cmpuint(at(opaque, FRAME_ALPHA, 5, 3), ==, 255);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/blend/ink", test_ink);
    g_test_add_func("/blend/coverage", test_coverage);
    g_test_add_func("/blend/clear", test_clear);
    return g_test_run();
}
