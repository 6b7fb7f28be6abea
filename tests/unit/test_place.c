#include "unit.h"

#include <string.h>

#include "render/place.h"

static const StampStyle style = { .margin = 2 };

static Frame *grey(guint width, guint height)
{
    Frame *frame = frame_new(width, height, 2, 2, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++)
        memset(frame->plane[p].data, 128, frame->plane[p].stride * frame->plane[p].height);
    return frame;
}

static void test_corners(void)
{
    static const struct {
        Corner corner;
        guint x[2], y; /* left to right, right to left */
    } places[] = { { CORNER_BOTTOM_END, { 760, 20 }, 560 },
                   { CORNER_BOTTOM_START, { 20, 760 }, 560 },
                   { CORNER_TOP_END, { 760, 20 }, 20 },
                   { CORNER_TOP_START, { 20, 760 }, 20 } };
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        for (int rtl = 0; rtl < 2; rtl++) {
            Box box = { .width = 220, .height = 20 };
            g_assert_true(place_box(&style, places[i].corner, rtl, 1000, 600, &box));
            g_assert_cmpuint(box.x, ==, places[i].x[rtl]);
            g_assert_cmpuint(box.y, ==, places[i].y);
            g_assert_cmpint(place_is_right(places[i].corner, rtl), ==, box.x > 500);
        }
    Box wide = { .width = 961, .height = 20 }, high = { .width = 20, .height = 561 };
    g_assert_false(place_box(&style, CORNER_TOP_END, FALSE, 1000, 600, &wide));
    g_assert_false(place_box(&style, CORNER_TOP_END, FALSE, 1000, 600, &high));
}

/* Weighs all corners of a frame for a box of a fifth of its width. */
static Corner choose(const Frame *frame, Rect crop, const Rect *faces, guint n_faces)
{
    PlaceCost cost[CORNERS] = { 0 };
    for (guint corner = 0; corner < CORNERS; corner++) {
        Box box = { .width = (guint)frame->width / 5, .height = (guint)frame->height / 10 };
        g_assert_true(
            place_box(&style, (Corner)corner, FALSE, (guint)frame->width, (guint)frame->height, &box));
        place_weigh(&cost[corner], frame, &box, crop, faces, n_faces);
    }
    return place_choose(cost);
}

/* A busy part of the picture. */
static void stir(Frame *frame, guint left, guint top, guint width, guint height, guint8 level)
{
    Plane *luma = &frame->plane[FRAME_Y];
    for (guint y = top; y < top + height; y++)
        for (guint x = left; x < left + width; x++)
            luma->data[y * luma->stride + x] = (guint8)(128 + ((x ^ y) & 1 ? level : 0));
}

static void test_calm(void)
{
    g_autoptr(Frame) frame = grey(500, 400);
    g_assert_cmpint(choose(frame, RECT_WHOLE, NULL, 0), ==, CORNER_BOTTOM_END);
    stir(frame, 250, 200, 250, 200, 40);
    g_assert_cmpint(choose(frame, RECT_WHOLE, NULL, 0), ==, CORNER_BOTTOM_START);
    stir(frame, 0, 200, 250, 200, 30);
    g_assert_cmpint(choose(frame, RECT_WHOLE, NULL, 0), ==, CORNER_TOP_END);
    stir(frame, 250, 0, 250, 200, 20);
    g_assert_cmpint(choose(frame, RECT_WHOLE, NULL, 0), ==, CORNER_TOP_START);
    stir(frame, 0, 0, 250, 200, 80);
    g_assert_cmpint(choose(frame, RECT_WHOLE, NULL, 0), ==, CORNER_TOP_END);
}

static void test_faces(void)
{
    g_autoptr(Frame) frame = grey(500, 400);
    stir(frame, 0, 0, 500, 200, 40); /* the upper half is busy */
    const Rect faces[] = { { 0.8, 0.8, 0.2, 0.2 }, { 0, 0.8, 0.2, 0.2 }, { 0.9, 0, 0.05, 0.1 } };
    g_assert_cmpint(choose(frame, RECT_WHOLE, faces, 1), ==, CORNER_BOTTOM_START);
    g_assert_cmpint(choose(frame, RECT_WHOLE, faces, 2), ==, CORNER_TOP_END);
    g_assert_cmpint(choose(frame, RECT_WHOLE, faces, 3), ==, CORNER_TOP_START);
    const Rect everywhere[] = { { 0, 0, 1, 1 } };
    g_assert_cmpint(choose(frame, RECT_WHOLE, everywhere, 1), ==, CORNER_BOTTOM_END);

    /* what a crop leaves out is in nobody's way; what it shows is where it shows it */
    const Rect right_half = { 0.5, 0, 0.5, 1 }, middle = { 0.5, 0.8, 0.15, 0.2 };
    g_assert_cmpint(choose(frame, right_half, &faces[1], 1), ==, CORNER_BOTTOM_END);
    g_assert_cmpint(choose(frame, right_half, &faces[0], 1), ==, CORNER_BOTTOM_START);
    g_assert_cmpint(choose(frame, RECT_WHOLE, &middle, 1), ==, CORNER_BOTTOM_END);
    g_assert_cmpint(choose(frame, (Rect){ 0, 0, 0.65, 1 }, &middle, 1), ==, CORNER_BOTTOM_START);
}

/* The upper left corner of the upright picture, as each orientation stores it. */
static void test_upright(void)
{
    static const Rect stored[] = {
        [1] = { 0, 0, 0.2, 0.1 },     [2] = { 0.8, 0, 0.2, 0.1 }, [3] = { 0.8, 0.9, 0.2, 0.1 },
        [4] = { 0, 0.9, 0.2, 0.1 },   [5] = { 0, 0, 0.1, 0.2 },   [6] = { 0, 0.8, 0.1, 0.2 },
        [7] = { 0.9, 0.8, 0.1, 0.2 }, [8] = { 0.9, 0, 0.1, 0.2 },
    };
    for (guint orientation = 1; orientation <= 8; orientation++) {
        Rect upright = place_upright(stored[orientation], orientation);
        g_assert_cmpfloat_with_epsilon(upright.left, 0, 1e-9);
        g_assert_cmpfloat_with_epsilon(upright.top, 0, 1e-9);
        g_assert_cmpfloat_with_epsilon(upright.width, 0.2, 1e-9);
        g_assert_cmpfloat_with_epsilon(upright.height, 0.1, 1e-9);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/place/corners", test_corners);
    g_test_add_func("/place/calm", test_calm);
    g_test_add_func("/place/faces", test_faces);
    g_test_add_func("/place/upright", test_upright);
    return g_test_run();
}
