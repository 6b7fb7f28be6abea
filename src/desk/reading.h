/* All that is known of one photo before a pixel of it is decoded: its own bytes, its sidecars and what people
 * said, put together. Only in a child process. */
#pragma once

#include <glib.h>

#include "desk/input.h"
#include "desk/intake.h"
#include "photo/photo.h"

typedef struct {
    char *sidecar_name; /* UTF-8, or NULL */
    Xmp sidecar;        /* empty where there is none */
    gboolean unheard;   /* there is one, but what it says is not known */
    Intake intake;
    PhotoText text;
} Reading;

/* Fails as intake_read() does, and where the focus is none. To be cleared after either result. */
gboolean reading_make(Reading *reading, const Job *job, const Input *input, GPtrArray *warnings,
                      GError **error);
void reading_clear(Reading *reading);
