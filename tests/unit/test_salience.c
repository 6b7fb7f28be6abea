#include "unit.h"

#include <string.h>

#include "render/colour.h"
#include "render/salience.h"

enum { WIDTH = 240, HEIGHT = 160 };

/* Packed sRGB, all of one colour. */
static guint8 *paint(const guint8 colour[3])
{
    guint8 *rgb = g_malloc(3 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        memcpy(rgb + 3 * i, colour, 3);
    return rgb;
}

static void put(guint8 *rgb, int left, int top, int width, int height, const guint8 colour[3])
{
    for (int y = top; y < top + height; y++)
        for (int x = left; x < left + width; x++)
            memcpy(rgb + 3 * (y * WIDTH + x), colour, 3);
}

static void assert_attention(const guint8 *rgb, double left, double right, double top, double bottom)
{
    g_autoptr(Frame) frame = frame_from_rgb(rgb, 3, WIDTH, HEIGHT, 1, 1, NULL);
    double x, y;
    salience_attention(frame, &x, &y);
    g_assert_cmpfloat(x * WIDTH, >=, left);
    g_assert_cmpfloat(x * WIDTH, <=, right);
    g_assert_cmpfloat(y * HEIGHT, >=, top);
    g_assert_cmpfloat(y * HEIGHT, <=, bottom);
}

static const guint8 grey[] = { 128, 128, 128 }, face[] = { 230, 180, 150 }, green[] = { 60, 160, 60 },
                    red[] = { 200, 40, 40 }, black[] = { 0, 0, 0 }, white[] = { 255, 255, 255 };

/* Nothing there: the middle, to a cell. */
static void test_plain(void)
{
    g_autofree guint8 *rgb = paint(grey);
    assert_attention(rgb, WIDTH / 2, WIDTH / 2 + WIDTH / 32, HEIGHT / 2, HEIGHT / 2 + HEIGHT / 32);
}

static void test_colours(void)
{
    g_autofree guint8 *rgb = paint(grey);
    put(rgb, 30, 90, 40, 40, green);
    put(rgb, 170, 30, 40, 40, face);
    assert_attention(rgb, 170, 210, 30, 70);
    put(rgb, 170, 30, 40, 40, grey);
    put(rgb, 30, 90, 40, 40, red);
    assert_attention(rgb, 30, 70, 90, 130);
}

/* In the dark there are no colours: the lighter of two patches draws the eye, and not the one of skin. */
static void test_dark(void)
{
    static const guint8 dark_face[] = { 73, 55, 44 }, dark_grey[] = { 62, 62, 62 },
                        light_grey[] = { 190, 190, 190 };
    g_autofree guint8 *rgb = paint(black);
    put(rgb, 20, 60, 40, 40, dark_face);
    put(rgb, 160, 60, 40, 40, dark_grey);
    assert_attention(rgb, 160, 200, 60, 100);
    put(rgb, 20, 60, 40, 40, face);
    put(rgb, 160, 60, 40, 40, light_grey);
    assert_attention(rgb, 20, 60, 60, 100);
}

static void test_edges(void)
{
    g_autofree guint8 *rgb = paint(grey);
    for (int y = 100; y < 140; y += 8)
        for (int x = 20 + y % 16; x < 70; x += 16)
            put(rgb, x, y, 8, 8, white);
    assert_attention(rgb, 20, 78, 100, 140);
}

static void assert_entropy(const guint8 *rgb, double width, double height, double x, double y)
{
    g_autoptr(Frame) frame = frame_from_rgb(rgb, 3, WIDTH, HEIGHT, 1, 1, NULL);
    double found_x, found_y;
    salience_entropy(frame, width, height, &found_x, &found_y);
    g_assert_cmpfloat_with_epsilon(found_x, x, 0.05);
    g_assert_cmpfloat_with_epsilon(found_y, y, 0.05);
}

/* A ramp of all tones is found wherever it lies; without it, or with room for all, the middle is taken. */
static void test_entropy(void)
{
    g_autofree guint8 *rgb = paint(grey);
    assert_entropy(rgb, 0.25, 0.25, 0.5, 0.5);
    for (int x = 0; x < 60; x++) {
        const guint8 tone[] = { (guint8)(4 * x), (guint8)(4 * x), (guint8)(4 * x) };
        put(rgb, 180 + x, 0, 1, 40, tone);
    }
    assert_entropy(rgb, 0.25, 0.25, 0.875, 0.125);
    assert_entropy(rgb, 0.25, 1, 0.875, 0.5);
    assert_entropy(rgb, 1, 1, 0.5, 0.5);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/salience/plain", test_plain);
    g_test_add_func("/salience/colours", test_colours);
    g_test_add_func("/salience/dark", test_dark);
    g_test_add_func("/salience/edges", test_edges);
    g_test_add_func("/salience/entropy", test_entropy);
    return g_test_run();
}
