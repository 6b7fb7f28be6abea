/* A dictionary (a{sv}) read in one walk: to look up one key after another takes it apart from its beginning
 * each time. */
#pragma once

#include <glib.h>

typedef struct {
    const char *key;
    const char *format; /* as g_variant_get() takes it, for one value: "u", "&s", "@a{sv}" */
    gpointer to; /* where that puts it; as it was where the key is not there or its value of another type */
    gboolean found;
} Field;

/* TRUE where all are found. Of a key that is there twice, the first of the field's type counts. What is lent
 * ("&s") lasts as long as the dictionary. */
gboolean fields_read(GVariant *dictionary, Field *fields, gsize n);
