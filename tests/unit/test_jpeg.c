/* Our own JPEG files: what jpeg_encode() makes passes its check, and nothing else does. */
#include "unit.h"

#include <string.h>

#include "render/frame.h"
#include "render/jpeg.h"
#include "render/jpeg_codec.h"

enum { WIDTH = 33, HEIGHT = 21 };

static GBytes *encode(GBytes *xmp)
{
    g_autoptr(Frame) frame = frame_new(WIDTH, HEIGHT, 2, 2, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++)
        for (guint y = 0; y < frame->plane[p].height; y++)
            memset(frame->plane[p].data + y * frame->plane[p].stride, (int)(60 + 40 * p + y),
                   frame->plane[p].width);
    GError *error = NULL;
    GBytes *bytes = jpeg_encode(frame, 82, xmp, &error);
    g_assert_no_error(error);
    return bytes;
}

static gboolean passes(GBytes *bytes, GBytes *xmp)
{
    g_autoptr(GError) error = NULL;
    gboolean ok = jpeg_check(bytes, WIDTH, HEIGHT, xmp, &error);
    g_assert_true(ok == (error == NULL));
    return ok;
}

/* The file with some bytes put in at an offset. */
static GBytes *with(GBytes *bytes, gsize at, const char *put, gsize length)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, data, (guint)at);
    g_byte_array_append(file, (const guint8 *)put, (guint)length);
    g_byte_array_append(file, data + at, (guint)(size - at));
    return g_byte_array_free_to_bytes(file);
}

static void test_passes(void)
{
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x/>", 4);
    g_autoptr(GBytes) plain = encode(NULL);
    g_autoptr(GBytes) credited = encode(xmp);
    g_assert_true(passes(plain, NULL));
    g_assert_true(passes(credited, xmp));
    g_assert_cmpuint(g_bytes_get_size(credited), ==, g_bytes_get_size(plain) + 4 + 29 + 4);

    /* and decodes to what went in */
    g_autoptr(GError) error = NULL;
    g_autofree char *warning = NULL;
    g_autoptr(Frame) again = jpeg_codec_decode(credited, WIDTH, HEIGHT, FALSE, &warning, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ABS(again->plane[FRAME_Y].data[10 * again->plane[FRAME_Y].stride + 5] - 70), <=, 2);
    g_assert_cmpint(ABS(again->plane[FRAME_CR].data[5] - 140), <=, 2);
}

static void test_refuses(void)
{
    enum { JFIF_END = 20 };
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x/>", 4);
    g_autoptr(GBytes) other = g_bytes_new_static("<y/>", 4);
    g_autoptr(GBytes) plain = encode(NULL);
    g_autoptr(GBytes) credited = encode(xmp);
    g_assert_false(passes(plain, xmp));
    g_assert_false(passes(credited, NULL));
    g_assert_false(passes(credited, other));
    g_assert_false(jpeg_check(plain, WIDTH + 1, HEIGHT, NULL, NULL));
    g_assert_false(jpeg_check(plain, WIDTH, HEIGHT + 1, NULL, NULL));

    static const char exif[] = "\xff\xe1\0\x0a"
                               "Exif\0\0II",
                      comment[] = "\xff\xfe\0\6none", icc[] = "\xff\xe2\0\6none";
    g_autoptr(GBytes) with_exif = with(plain, JFIF_END, exif, sizeof exif - 1);
    g_autoptr(GBytes) with_comment = with(plain, JFIF_END, comment, sizeof comment - 1);
    g_autoptr(GBytes) with_icc = with(credited, JFIF_END, icc, sizeof icc - 1);
    g_autoptr(GBytes) trailing = with(plain, g_bytes_get_size(plain), "x", 1);
    g_autoptr(GBytes) twice =
        with(plain, g_bytes_get_size(plain), g_bytes_get_data(plain, NULL), g_bytes_get_size(plain));
    g_assert_false(passes(with_exif, NULL));
    g_assert_false(passes(with_exif, xmp));
    g_assert_false(passes(with_comment, NULL));
    g_assert_false(passes(with_icc, xmp));
    g_assert_false(passes(trailing, NULL));
    g_assert_false(passes(twice, NULL));

    for (gsize n = 0; n < g_bytes_get_size(plain); n++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(plain, 0, n);
        g_assert_false(passes(cut, NULL));
    }
}

