/* What a photo's time goes into, and how one process tells it another. */
#include "unit.h"

#include "base/times.h"

static void test_steps(void)
{
    Times times;
    times_begin(&times);
    g_usleep(2000);
    times_step(&times, TIMES_LOAD);
    g_usleep(1000);
    times_step(&times, TIMES_SCALE);
    g_usleep(1000);
    times_step(&times, TIMES_LOAD);
    g_assert_cmpint(times.us[TIMES_LOAD], >=, 3000);
    g_assert_cmpint(times.us[TIMES_SCALE], >=, 1000);
    g_assert_cmpint(times.us[TIMES_ENCODE], ==, 0);
}

static void test_told(void)
{
    Times times = { .us = { 1, 2, 3, 4, 5 } }, back;
    g_autoptr(GVariant) told = g_variant_ref_sink(times_tell(&times));
    times_read(&back, told);
    for (TimesStep step = 0; step < TIMES_STEPS; step++)
        g_assert_cmpint(back.us[step], ==, times.us[step]);
    times_add(&back, &times);
    g_assert_cmpint(back.us[TIMES_WRITE], ==, 10);
}

static void test_nonsense(void)
{
    Times times;
    g_autoptr(GVariant) odd =
        g_variant_ref_sink(g_variant_new_parsed("{'load': <int64 -5>, 'scale': <int64 9223372036854775807>, "
                                                "'stamp': <'x'>, 'sleep': <int64 7>, 'write': <int64 8>}"));
    times_read(&times, odd);
    g_assert_cmpint(times.us[TIMES_LOAD], ==, 0);
    g_assert_cmpint(times.us[TIMES_SCALE], ==, 0);
    g_assert_cmpint(times.us[TIMES_STAMP], ==, 0);
    g_assert_cmpint(times.us[TIMES_WRITE], ==, 8);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/times/steps", test_steps);
    g_test_add_func("/times/told", test_told);
    g_test_add_func("/times/nonsense", test_nonsense);
    return g_test_run();
}
