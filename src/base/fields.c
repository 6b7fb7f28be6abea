#include "base/fields.h"

#include <string.h>

static Field *find(Field *fields, gsize n, const char *key)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

gboolean fields_read(GVariant *dictionary, Field *fields, gsize n)
{
    gsize left = n;
    GVariantIter iter;
    const char *key;
    GVariant *value;
    (void)g_variant_get_data(dictionary); /* one block from now on, which what is lent lies in */
    g_variant_iter_init(&iter, dictionary);
    while (left > 0 && g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
        Field *field = find(fields, n, key);
        if (field && !field->found && g_variant_check_format_string(value, field->format, FALSE)) {
            g_variant_get(value, field->format, field->to);
            field->found = TRUE;
            left--;
        }
        g_variant_unref(value);
    }
    return left == 0;
}
