#include "unit.h"

#include "render/orient.h"

/* A frame whose samples tell where they are. */
static Frame *make(guint width, guint height, guint sub_x, guint sub_y)
{
    Frame *frame = frame_new(width, height, sub_x, sub_y, FALSE);
    for (int p = 0; p < 3; p++)
        for (guint y = 0; y < frame->plane[p].height; y++)
            for (guint x = 0; x < frame->plane[p].width; x++)
                frame->plane[p].data[y * frame->plane[p].stride + x] =
                    (guint8)(x * 7 + y * 31 + (guint)p * 3);
    return frame;
}

static guint8 sample(const Frame *frame, int p, guint x, guint y)
{
    g_assert_cmpuint(x, <, frame->plane[p].width);
    g_assert_cmpuint(y, <, frame->plane[p].height);
    return frame->plane[p].data[y * frame->plane[p].stride + x];
}

/* Where TIFF 6.0 says that the sample of the upright picture at (x, y) stands in the stored one of w x h. */
static void stored_place(guint orientation, guint w, guint h, guint x, guint y, guint *sx, guint *sy)
{
    switch (orientation) {
    case 1:
        *sx = x, *sy = y;
        break;
    case 2:
        *sx = w - 1 - x, *sy = y;
        break;
    case 3:
        *sx = w - 1 - x, *sy = h - 1 - y;
        break;
    case 4:
        *sx = x, *sy = h - 1 - y;
        break;
    case 5:
        *sx = y, *sy = x;
        break;
    case 6:
        *sx = y, *sy = h - 1 - x;
        break;
    case 7:
        *sx = w - 1 - y, *sy = h - 1 - x;
        break;
    case 8:
        *sx = w - 1 - y, *sy = x;
        break;
    default:
        g_assert_not_reached();
    }
}

static void check_orientation(guint orientation, guint width, guint height, guint sub_x, guint sub_y)
{
    g_autoptr(Frame) stored = make(width, height, sub_x, sub_y);
    g_autoptr(Frame) upright = frame_orient(make(width, height, sub_x, sub_y), orientation);
    gboolean turned = orientation >= 5;
    g_assert_cmpuint(upright->sub_x, ==, turned ? sub_y : sub_x);
    g_assert_cmpuint(upright->sub_y, ==, turned ? sub_x : sub_y);
    g_assert_cmpfloat(upright->width, ==, turned ? height : width);
    for (int p = 0; p < 3; p++)
        for (guint y = 0; y < upright->plane[p].height; y++)
            for (guint x = 0; x < upright->plane[p].width; x++) {
                guint sx, sy;
                stored_place(orientation, stored->plane[p].width, stored->plane[p].height, x, y, &sx, &sy);
                g_assert_cmpuint(sample(upright, p, x, y), ==, sample(stored, p, sx, sy));
            }
}

/* Planes of whole squares, of some more, and smaller than one. */
static void test_orientation(void)
{
    static const guint subs[][2] = { { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 } };
    static const guint sizes[][2] = { { 64, 32 }, { 70, 45 }, { 9, 5 }, { 40, 17 }, { 1, 1 } };
    for (guint orientation = 1; orientation <= 8; orientation++)
        for (gsize s = 0; s < G_N_ELEMENTS(subs); s++)
            for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
                check_orientation(orientation, sizes[i][0], sizes[i][1], subs[s][0], subs[s][1]);
}

/* A picture that ends inside its padding begins inside it after a flip. */
static void test_extent(void)
{
    Frame *frame = make(71, 45, 2, 2); /* planes of 72 x 46 */
    frame->width = 70.375;
    g_autoptr(Frame) flipped = frame_orient(frame, 3);
    g_assert_cmpfloat(flipped->left, ==, 72 - 70.375);
    g_assert_cmpfloat(flipped->top, ==, 1);
    g_assert_cmpfloat(flipped->width, ==, 70.375);
    g_assert_cmpfloat(flipped->height, ==, 45);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/orient/orientation", test_orientation);
    g_test_add_func("/orient/extent", test_extent);
    return g_test_run();
}
