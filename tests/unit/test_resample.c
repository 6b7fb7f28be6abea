#include "unit.h"

#include <math.h>
#include <string.h>

#include "render/resample.h"

enum { SIDE = 97 }; /* no multiple of anything */

static Plane plane_new(guint width, guint height)
{
    Plane plane = { .width = width, .height = height, .stride = (width + 63) / 64 * 64 };
    plane.data = g_malloc0(plane.stride * height);
    return plane;
}

static void fill(Plane *plane, guint8 (*value)(guint x, guint y))
{
    for (guint y = 0; y < plane->height; y++)
        for (guint x = 0; x < plane->width; x++)
            plane->data[y * plane->stride + x] = value(x, y);
}

/* ---- The same by the book: floating point, one sample after the other ---- */

static double lanczos3(double x)
{
    if (fabs(x) >= 3)
        return 0;
    return x == 0 ? 1 : 3 * sin(G_PI * x) * sin(G_PI * x / 3) / (G_PI * G_PI * x * x);
}

static double filter(const double *in, gsize step, Stretch side, guint out, guint i)
{
    double scale = side.length / out, wide = MAX(scale, 1), sum = 0, weights = 0;
    double centre = side.start + (i + 0.5) * scale - 0.5;
    int low = (int)side.valid.first, high = low + (int)side.valid.count - 1;
    for (int k = (int)floor(centre - 3 * wide); k <= ceil(centre + 3 * wide); k++) {
        double weight = lanczos3((k - centre) / wide);
        sum += weight * in[(gsize)CLAMP(k, low, high) * step];
        weights += weight;
    }
    return sum / weights;
}

static double *by_the_book(const Plane *from, Stretch across, Stretch down, guint width, guint height)
{
    g_autofree double *in = g_new(double, (gsize)from->width * from->height);
    g_autofree double *columns = g_new0(double, (gsize)from->width *height);
    double *out = g_new(double, (gsize)width *height);
    for (guint y = 0; y < from->height; y++)
        for (guint x = 0; x < from->width; x++)
            in[y * from->width + x] = from->data[y * from->stride + x];
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < from->width; x++)
            columns[y * from->width + x] = filter(in + x, from->width, down, height, y);
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
            out[y * width + x] = filter(columns + y * from->width, 1, across, width, x);
    return out;
}

static void compare(const Plane *from, Stretch across, Stretch down, guint width, guint height, Levels levels)
{
    Plane to = plane_new(width, height);
    g_autofree double *wanted = by_the_book(from, across, down, width, height);
    resample_planes(from, &to, 1, across, down, levels, 1);
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++) {
            double exact = CLAMP(wanted[y * width + x] / 255 * levels.gain + levels.zero, 0, 255);
            g_assert_cmpfloat_with_epsilon(to.data[y * to.stride + x], exact, 0.8);
        }
    g_free(to.data);
}

/* ---- Tests ---- */

static guint8 noise(guint x, guint y)
{
    return (guint8)((x * 2654435761u ^ y * 2246822519u) * 2654435761u >> 24);
}

/* Black and white at their strongest: what overshoots most. */
static guint8 bars(guint x, guint y)
{
    return (x / 5 + y / 7) % 2 ? 255 : 0;
}

static const Levels as_is = { 255, 0 }, luma = { 219, 16 }, chroma = { 224, 128 - 128 * 224 / 255.0 };

static void test_sizes(void)
{
    static const guint sizes[][2] = { { 96, 97 }, { 49, 48 }, { 33, 17 },  { 10, 3 },
                                      { 1, 1 },   { 97, 97 }, { 211, 150 } };
    static const Levels *levels[] = { &as_is, &luma, &chroma };
    Plane from = plane_new(SIDE, SIDE);
    Stretch whole = { { 0, SIDE }, 0, SIDE };
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (gsize l = 0; l < G_N_ELEMENTS(levels); l++) {
            fill(&from, noise);
            compare(&from, whole, whole, sizes[i][0], sizes[i][1], *levels[l]);
            fill(&from, bars);
            compare(&from, whole, whole, sizes[i][0], sizes[i][1], *levels[l]);
        }
    g_free(from.data);
}

/* A part that begins and ends inside a sample, of a picture that begins and ends inside the plane. */
static void test_part(void)
{
    Plane from = plane_new(SIDE, SIDE);
    fill(&from, noise);
    Stretch across = { { 5, 80 }, 5.3, 70.9 }, down = { { 1, 96 }, 40.25, 20.5 };
    compare(&from, across, down, 31, 20, luma);
    compare(&from, across, down, 80, 7, as_is);
    g_free(from.data);
}

/* Each flat value comes out as itself, whatever the sizes. */
static void test_flat(void)
{
    static const guint sides[] = { 7, 16, 31, 64, 96, 97, 150 };
    Plane from = plane_new(SIDE, SIDE);
    Stretch whole = { { 0, SIDE }, 0, SIDE };
    for (guint value = 0; value < 256; value++)
        for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
            Plane to = plane_new(sides[i], sides[i]);
            memset(from.data, (int)value, from.stride * from.height);
            resample_planes(&from, &to, 1, whole, whole, as_is, 1);
            for (guint y = 0; y < to.height; y++)
                for (guint x = 0; x < to.width; x++)
                    g_assert_cmpuint(to.data[y * to.stride + x], ==, value);
            g_free(to.data);
        }
    g_free(from.data);
}

/* Two planes at once, by two threads, are each as they are alone. */
static void test_two(void)
{
    Plane from[2] = { plane_new(SIDE, SIDE), plane_new(SIDE, SIDE) };
    Plane to[2] = { plane_new(40, 30), plane_new(40, 30) }, alone = plane_new(40, 30);
    Stretch whole = { { 0, SIDE }, 0, SIDE };
    fill(&from[0], noise);
    fill(&from[1], bars);
    resample_planes(from, to, 2, whole, whole, chroma, 2);
    for (int i = 0; i < 2; i++) {
        resample_planes(&from[i], &alone, 1, whole, whole, chroma, 1);
        g_assert_cmpmem(to[i].data, to[i].stride * 30, alone.data, alone.stride * 30);
        g_free(from[i].data);
        g_free(to[i].data);
    }
    g_free(alone.data);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/resample/sizes", test_sizes);
    g_test_add_func("/resample/part", test_part);
    g_test_add_func("/resample/flat", test_flat);
    g_test_add_func("/resample/two", test_two);
    return g_test_run();
}