/* A packet that is longer than a segment is refused, not cut. */
static void test_long_packet(void)
{
    enum { MOST = 65535 - 2 - 29 };
    g_autofree char *text = g_strnfill(MOST + 1, 'x');
    g_autoptr(GBytes) most = g_bytes_new(text, MOST);
    g_autoptr(GBytes) too_long = g_bytes_new(text, MOST + 1);
    g_autoptr(Frame) frame = frame_new(8, 8, 2, 2, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++)
        memset(frame->plane[p].data, 128, frame->plane[p].stride * frame->plane[p].height);
    g_autoptr(GBytes) whole = jpeg_encode(frame, 80, most, NULL);
    g_assert_true(jpeg_check(whole, 8, 8, most, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_null(jpeg_encode(frame, 80, too_long, &error));
    g_assert_nonnull(strstr(error->message, "[rights]"));
}

/* A slope, with `beyond` in what is behind the end of its rows. */
static Frame *make_slope(guint width, guint height, int beyond)
{
    Frame *frame = frame_new(width, height, 2, 2, FALSE);
    for (int p = 0; p < FRAME_ALPHA; p++) {
        const Plane *plane = &frame->plane[p];
        memset(plane->data, beyond, plane->stride * plane->height);
        for (guint y = 0; y < plane->height; y++)
            for (guint x = 0; x < plane->width; x++)
                plane->data[y * plane->stride + x] = (guint8)(60 + 30 * p + x + 2 * y);
    }
    return frame;
}

/* What is beyond the picture's edge does not change the file, and its edge is as good as its middle. */
static void check_edges(guint width, guint height)
{
    g_autoptr(Frame) dark = make_slope(width, height, 0), bright = make_slope(width, height, 255);
    g_autoptr(GBytes) first = jpeg_encode(dark, 95, NULL, NULL), second = jpeg_encode(bright, 95, NULL, NULL);
    g_assert_true(g_bytes_equal(first, second));
    g_autoptr(Frame) again = jpeg_decode(first, width, height, NULL);
    for (int p = 0; p < FRAME_ALPHA; p++) {
        const Plane *was = &dark->plane[p], *is = &again->plane[p];
        guint divisor = p == FRAME_Y ? 1 : 2;
        for (guint y = 0; y < (height + divisor - 1) / divisor; y++)
            for (guint x = 0; x < (width + divisor - 1) / divisor; x++)
                g_assert_cmpint(ABS(was->data[y * was->stride + x] - is->data[y * is->stride + x]), <=, 6);
    }
}

static void test_edges(void)
{
    static const guint sizes[][2] = { { 1, 1 }, { 16, 16 }, { 17, 9 }, { 33, 47 }, { 40, 24 }, { 63, 2 } };
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        check_edges(sizes[i][0], sizes[i][1]);
}

static Frame *decode(GBytes *bytes, const Shaper *shaper, guint width, guint height, gboolean tolerate,
                     char **warning, GError **error)
{
    return shaper ? jpeg_codec_decode_shaped(bytes, shaper, width, height, tolerate, warning, error)
                  : jpeg_codec_decode(bytes, width, height, tolerate, warning, error);
}

/* sRGB by the way of a profile is what it is without, at every scale and edge. */
static void check_shaped(guint width, guint height, const Shaper *shaper)
{
    g_autoptr(Frame) slope = make_slope(width, height, 0);
    g_autoptr(GBytes) bytes = jpeg_encode(slope, 95, NULL, NULL);
    for (guint eighths = 1; eighths <= 8; eighths++) {
        GError *error = NULL;
        guint wanted_x = MAX(1, width * eighths * 2 / 17), wanted_y = MAX(1, height * eighths * 2 / 17);
        g_autoptr(Frame) plain = decode(bytes, NULL, wanted_x, wanted_y, FALSE, NULL, &error);
        g_assert_no_error(error);
        g_autoptr(Frame) shaped = decode(bytes, shaper, wanted_x, wanted_y, FALSE, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpfloat(plain->width, ==, shaped->width);
        g_assert_cmpfloat(plain->height, ==, shaped->height);
        for (int p = 0; p < FRAME_ALPHA; p++) {
            const Plane *one = &plain->plane[p], *other = &shaped->plane[p];
            g_assert_cmpuint(one->width, ==, other->width);
            g_assert_cmpuint(one->height, ==, other->height);
            for (guint y = 0; y < (guint)plain->height / plain->sub_y; y++)
                for (guint x = 0; x < (guint)plain->width / plain->sub_x; x++)
                    g_assert_cmpint(ABS(one->data[y * one->stride + x] - other->data[y * other->stride + x]),
                                    <=, p == FRAME_Y ? 2 : 8);
        }
    }
}

static Shaper *make_plain_shaper(void)
{
    double curve[3][256];
    for (int i = 0; i < 3 * 256; i++)
        curve[i / 256][i % 256] = colour_linear(i % 256 / 255.0);
    return shaper_new(curve, (const double[3][3]){ { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } });
}

static void test_shaped(void)
{
    static const guint sizes[][2] = { { 1, 1 }, { 16, 16 }, { 17, 9 }, { 33, 47 }, { 40, 24 }, { 60, 3 } };
    g_autofree Shaper *shaper = make_plain_shaper();
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        check_shaped(sizes[i][0], sizes[i][1], shaper);
}

/* The smallest scale that leaves a sixteenth, whichever side lacks it; else the whole picture. */
static void test_scale(void)
{
    static const struct {
        guint width, height;
        double found;
    } cases[] = { { 1, 1, 20 },    { 75, 56, 80 },    { 76, 56, 100 },  { 75, 57, 100 },
                  { 94, 70, 100 }, { 95, 70, 120 },   { 131, 98, 140 }, { 132, 99, 160 },
                  { 151, 1, 160 }, { 160, 120, 160 }, { 320, 240, 160 } };
    g_autofree Shaper *shaper = make_plain_shaper();
    g_autoptr(Frame) slope = make_slope(160, 120, 0);
    g_autoptr(GBytes) bytes = jpeg_encode(slope, 95, NULL, NULL);
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(Frame) frame = decode(bytes, i % 2 == 0 ? NULL : shaper, cases[i / 2].width,
                                        cases[i / 2].height, FALSE, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpfloat(frame->width, ==, cases[i / 2].found);
        g_assert_cmpfloat(frame->height, ==, cases[i / 2].found * 3 / 4);
    }
}

/* Of a file that was cut short there is an error, or, where that is tolerated, a picture and a warning. */
static void test_cut(void)
{
    g_autofree Shaper *shaper = make_plain_shaper();
    g_autoptr(Frame) slope = make_slope(48, 64, 0);
    g_autoptr(GBytes) whole = jpeg_encode(slope, 95, NULL, NULL);
    g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) - 20);
    g_autoptr(GBytes) head = g_bytes_new_from_bytes(whole, 0, 20);
    for (int i = 0; i < 2; i++) {
        const Shaper *way = i == 0 ? NULL : shaper;
        g_autofree char *warning = NULL;
        g_autoptr(GError) error = NULL, no_picture = NULL;
        g_assert_null(decode(part, way, 48, 64, FALSE, &warning, &error));
        g_assert_nonnull(strstr(error->message, "Premature end"));
        g_assert_null(warning);
        g_autoptr(Frame) frame = decode(part, way, 48, 64, TRUE, &warning, NULL);
        g_assert_nonnull(frame);
        g_assert_cmpint(ABS(frame->plane[FRAME_Y].data[0] - 60), <=, 4);
        g_assert_nonnull(strstr(warning, "Premature end"));
        g_assert_null(decode(head, way, 48, 64, TRUE, &warning, &no_picture));
        g_assert_nonnull(no_picture);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/jpeg/passes", test_passes);
    g_test_add_func("/jpeg/refuses", test_refuses);
    g_test_add_func("/jpeg/long-packet", test_long_packet);
    g_test_add_func("/jpeg/edges", test_edges);
    g_test_add_func("/jpeg/shaped", test_shaped);
    g_test_add_func("/jpeg/scale", test_scale);
    g_test_add_func("/jpeg/cut", test_cut);
    return g_test_run();
}
