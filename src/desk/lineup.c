#include "desk/lineup.h"

#include <string.h>

static int compare_places(gconstpointer a, gconstpointer b)
{
    const Place *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : strcmp(x->name, y->name);
}

GArray *lineup(const GPtrArray *names, Captions *captions)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    for (guint i = 0; i < names->len; i++) {
        Place place = { .name = names->pdata[i] };
        place.row = captions_place(captions, place.name, &place.marked);
        g_array_append_val(places, place);
    }
    g_array_sort(places, compare_places);
    return places;
}

const char *lineup_lead(const GArray *places)
{
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        if (place->marked)
            return place->name;
    }
    return places->len > 0 ? g_array_index(places, Place, 0).name : NULL;
}
