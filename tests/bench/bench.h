/* What the benchmark's programs share. */
#pragma once

#include <glib.h>
#include <stdlib.h>
#include <time.h>

G_NORETURN static void give_up(const char *why)
{
    g_printerr("%s: %s\n", g_get_prgname(), why);
    exit(1);
}

/* Seconds that this process has taken. */
static double processor_time(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) < 0)
        give_up("processor time cannot be measured here");
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
