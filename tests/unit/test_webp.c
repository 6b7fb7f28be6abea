#include "unit.h"

#include <string.h>

#include "render/frame.h"
#include "render/webp.h"

static Frame *make_frame(guint width, guint height, gboolean alpha)
{
    Frame *frame = frame_new(width, height, 2, 2, alpha);
    frame->limited = TRUE;
    for (int p = 0; p < FRAME_PLANES; p++)
        for (guint y = 0; frame->plane[p].data && y < frame->plane[p].height; y++)
            memset(frame->plane[p].data + y * frame->plane[p].stride, (int)(60 + 40 * p + y),
                   frame->plane[p].width);
    return frame;
}

static GBytes *encode(GBytes *xmp, gboolean alpha)
{
    g_autoptr(Frame) frame = make_frame(33, 21, alpha);
    GError *error = NULL;
    GBytes *bytes = webp_encode(frame, 78, 4, xmp, NULL, &error);
    g_assert_no_error(error);
    return bytes;
}

static gboolean passes(GBytes *bytes, guint width, guint height, GBytes *xmp)
{
    g_autoptr(GError) error = NULL;
    gboolean ok = webp_check(bytes, width, height, xmp, &error);
    g_assert_true(ok == (error == NULL));
    return ok;
}

/* The file with one more chunk, its RIFF size mended. */
static GBytes *with_chunk(GBytes *bytes, const char *chunk, gsize length)
{
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
    g_byte_array_append(file, (const guint8 *)chunk, (guint)length);
    guint32 size = GUINT32_TO_LE(file->len - 8);
    memcpy(file->data + 4, &size, 4);
    return g_byte_array_free_to_bytes(file);
}

static void test_passes(void)
{
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x/>", 4);
    g_autoptr(GBytes) plain = encode(NULL, FALSE);
    g_autoptr(GBytes) alpha = encode(NULL, TRUE);
    g_autoptr(GBytes) credited = encode(xmp, FALSE);
    g_autoptr(GBytes) both = encode(xmp, TRUE);
    g_assert_true(passes(plain, 33, 21, NULL));
    g_assert_true(passes(alpha, 33, 21, NULL));
    g_assert_true(passes(credited, 33, 21, xmp));
    g_assert_true(passes(both, 33, 21, xmp));
}

static void test_refuses(void)
{
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x/>", 4);
    g_autoptr(GBytes) other = g_bytes_new_static("<y/>", 4);
    g_autoptr(GBytes) plain = encode(NULL, FALSE);
    g_autoptr(GBytes) credited = encode(xmp, FALSE);
    g_assert_false(passes(plain, 33, 22, NULL)); /* another size */
    g_assert_false(passes(plain, 33, 21, xmp));  /* no packet where one belongs */
    g_assert_false(passes(credited, 33, 21, NULL));
    g_assert_false(passes(credited, 33, 21, other));

    static const char exif[] = "EXIF\x04\0\0\0MM\0*", icc[] = "ICCP\x04\0\0\0abcd",
                      odd[] = "odd!\x02\0\0\0ab", tail[] = "tail";
    g_autoptr(GBytes) with_exif = with_chunk(plain, exif, 12);
    g_autoptr(GBytes) with_icc = with_chunk(plain, icc, 12);
    g_autoptr(GBytes) with_unknown = with_chunk(plain, odd, 10);
    g_autoptr(GBytes) with_tail = with_chunk(plain, tail, 4);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(plain, 0, g_bytes_get_size(plain) - 2);
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);
    GBytes *wrong[] = { with_exif, with_icc, with_unknown, with_tail, cut, nothing };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_false(passes(wrong[i], 33, 21, NULL));
}

/* The mean distance of two frames' luma, in levels. */
static double distance(const Frame *a, const Frame *b)
{
    const Plane *x = &a->plane[FRAME_Y], *y = &b->plane[FRAME_Y];
    guint sum = 0;
    for (guint row = 0; row < 21; row++)
        for (guint i = 0; i < 33; i++)
            sum += (guint)ABS(x->data[row * x->stride + i] - y->data[row * y->stride + i]);
    return sum / (21.0 * 33);
}

static void test_rebuilt(void)
{
    g_autoptr(Frame) frame = make_frame(33, 21, FALSE);
    g_autoptr(GRand) chance = g_rand_new_with_seed(1);
    Plane *luma = &frame->plane[FRAME_Y];
    for (gsize i = 0; i < luma->stride * luma->height; i++)
        luma->data[i] = (guint8)g_rand_int_range(chance, 16, 236);
    g_autoptr(Frame) before = frame_cut(frame, 0, 0, 33, 21);
    g_autoptr(Frame) rebuilt = NULL;
    GError *error = NULL;
    g_autoptr(GBytes) bytes = webp_encode(frame, 10, 4, NULL, &rebuilt, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) same = webp_encode(frame, 10, 4, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(bytes, same));
    g_assert_cmpfloat(distance(before, frame), ==, 0);
    g_autoptr(Frame) decoded = webp_decode(bytes, 0, 0, 33, 21, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(distance(decoded, frame), >, 10);
    g_assert_cmpfloat(distance(decoded, rebuilt), <, 5);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/webp/passes", test_passes);
    g_test_add_func("/webp/refuses", test_refuses);
    g_test_add_func("/webp/rebuilt", test_rebuilt);
    return g_test_run();
}
