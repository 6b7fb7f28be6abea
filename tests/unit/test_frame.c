#include "unit.h"

#include <string.h>

#include "render/frame.h"

static guint8 sample(const Frame *frame, int p, guint x, guint y)
{
    g_assert_cmpuint(x, <, frame->plane[p].width);
    g_assert_cmpuint(y, <, frame->plane[p].height);
    return frame->plane[p].data[y * frame->plane[p].stride + x];
}

static void test_unpremultiply(void)
{
    g_autoptr(Frame) frame = frame_new(2, 2, 2, 2, TRUE);
    frame->limited = frame->premultiplied = TRUE;
    for (int p = 0; p < FRAME_PLANES; p++)
        for (guint y = 0; y < frame->plane[p].height; y++)
            memset(frame->plane[p].data + y * frame->plane[p].stride, p == FRAME_ALPHA ? 128 : 76,
                   frame->plane[p].width);
    frame_unpremultiply(frame);
    g_assert_cmpuint(sample(frame, FRAME_Y, 1, 1), ==, 16 + (76 - 16) * 255 / 128 + 1); /* 135.53, rounded */
    g_assert_cmpuint(sample(frame, FRAME_CB, 0, 0), ==, 24);                            /* 128 - 103.6 */
    g_assert_false(frame->premultiplied);
}

/* A frame of 4 x 4 with these weighted samples of chroma. */
static Frame *weighted(const guint8 alpha[4][4], const guint8 chroma[4])
{
    Frame *frame = frame_new(4, 4, 2, 2, TRUE);
    frame->premultiplied = TRUE;
    for (guint y = 0; y < 4; y++)
        for (guint x = 0; x < 4; x++) {
            frame->plane[FRAME_Y].data[y * frame->plane[FRAME_Y].stride + x] = alpha[y][x] / 2;
            frame->plane[FRAME_ALPHA].data[y * frame->plane[FRAME_ALPHA].stride + x] = alpha[y][x];
        }
    for (guint i = 0; i < 4; i++)
        for (int p = FRAME_CB; p <= FRAME_CR; p++)
            frame->plane[p].data[i / 2 * frame->plane[p].stride + i % 2] = chroma[i];
    return frame;
}

/* The colour of a red thing whose edges lie inside of chroma samples, whichever luma sample of them is clear.
 */
static void test_edges_of_colour(void)
{
    static const guint8 alpha[4][4] = {
        { 0, 255, 255, 0 }, { 255, 255, 0, 0 }, { 255, 0, 0, 0 }, { 0, 0, 0, 0 }
    };
    static const guint8 chroma[] = { 128 + 75, 128 + 25, 128 + 25, 128 }; /* 100 by the part that is opaque */
    g_autoptr(Frame) frame = weighted(alpha, chroma);
    frame_unpremultiply(frame);
    for (guint i = 0; i < 4; i++) /* the last, which is clear, has that of those beside it */
        g_assert_cmpint(ABS((int)sample(frame, FRAME_CR, i % 2, i / 2) - 228), <=, 2);
    g_assert_cmpuint(sample(frame, FRAME_Y, 1, 0), ==, 127);
    g_assert_cmpuint(sample(frame, FRAME_Y, 0, 0), ==, 0);
}

/* What is faint all around keeps its own. */
static void test_faint_colour(void)
{
    static const guint8 alpha[4][4] = {
        { 20, 20, 20, 20 }, { 20, 20, 20, 20 }, { 0, 0, 20, 20 }, { 0, 0, 20, 20 }
    };
    static const guint8 chroma[] = { 128 + 8, 128 - 4, 128, 128 + 2 };
    g_autoptr(Frame) frame = weighted(alpha, chroma);
    frame_unpremultiply(frame);
    g_assert_cmpuint(sample(frame, FRAME_CR, 0, 0), ==, 230);
    g_assert_cmpuint(sample(frame, FRAME_CR, 1, 0), ==, 77);
    g_assert_cmpuint(sample(frame, FRAME_CR, 0, 1), ==, 128);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/frame/unpremultiply", test_unpremultiply);
    g_test_add_func("/frame/edges-of-colour", test_edges_of_colour);
    g_test_add_func("/frame/faint-colour", test_faint_colour);
    return g_test_run();
}
