#include "photo/sidecar.h"

#include <csv.h>
#include <string.h>

#include "base/error.h"
#include "photo/charset.h"

enum { COLUMN_FILE, COLUMN_CAPTION, COLUMN_CREDIT, COLUMN_ALT, COLUMNS };
static const char *const column_names[COLUMNS] = { "file", "caption", "credit", "alt" };

typedef struct {
    int column_of[COLUMNS]; /* -1: the table has none */
    gboolean in_header;
    int cell;             /* index in the row */
    char *value[COLUMNS]; /* of the row being read */
    GHashTable *index;    /* file -> position in rows + 1 */
    GPtrArray *rows;      /* GVariant */
} Table;

static void on_cell(void *data, size_t size, void *user)
{
    Table *table = user;
    g_autofree char *text = g_strndup(data ? data : "", data ? size : 0);
    g_strstrip(text);
    for (int c = 0; c < COLUMNS; c++) {
        if (table->in_header && g_ascii_strcasecmp(text, column_names[c]) == 0)
            table->column_of[c] = table->cell;
        if (!table->in_header && table->column_of[c] == table->cell) {
            g_free(table->value[c]);
            table->value[c] = g_strdup(text);
        }
    }
    table->cell++;
}

static void on_row(int end, void *user)
{
    (void)end;
    Table *table = user;
    char **v = table->value;

    if (!table->in_header && v[COLUMN_FILE] && *v[COLUMN_FILE]) {
        GVariant *row = g_variant_ref_sink(
            g_variant_new("(ssss)", v[COLUMN_FILE], v[COLUMN_CAPTION] ? v[COLUMN_CAPTION] : "",
                          v[COLUMN_CREDIT] ? v[COLUMN_CREDIT] : "", v[COLUMN_ALT] ? v[COLUMN_ALT] : ""));
        guint earlier = GPOINTER_TO_UINT(g_hash_table_lookup(table->index, v[COLUMN_FILE]));
        if (earlier) {
            g_variant_unref(table->rows->pdata[earlier - 1]);
            table->rows->pdata[earlier - 1] = row;
        } else {
            g_ptr_array_add(table->rows, row);
            g_hash_table_insert(table->index, g_strdup(v[COLUMN_FILE]), GUINT_TO_POINTER(table->rows->len));
        }
    }
    for (int c = 0; c < COLUMNS; c++)
        g_clear_pointer(&v[c], g_free);
    table->in_header = FALSE;
    table->cell = 0;
}

/* Spreadsheets of many locales write semicolons: the header tells. */
static unsigned char find_delimiter(const char *text)
{
    gsize header = strcspn(text, "\r\n");
    gboolean comma = memchr(text, ',', header) != NULL;
    return !comma && memchr(text, ';', header) ? ';' : ',';
}

GVariant *sidecar_parse(gconstpointer data, gsize size, GError **error)
{
    gboolean has_nul = size > 0 && memchr(data, 0, size); /* UTF-16, or no text at all */
    g_autofree char *text = has_nul ? NULL : charset_decode(data, size, NULL);
    if (!text) {
        error_failed(error, "is not text; save it as CSV in UTF-8");
        return NULL;
    }

    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    Table table = { .column_of = { -1, -1, -1, -1 }, .in_header = TRUE, .index = index, .rows = rows };

    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("csv_init: out of memory");
    csv_set_delim(&parser, find_delimiter(text));
    gsize length = strlen(text);
    gboolean ok = csv_parse(&parser, text, length, on_cell, on_row, &table) == length &&
                  csv_fini(&parser, on_cell, on_row, &table) == 0;
    int fault = csv_error(&parser);
    csv_free(&parser);
    for (int c = 0; c < COLUMNS; c++)
        g_free(table.value[c]);

    if (!ok) {
        error_failed(error, "after %u rows: %s; check its quotation marks", rows->len, csv_strerror(fault));
        return NULL;
    }
    if (table.column_of[COLUMN_FILE] < 0) {
        error_failed(error, SIDECAR_NAME
                     ": its first row has no column 'file'; it must name the columns file, caption, "
                     "credit, alt");
        return NULL;
    }
    return g_variant_new_array(SIDECAR_ROW_TYPE, (GVariant **)rows->pdata, rows->len);
}
