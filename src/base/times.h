/* What the time of a photo goes into, step by step, by the clock on the wall. */
#pragma once

#include <glib.h>

typedef enum { TIMES_LOAD, TIMES_SCALE, TIMES_STAMP, TIMES_ENCODE, TIMES_WRITE, TIMES_STEPS } TimesStep;

typedef struct {
    gint64 us[TIMES_STEPS];
    gint64 since; /* monotonic: the last step ended then */
} Times;

/* "load", "scale": a static string. */
const char *times_name(TimesStep step);

void times_begin(Times *times);

/* All since the step before was for this one. */
void times_step(Times *times, TimesStep step);

/* As one process tells it another: a floating a{sv}, of the names and us (x); and back. What is not in it is
 * 0, and so is what no clock gives. */
GVariant *times_tell(const Times *times);
void times_read(Times *times, GVariant *told);

void times_add(Times *sum, const Times *times);
