#include "base/times.h"

#define LONGEST (365 * G_TIME_SPAN_DAY)

const char *times_name(TimesStep step)
{
    static const char *const names[] = {
        [TIMES_LOAD] = "load",     [TIMES_SCALE] = "scale", [TIMES_STAMP] = "stamp",
        [TIMES_ENCODE] = "encode", [TIMES_WRITE] = "write",
    };
    return names[step];
}

void times_begin(Times *times)
{
    *times = (Times){ .since = g_get_monotonic_time() };
}

void times_step(Times *times, TimesStep step)
{
    gint64 now = g_get_monotonic_time();
    times->us[step] += now - times->since;
    times->since = now;
}

GVariant *times_tell(const Times *times)
{
    GVariantBuilder told;
    g_variant_builder_init(&told, G_VARIANT_TYPE_VARDICT);
    for (TimesStep step = 0; step < TIMES_STEPS; step++)
        g_variant_builder_add(&told, "{sv}", times_name(step), g_variant_new_int64(times->us[step]));
    return g_variant_builder_end(&told);
}

void times_read(Times *times, GVariant *told)
{
    *times = (Times){ 0 };
    for (TimesStep step = 0; step < TIMES_STEPS; step++) {
        gint64 us = 0;
        if (g_variant_lookup(told, times_name(step), "x", &us) && us > 0 && us < LONGEST)
            times->us[step] = us;
    }
}

void times_add(Times *sum, const Times *times)
{
    for (TimesStep step = 0; step < TIMES_STEPS; step++)
        sum->us[step] += times->us[step];
}
