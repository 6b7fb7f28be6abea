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

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/frame/unpremultiply", test_unpremultiply);
    return g_test_run();
}
