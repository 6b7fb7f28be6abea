#include "desk/lineup.h"

#include <string.h>

/* Past the zeros in front of a number. */
static gsize skip_zeros(const char **name)
{
    gsize zeros = strspn(*name, "0");
    *name += zeros;
    return zeros;
}

/* Two runs of digits by their value, however long they are; of the same value, with fewer zeros in front
 * first. Goes past both where they are the same. */
static int compare_numbers(const char **a, const char **b)
{
    gsize zeros_a = skip_zeros(a), zeros_b = skip_zeros(b);
    gsize digits_a = strspn(*a, "0123456789"), digits_b = strspn(*b, "0123456789");
    int order = (digits_a > digits_b) - (digits_a < digits_b);
    if (order == 0)
        order = strncmp(*a, *b, digits_a);
    if (order == 0)
        order = (zeros_a > zeros_b) - (zeros_a < zeros_b);
    *a += digits_a;
    *b += digits_b;
    return order;
}

int lineup_compare(const char *a, const char *b)
{
    int order = 0;
    while (order == 0 && *a && *b)
        if (g_ascii_isdigit(*a) && g_ascii_isdigit(*b))
            order = compare_numbers(&a, &b);
        else
            order = (guchar)*a++ - (guchar)*b++;
    return order ? order : (guchar)*a - (guchar)*b;
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    const Place *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : lineup_compare(x->name, y->name);
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
