#include "unit.h"

#include "render/mask.h"

static void test_spread(void)
{
    g_autoptr(Mask) dot = mask_new(21, 21);
    dot->data[10 * dot->stride + 10] = 255;
    g_autoptr(Mask) disc = mask_spread(dot, 3);
    for (int y = 0; y < 21; y++)
        for (int x = 0; x < 21; x++) {
            int distance = (x - 10) * (x - 10) + (y - 10) * (y - 10);
            guint8 covered = disc->data[(gsize)y * disc->stride + (gsize)x];
            if (distance <= 6)
                g_assert_cmpuint(covered, ==, 255);
            else if (distance >= 13)
                g_assert_cmpuint(covered, ==, 0);
            else
                g_assert_cmpuint(covered, >, 0);
        }
    g_assert_cmpuint(mask_most(dot), ==, 255);
}

/* Ink at the mask's edge spreads along it and not around it. */
static void test_edge(void)
{
    g_autoptr(Mask) dot = mask_new(9, 5);
    dot->data[8] = 100;
    g_autoptr(Mask) disc = mask_spread(dot, 2);
    g_assert_cmpuint(disc->data[7], ==, 100);
    g_assert_cmpuint(disc->data[disc->stride + 8], ==, 100);
    g_assert_cmpuint(disc->data[2 * disc->stride + 8], ==, 50);
    for (guint y = 0; y < 5; y++)
        for (guint x = 0; x < 5; x++)
            g_assert_cmpuint(disc->data[y * disc->stride + x], ==, 0);
    g_assert_cmpuint(mask_most(disc), ==, 100);
}

/* Full in the middle, less and less towards each edge. */
static void test_pad(void)
{
    g_autoptr(Mask) pad = mask_pad(40, 30, 6, 120);
    for (guint y = 6; y < 24; y++)
        for (guint x = 6; x < 34; x++)
            g_assert_cmpuint(pad->data[y * pad->stride + x], ==, 120);
    for (guint x = 1; x <= 6; x++) {
        g_assert_cmpuint(pad->data[15 * pad->stride + x], >, pad->data[15 * pad->stride + x - 1]);
        g_assert_cmpuint(pad->data[15 * pad->stride + 39 - x], ==, pad->data[15 * pad->stride + x]);
        g_assert_cmpuint(pad->data[x * pad->stride + 20], ==, pad->data[(29 - x) * pad->stride + 20]);
    }
    g_assert_cmpuint(pad->data[0], ==, 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/mask/spread", test_spread);
    g_test_add_func("/mask/edge", test_edge);
    g_test_add_func("/mask/pad", test_pad);
    return g_test_run();
}
