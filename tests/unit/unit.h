/* What every unit test begins with: GLib's test framework, speaking TAP to prove. */
#pragma once

#include <glib.h>

static inline void unit_init(char *program)
{
    char *args[] = { program, (char *)"--tap", NULL };
    char **argv = args;
    int argc = 2;
    g_test_init(&argc, &argv, NULL);
}
