#include <math.h>

#include "render/colour.h"
#include "unit.h"

static guint8 sample(const Frame *frame, int plane, guint x, guint y)
{
    return frame->plane[plane].data[y * frame->plane[plane].stride + x];
}

/* Each colour of a coarse cube is within rounding of the exact Y'CbCr of JFIF; greys have no colour. */
static void test_ycc(void)
{
    enum { STEPS = 18, STEP = 15 };
    guint8 packed[STEPS * STEPS * STEPS * 3];
    guint8 *out = packed;
    for (int r = 0; r < STEPS; r++)
        for (int g = 0; g < STEPS; g++)
            for (int b = 0; b < STEPS; b++) {
                *out++ = (guint8)(r * STEP);
                *out++ = (guint8)(g * STEP);
                *out++ = (guint8)(b * STEP);
            }
    g_autoptr(Frame) frame = frame_from_rgb(packed, 3, STEPS * STEPS, STEPS, 1, 1, NULL);
    g_assert_false(frame->limited);
    g_assert_null(frame->plane[FRAME_ALPHA].data);
    for (guint i = 0; i < STEPS * STEPS * STEPS; i++) {
        double r = packed[3 * i], g = packed[3 * i + 1], b = packed[3 * i + 2];
        double luma = 0.299 * r + 0.587 * g + 0.114 * b;
        double exact[] = { luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402 };
        for (int p = FRAME_Y; p <= FRAME_CR; p++)
            g_assert_cmpfloat_with_epsilon(sample(frame, p, i % (STEPS * STEPS), i / (STEPS * STEPS)),
                                           exact[p], 0.52);
        if (packed[3 * i] == packed[3 * i + 1] && packed[3 * i] == packed[3 * i + 2])
            for (int p = FRAME_CB; p <= FRAME_CR; p++)
                g_assert_cmpuint(sample(frame, p, i % (STEPS * STEPS), i / (STEPS * STEPS)), ==, 128);
    }
}

/* Where chroma is coarser it is that of the mean colour, at odd edges too; luma stays what it is. */
static void test_coarse(void)
{
    enum { WIDTH = 5, HEIGHT = 3 };
    guint8 packed[WIDTH * HEIGHT * 3];
    for (guint i = 0; i < sizeof packed; i++)
        packed[i] = (guint8)(i * 29);
    g_autoptr(Frame) fine = frame_from_rgb(packed, 3, WIDTH, HEIGHT, 1, 1, NULL);
    for (guint sub_y = 1; sub_y <= 2; sub_y++) {
        g_autoptr(Frame) coarse = frame_from_rgb(packed, 3, WIDTH, HEIGHT, 2, sub_y, NULL);
        g_assert_cmpuint(coarse->plane[FRAME_CB].width, ==, 3);
        g_assert_cmpuint(coarse->plane[FRAME_CB].height, ==, sub_y == 2 ? 2 : 3);
        for (guint y = 0; y < HEIGHT; y++)
            for (guint x = 0; x < WIDTH; x++) {
                g_assert_cmpuint(sample(coarse, FRAME_Y, x, y), ==, sample(fine, FRAME_Y, x, y));
                for (int p = FRAME_CB; p <= FRAME_CR; p++) {
                    double sum = 0;
                    for (guint i = 0; i < 4; i++)
                        sum += sample(fine, p, MIN(x / 2 * 2 + i % 2, WIDTH - 1),
                                      MIN(y / sub_y * sub_y + i / 2 % sub_y, HEIGHT - 1));
                    g_assert_cmpfloat_with_epsilon(sample(coarse, p, x / 2, y / sub_y), sum / 4, 1.5);
                }
            }
    }
}

static void test_alpha(void)
{
    const guint8 opaque[] = { 10, 20, 30, 255, 40, 50, 60, 255 };
    g_autoptr(Frame) without = frame_from_rgb(opaque, 4, 2, 1, 1, 1, NULL);
    g_assert_null(without->plane[FRAME_ALPHA].data);
    const guint8 clear[] = { 10, 20, 30, 255, 40, 50, 60, 7 };
    g_autoptr(Frame) with = frame_from_rgb(clear, 4, 2, 1, 1, 1, NULL);
    g_assert_nonnull(with->plane[FRAME_ALPHA].data);
    g_assert_cmpuint(sample(with, FRAME_ALPHA, 0, 0), ==, 255);
    g_assert_cmpuint(sample(with, FRAME_ALPHA, 1, 0), ==, 7);
}

static double decode(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* The curves of sRGB and no change of primaries leave each value as it is; sums beyond sRGB are clipped. */
static void test_shaper(void)
{
    double curve[3][256];
    for (int c = 0; c < 3; c++)
        for (int v = 0; v < 256; v++)
            curve[c][v] = decode(v / 255.0);
    const double same[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    g_autofree Shaper *shaper = shaper_new(curve, same);
    guint8 ramp[256 * 3];
    for (int v = 0; v < 256; v++) {
        ramp[3 * v] = (guint8)v;
        ramp[3 * v + 1] = (guint8)(255 - v);
        ramp[3 * v + 2] = (guint8)(v / 2);
    }
    g_autoptr(Frame) shaped = frame_from_rgb(ramp, 3, 256, 1, 1, 1, shaper);
    g_autoptr(Frame) plain = frame_from_rgb(ramp, 3, 256, 1, 1, 1, NULL);
    for (int p = FRAME_Y; p <= FRAME_CR; p++)
        for (guint x = 0; x < 256; x++)
            g_assert_cmpuint(sample(shaped, p, x, 0), ==, sample(plain, p, x, 0));

    const double wide[3][3] = { { 2, -1, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    g_autofree Shaper *clips = shaper_new(curve, wide);
    const guint8 beyond[] = { 255, 0, 0, 0, 255, 0 }; /* 2, 0, 0 and -1, 1, 0: what they were, once clipped */
    g_autoptr(Frame) clipped = frame_from_rgb(beyond, 3, 2, 1, 1, 1, clips);
    g_autoptr(Frame) expected = frame_from_rgb(beyond, 3, 2, 1, 1, 1, NULL);
    for (int p = FRAME_Y; p <= FRAME_CR; p++)
        for (guint x = 0; x < 2; x++)
            g_assert_cmpuint(sample(clipped, p, x, 0), ==, sample(expected, p, x, 0));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/colour/ycc", test_ycc);
    g_test_add_func("/colour/coarse", test_coarse);
    g_test_add_func("/colour/alpha", test_alpha);
    g_test_add_func("/colour/shaper", test_shaper);
    return g_test_run();
}
