#include "unit.h"

#include <string.h>

#include "render/contrast.h"
#include "render/stamp.h"

static Preset *preset;
static const StampText hebrew = {
    .label = "צילום:", .names = "\u2068דנה כהן\u2069", .language = "he", .rtl = TRUE
};
static const StampText latin = { .label = "Photo:", .names = "\u2068Dana Cohen\u2069", .language = "en" };

/* A frame of one grey, as WebP is given it. */
static Frame *grey(guint width, guint height, guint8 level)
{
    Frame *frame = frame_new(width, height, 2, 2, FALSE);
    frame->limited = TRUE;
    for (int p = 0; p < FRAME_ALPHA; p++)
        memset(frame->plane[p].data, p == FRAME_Y ? level : 128,
               frame->plane[p].stride * frame->plane[p].height);
    return frame;
}

static Stamp *make(const StampText *text)
{
    g_autoptr(GError) error = NULL;
    Stamp *stamp = stamp_new(&preset->stamp, text, &error);
    g_assert_no_error(error);
    return stamp;
}

static Mark *draw(Stamp *stamp, Frame *frame, Corner corner)
{
    g_autoptr(GError) error = NULL;
    Mark *mark = stamp_fit(stamp, (guint)frame->width, (guint)frame->height);
    g_assert_nonnull(mark);
    g_assert_true(stamp_draw(stamp, mark, frame, corner, &error));
    g_assert_no_error(error);
    return mark;
}

static double seen(const Mark *mark, const Frame *frame)
{
    Box area = mark_area(mark);
    g_autoptr(Frame) part = frame_cut(frame, area.x, area.y, area.width, area.height);
    return mark_contrast(mark, part);
}

static gboolean is_inside(const Box *box, guint x, guint y)
{
    return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

/* Text grows with the picture, between its bounds. */
static void test_size(void)
{
    static const struct {
        guint width;
        double px;
    } sizes[] = { { 320, 12 }, { 500, 12 }, { 1000, 24 }, { 1600, 38 }, { 1667, 40 }, { 4000, 40 } };
    g_autoptr(Stamp) stamp = make(&latin);
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(Mark) mark = stamp_fit(stamp, sizes[i].width, sizes[i].width);
        Box box = mark_box(mark);
        g_assert_cmpfloat(box.height, >, 0.7 * sizes[i].px);
        g_assert_cmpfloat(box.height, <, 1.6 * sizes[i].px + 4);
        g_assert_cmpuint(box.width, <=, sizes[i].width * 60 / 100 + 1);
        g_assert_false(mark_is_cut(mark));
    }
}

static void test_no_room(void)
{
    g_autoptr(Stamp) stamp = make(&hebrew);
    g_assert_null(stamp_fit(stamp, 400, 10));
    g_autoptr(Mark) mark = stamp_fit(stamp, 400, 60);
    g_assert_nonnull(mark);
}

/* Nothing outside the area is touched, what is drawn is in the right corner, and no sample has a colour. */
static void test_place(void)
{
    for (int rtl = 0; rtl < 2; rtl++) {
        g_autoptr(Stamp) stamp = make(rtl ? &hebrew : &latin);
        for (int corner = 0; corner < CORNERS; corner++) {
            g_autoptr(Frame) frame = grey(800, 500, 120);
            g_autoptr(Mark) mark = draw(stamp, frame, (Corner)corner);
            Box box = mark_box(mark), area = mark_area(mark);
            g_assert_cmpint(box.x > 400, ==, place_is_right((Corner)corner, rtl));
            g_assert_true(area.x % 2 == 0 && area.y % 2 == 0 && area.width % 2 == 0 && area.height % 2 == 0);
            guint drawn = 0;
            for (guint y = 0; y < 500; y++)
                for (guint x = 0; x < 800; x++) {
                    gboolean changed =
                        frame->plane[FRAME_Y].data[y * frame->plane[FRAME_Y].stride + x] != 120;
                    drawn += changed;
                    g_assert_true(!changed || is_inside(&area, x, y));
                }
            g_assert_cmpuint(drawn, >, box.width * box.height / 10);
            for (int p = FRAME_CB; p <= FRAME_CR; p++)
                for (guint y = 0; y < 250; y++)
                    for (guint x = 0; x < 400; x++)
                        g_assert_cmpuint(frame->plane[p].data[y * frame->plane[p].stride + x], ==, 128);
        }
    }
}

/* On every grey there is: at least what is promised, before any encoder has been at it. */
static void test_contrast(void)
{
    g_autoptr(Stamp) stamp = make(&hebrew);
    for (guint level = 16; level <= 235; level += 3) {
        g_autoptr(Frame) frame = grey(640, 400, (guint8)level);
        g_autoptr(Mark) mark = draw(stamp, frame, CORNER_BOTTOM_END);
        g_assert_cmpfloat(seen(mark, frame), >=, CONTRAST_ENOUGH);
    }
}

/* Drawn once more, it has more contrast, and nothing of the first drawing is left behind. */
static void test_strengthen(void)
{
    g_autoptr(Stamp) stamp = make(&latin);
    g_autoptr(Frame) frame = grey(640, 400, 126);
    g_autoptr(Mark) mark = draw(stamp, frame, CORNER_BOTTOM_END);
    double first = seen(mark, frame);
    mark_strengthen(mark, frame, CONTRAST_ENOUGH * 0.8);
    g_assert_cmpfloat(seen(mark, frame), >, first);
    g_autoptr(Frame) again = grey(640, 400, 126);
    g_autoptr(Mark) other = draw(stamp, again, CORNER_BOTTOM_END);
    mark_strengthen(mark, frame, CONTRAST_SAFE * 1.05);
    mark_strengthen(other, again, CONTRAST_ENOUGH * 0.8);
    mark_strengthen(other, again, CONTRAST_SAFE * 1.05);
    for (guint y = 0; y < 400; y++)
        g_assert_cmpmem(frame->plane[FRAME_Y].data + y * frame->plane[FRAME_Y].stride, 640,
                        again->plane[FRAME_Y].data + y * again->plane[FRAME_Y].stride, 640);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    preset = preset_load("article", NULL);
    g_assert_nonnull(preset);
    g_test_add_func("/stamp/size", test_size);
    g_test_add_func("/stamp/no-room", test_no_room);
    g_test_add_func("/stamp/place", test_place);
    g_test_add_func("/stamp/contrast", test_contrast);
    g_test_add_func("/stamp/strengthen", test_strengthen);
    int failed = g_test_run();
    preset_free(preset);
    return failed;
}
