/* The order in which a gallery's pages show its photos, and which of them stands for it. */
#pragma once

#include <glib.h>

#include "desk/captions.h"

typedef struct {
    const char *name;
    guint row;       /* of captions.csv; G_MAXUINT for none */
    gboolean marked; /* there as the lead */
} Place;

/* The order of names where no table says one, as people number them: photo2 goes before photo10. ASCII digits
 * count by their value, all else by bytes, whatever the locale. As strcmp(); 0 only of equal names. */
int lineup_compare(const char *a, const char *b);

/* The photos of these names (char *, borrowed): in the order of the table's rows, and then by name as above.
 * An array of Place; free with g_array_unref(). */
GArray *lineup(const GPtrArray *names, Captions *captions);

/* The lead: the first one that is marked, else the first; NULL where there is none. */
const char *lineup_lead(const GArray *places);
