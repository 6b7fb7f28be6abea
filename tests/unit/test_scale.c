#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/scale.h"

static void fill(Frame *frame, double (*value)(int plane, double x, double y))
{
    for (int p = 0; p < 3; p++) {
        const Plane *plane = &frame->plane[p];
        for (guint y = 0; y < plane->height; y++)
            for (guint x = 0; x < plane->width; x++)
                plane->data[y * plane->stride + x] =
                    (guint8)lround(value(p, (x + 0.5) / plane->width, (y + 0.5) / plane->height));
    }
}

static guint8 sample(const Frame *frame, int p, guint x, guint y)
{
    return frame->plane[p].data[y * frame->plane[p].stride + x];
}

static double flat(int p, double x, double y)
{
    (void)x;
    (void)y;
    return (double[]){ 255, 0, 255 }[p];
}

/* Full range to limited: white is 235, chroma reaches 16 and 240, and a second pass changes nothing. */
static void test_range(void)
{
    g_autoptr(Frame) frame = frame_new(64, 48, 2, 1, FALSE);
    fill(frame, flat);
    g_autoptr(Frame) once = frame_scale(frame, RECT_WHOLE, 31, 23, TRUE, 1);
    g_autoptr(Frame) twice = frame_scale(once, RECT_WHOLE, 15, 11, TRUE, 1);
    Frame *both[] = { once, twice };
    for (int i = 0; i < 2; i++) {
        g_assert_true(both[i]->limited);
        g_assert_cmpuint(sample(both[i], FRAME_Y, 7, 7), ==, 235);
        g_assert_cmpuint(sample(both[i], FRAME_CB, 3, 3), ==, 16);
        g_assert_cmpuint(sample(both[i], FRAME_CR, 3, 3), ==, 240);
    }
    g_assert_cmpuint(once->plane[FRAME_CB].width, ==, 16);
    g_assert_cmpfloat(once->width, ==, 31);
}

static double ramp(int p, double x, double y)
{
    return p == FRAME_Y ? 20 + 200 * x : 60 + 120 * (p == FRAME_CB ? x : y);
}

/* On a ramp each output sample's value tells where its centre lies in the source: nothing may shift, whatever
 * the sizes and subsamplings, odd ones too. */
static void test_centres(void)
{
    static const guint subs[][2] = { { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 }, { 4, 1 } };
    static const guint sizes[][2] = { { 200, 100 }, { 101, 51 }, { 77, 33 }, { 400, 300 } };
    for (gsize s = 0; s < G_N_ELEMENTS(subs); s++)
        for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
            g_autoptr(Frame) frame = frame_new(400, 300, subs[s][0], subs[s][1], FALSE);
            fill(frame, ramp);
            guint w = sizes[i][0], h = sizes[i][1];
            g_autoptr(Frame) out = frame_scale(frame, RECT_WHOLE, w, h, TRUE, 1);
            for (guint x = w / 4; x < w * 3 / 4; x++) {
                double full = ramp(FRAME_Y, (x + 0.5) / w, 0);
                g_assert_cmpfloat_with_epsilon(sample(out, FRAME_Y, x, h / 2), 16 + full * 219 / 255, 1.01);
            }
            for (guint x = w / 8; x < w * 3 / 8; x++) {
                double full = ramp(FRAME_CB, (2 * x + 1.0) / w, 0); /* the centre of two luma samples */
                g_assert_cmpfloat_with_epsilon(sample(out, FRAME_CB, x, h / 4),
                                               128 + (full - 128) * 224 / 255, 1.01);
            }
            for (guint y = h / 8; y < h * 3 / 8; y++) {
                double full = ramp(FRAME_CR, 0, (2 * y + 1.0) / h);
                g_assert_cmpfloat_with_epsilon(sample(out, FRAME_CR, w / 4, y),
                                               128 + (full - 128) * 224 / 255, 1.01);
            }
        }
}

static void test_crop(void)
{
    g_autoptr(Frame) frame = frame_new(400, 300, 1, 1, FALSE);
    fill(frame, ramp);
    Rect right = { 0.5, 0, 0.5, 1 };
    g_autoptr(Frame) out = frame_scale(frame, right, 100, 100, TRUE, 1);
    g_assert_cmpfloat_with_epsilon(sample(out, FRAME_Y, 50, 50), 16 + ramp(FRAME_Y, 0.7525, 0) * 219 / 255,
                                   1.01);
}

static void test_smallest(void)
{
    g_autoptr(Frame) frame = frame_new(1, 1, 2, 2, FALSE);
    fill(frame, flat);
    g_autoptr(Frame) out = frame_scale(frame, RECT_WHOLE, 1, 1, TRUE, 1);
    g_assert_nonnull(out);
    g_assert_cmpuint(sample(out, FRAME_Y, 0, 0), ==, 235);
    g_autoptr(Frame) wide = frame_new(2000, 10, 2, 2, FALSE);
    fill(wide, flat);
    g_autoptr(Frame) line = frame_scale(wide, RECT_WHOLE, 200, 1, TRUE, 1);
    g_assert_nonnull(line);
    g_assert_cmpuint(sample(line, FRAME_Y, 100, 0), ==, 235);
    g_autoptr(Frame) dot = frame_scale(wide, RECT_WHOLE, 1, 1, TRUE, 1);
    g_assert_cmpuint(sample(dot, FRAME_Y, 0, 0), ==, 235);
    g_assert_cmpuint(sample(dot, FRAME_CB, 0, 0), ==, 16);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/scale/range", test_range);
    g_test_add_func("/scale/centres", test_centres);
    g_test_add_func("/scale/crop", test_crop);
    g_test_add_func("/scale/smallest", test_smallest);
    return g_test_run();
}
