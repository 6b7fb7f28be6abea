/* The order in which a gallery's pages show its photos, and which of them stands for it. */
#pragma once

#include <glib.h>

#include "desk/captions.h"

typedef struct {
    const char *name;
    guint row;       /* of captions.csv; G_MAXUINT for none */
    gboolean marked; /* there as the lead */
} Place;

/* The photos of these names (char *, borrowed): in the order of the table's rows, and then by name. An array
 * of Place; free with g_array_unref(). */
GArray *lineup(const GPtrArray *names, Captions *captions);

/* The lead: the first one that is marked, else the first; NULL where there is none. */
const char *lineup_lead(const GArray *places);
