#include "unit.h"

#include "photo/points.h"

static void test_points(void)
{
    static const struct {
        guint primaries, transfer;
        Points points;
    } cases[] = { { 0, 0, POINTS_SRGB },    { 1, 13, POINTS_SRGB },        { 2, 2, POINTS_SRGB },
                  { 1, 8, POINTS_SRGB },    { 12, 13, POINTS_DISPLAY_P3 }, { 12, 2, POINTS_DISPLAY_P3 },
                  { 12, 16, POINTS_VIDEO }, { 1, 18, POINTS_VIDEO },       { 9, 1, POINTS_VIDEO },
                  { 9, 16, POINTS_VIDEO } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(points_tell(cases[i].primaries, cases[i].transfer), ==, cases[i].points);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/points/tell", test_points);
    return g_test_run();
}
