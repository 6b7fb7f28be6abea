#include "unit.h"

#include <string.h>

#include "render/crop.h"
#include "render/glance.h"

/* A grey photo of 600 x 400 px with a busy red patch of 60 px, whose left upper corner is at 480, 40. */
static Frame *make_photo(void)
{
    Frame *frame = frame_new(600, 400, 2, 2, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++) {
        Plane *plane = &frame->plane[p];
        guint sub = p == FRAME_Y ? 1 : 2;
        memset(plane->data, 128, plane->stride * plane->height);
        for (guint y = 40 / sub; y < 100 / sub; y++)
            for (guint x = 480 / sub; x < 540 / sub; x++)
                plane->data[y * plane->stride + x] = p == FRAME_Y    ? (x / 3 + y / 3) % 2 ? 160 : 60
                                                     : p == FRAME_CR ? 230
                                                                     : 110;
    }
    return frame;
}

static Crop find(CropMode mode, Size part, const Source *source)
{
    g_autoptr(Frame) frame = make_photo();
    return crop_find(mode, part, source, frame);
}

static void assert_box(const Crop *crop, guint x, guint y, const char *by)
{
    g_assert_cmpuint(crop->box.x, ==, x);
    g_assert_cmpuint(crop->box.y, ==, y);
    g_assert_cmpstr(crop->by, ==, by);
}

static void test_aims(void)
{
    Source source = { .width = 600, .height = 400, .orientation = 1 };
    Crop whole = find(CROP_FOCUS, (Size){ 600, 400 }, &source);
    assert_box(&whole, 0, 0, NULL);
    Crop centre = find(CROP_CENTRE, (Size){ 400, 400 }, &source);
    assert_box(&centre, 100, 0, "centre");
    Rect rect = crop_rect(&centre, &source);
    g_assert_cmpfloat_with_epsilon(rect.left, 1 / 6.0, 1e-9);
    g_assert_cmpfloat_with_epsilon(rect.width, 2 / 3.0, 1e-9);
    g_assert_cmpfloat(rect.top, ==, 0);
    g_assert_cmpfloat(rect.height, ==, 1);

    Crop eye = find(CROP_FOCUS, (Size){ 200, 200 }, &source);
    g_assert_cmpstr(eye.by, ==, "attention");
    g_assert_cmpuint(eye.x, >=, 470);
    g_assert_cmpuint(eye.x, <, 550);
    g_assert_cmpuint(eye.y, <, 110);
    Crop detail = find(CROP_ENTROPY, (Size){ 200, 200 }, &source);
    g_assert_cmpstr(detail.by, ==, "entropy");
    g_assert_cmpuint(detail.box.x, <=, 480);
    g_assert_cmpuint(detail.box.x + 200, >=, 540);

    Rect faces[] = { { 0.05, 0.5, 0.1, 0.1 }, { 0.45, 0.2, 0.1, 0.1 } };
    source.faces = faces;
    source.n_faces = G_N_ELEMENTS(faces);
    Crop both = find(CROP_FOCUS, (Size){ 320, 200 }, &source);
    assert_box(&both, 20, 60, "faces"); /* of which the middle is at 0.3, 0.4 */
    source.has_focus = TRUE;
    source.focus_x = 1;
    source.focus_y = 0;
    Crop said = find(CROP_FOCUS, (Size){ 200, 200 }, &source);
    assert_box(&said, 400, 0, "captions.csv");
    g_assert_cmpuint(said.x, ==, 599);
    g_assert_cmpuint(said.y, ==, 0);
}

/* The photo is upright: its stored sides are the other way round. */
static void test_turned(void)
{
    Source source = { .width = 400, .height = 600, .orientation = 6 };
    Crop centre = find(CROP_CENTRE, (Size){ 400, 400 }, &source);
    assert_box(&centre, 100, 0, "centre");
}

/* A glance of a picture that is hardly there still has a pixel each way. */
static void test_least(void)
{
    g_autoptr(Frame) frame = frame_new(900, 1, 1, 1, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++)
        memset(frame->plane[p].data, 128, frame->plane[p].stride);
    Source source = { .width = 900, .height = 1, .orientation = 1 };
    Crop crop = crop_find(CROP_ATTENTION, (Size){ 1, 1 }, &source, frame);
    g_autoptr(Glance) glance = glance_new(frame);
    g_assert_cmpuint(glance->width, ==, 128);
    g_assert_cmpuint(glance->height, ==, 1);
    for (gsize i = 0; i < 3 * 128; i++)
        g_assert_cmpuint(glance->rgb[i], ==, 128);
    g_assert_cmpuint(crop.box.x, <, 900);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/crop/aims", test_aims);
    g_test_add_func("/crop/turned", test_turned);
    g_test_add_func("/crop/least", test_least);
    return g_test_run();
}
