/* A gallery's table, captions.csv, as a child reads it. */
#pragma once

#include <glib.h>

typedef struct {
    char *path;
    void *gallery;    /* the caller's */
    gboolean awaited; /* it may be arriving yet: without its end it is incomplete */
} Table;

/* Gives rows (SIDECAR_ROWS_TYPE) and warnings as, as sidecar_parse() does. A PoolWork. */
GVariant *table_read(gpointer table, guint threads, GError **error);
