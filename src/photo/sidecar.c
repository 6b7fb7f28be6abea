#include "photo/sidecar.h"

#include <csv.h>
#include <string.h>

#include "base/error.h"
#include "photo/charset.h"

enum { COLUMN_FILE, COLUMN_CAPTION, COLUMN_CREDIT, COLUMN_ALT, COLUMN_FOCUS, COLUMN_LEAD, COLUMNS };
static const char *const column_names[COLUMNS] = { "file", "caption", "credit", "alt", "focus", "lead" };

typedef struct {
    int column_of[COLUMNS]; /* -1: the table has none */
    int columns;            /* that the first row names */
    guint row;              /* being read, from 1 */
    int cell;               /* index in the row */
    char *value[COLUMNS];   /* of the row being read */
    GHashTable *index;      /* file -> position in rows + 1 */
    GPtrArray *rows;        /* GVariant */
    GString *unknown;       /* columns that are of no use here */
    GPtrArray *warnings;
    char *fault; /* the first thing that makes the table unfit, or NULL */
} Table;

#define NAMES "file, caption, credit, alt, focus, lead"

static void take_name(Table *table, const char *text)
{
    for (int c = 0; c < COLUMNS; c++)
        if (g_ascii_strcasecmp(text, column_names[c]) == 0) {
            if (table->column_of[c] >= 0 && !table->fault)
                table->fault = g_strdup_printf("its first row names the column '%s' twice; leave one of them",
                                               column_names[c]);
            table->column_of[c] = table->cell;
            return;
        }
    if (*text)
        g_string_append_printf(table->unknown, "%s'%s'", table->unknown->len ? ", " : "", text);
}

static void take_value(Table *table, const char *text)
{
    for (int c = 0; c < COLUMNS; c++)
        if (table->column_of[c] == table->cell) {
            g_free(table->value[c]);
            table->value[c] = g_strdup(text);
        }
    /* a trailing comma, or one that stood in a text: then the credit is in the wrong place */
    if (table->cell >= table->columns && !table->fault)
        table->fault =
            g_strdup_printf("row %u has more columns than the first row names; put a text that has "
                            "commas in it into quotation marks, and take surplus commas away",
                            table->row);
}

static void on_cell(void *data, size_t size, void *user)
{
    Table *table = user;
    g_autofree char *text = g_strndup(data ? data : "", data ? size : 0);
    g_strstrip(text);
    if (table->row == 1)
        take_name(table, text);
    else
        take_value(table, text);
    table->cell++;
}

/* Whether a cell says yes: anything but what people write for no. */
static gboolean is_mark(const char *text)
{
    static const char *const no[] = { "", "0", "-", "no", "false", "לא" };
    for (gsize i = 0; text && i < G_N_ELEMENTS(no); i++)
        if (g_ascii_strcasecmp(text, no[i]) == 0)
            return FALSE;
    return text != NULL;
}

static const char *say(const char *text)
{
    return text ? text : "";
}

/* Of two rows for one file the later one stays. */
static void take_row(Table *table)
{
    char **v = table->value;
    GVariant *row = g_variant_ref_sink(g_variant_new(SIDECAR_ROW, v[COLUMN_FILE], say(v[COLUMN_CAPTION]),
                                                     say(v[COLUMN_CREDIT]), say(v[COLUMN_ALT]),
                                                     say(v[COLUMN_FOCUS]), is_mark(v[COLUMN_LEAD])));
    guint earlier = GPOINTER_TO_UINT(g_hash_table_lookup(table->index, v[COLUMN_FILE]));
    if (!earlier) {
        g_ptr_array_add(table->rows, row);
        g_hash_table_insert(table->index, g_strdup(v[COLUMN_FILE]), GUINT_TO_POINTER(table->rows->len));
        return;
    }
    if (!g_variant_equal(table->rows->pdata[earlier - 1], row))
        g_ptr_array_add(table->warnings,
                        g_strdup_printf("it has two rows for %s that differ; the later one, row %u, was used",
                                        v[COLUMN_FILE], table->row));
    g_variant_unref(table->rows->pdata[earlier - 1]);
    table->rows->pdata[earlier - 1] = row;
}

static void on_row(int end, void *user)
{
    (void)end;
    Table *table = user;
    if (table->row == 1)
        table->columns = table->cell;
    else if (table->value[COLUMN_FILE] && *table->value[COLUMN_FILE])
        take_row(table);
    for (int c = 0; c < COLUMNS; c++)
        g_clear_pointer(&table->value[c], g_free);
    table->row++;
    table->cell = 0;
}

/* Spreadsheets of many locales write semicolons, their plain text has tabs, and some say so in a line of its
 * own: "sep=;". Sets begin to where the table begins. */
static char find_delimiter(const char *text, const char **begin)
{
    *begin = text;
    if (g_ascii_strncasecmp(text, "sep=", 4) == 0 && text[4] && (text[5] == '\r' || text[5] == '\n')) {
        *begin = text + 5 + strspn(text + 5, "\r\n");
        return text[4];
    }
    gsize header = strcspn(text, "\r\n");
    if (memchr(text, ',', header))
        return ',';
    return memchr(text, ';', header) ? ';' : memchr(text, '\t', header) ? '\t' : ',';
}

/* The end of a field that begins with a quotation mark: behind the one that closes it. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at; at++)
        if (*at == '"' && *++at != '"')
            break;
    return at;
}

/* The text with fields put into quotation marks that have some within but do not begin with one: in a table
 * written by hand, צה"ל and 5" stand as they are. */
static char *quote_fields(const char *text, char delimiter)
{
    const char ends[] = { delimiter, '\r', '\n', '\0' };
    const char *blanks = delimiter == '\t' ? " " : " \t";
    GString *out = g_string_new(NULL);
    while (*text) {
        const char *begin = text + strspn(text, blanks);
        if (*begin == '"') {
            const char *end = skip_quoted(begin);
            end += strcspn(end, ends);
            g_string_append_len(out, text, end - text);
            text = end;
        } else {
            g_autofree char *field = g_strndup(begin, strcspn(begin, ends));
            text = begin + strlen(field);
            if (strchr(field, '"')) {
                g_auto(GStrv) parts = g_strsplit(g_strchomp(field), "\"", -1);
                g_autofree char *doubled = g_strjoinv("\"\"", parts);
                g_string_append_printf(out, "\"%s\"", doubled);
            } else
                g_string_append(out, field);
        }
        if (*text)
            g_string_append_c(out, *text++);
    }
    return g_string_free(out, FALSE);
}

/* What makes the parsed table unfit, or NULL. */
static char *find_fault(Table *table, gboolean parsed)
{
    if (!parsed)
        return g_strdup_printf("row %u: a quotation mark is not closed, or one stands within a text in "
                               "quotation marks without being "
                               "doubled, as in \"צה\"\"ל\"; mend it",
                               table->row);
    if (table->column_of[COLUMN_FILE] < 0)
        return g_strdup("its first row has no column 'file'; it must name the columns " NAMES
                        ", with commas, semicolons or tabs between them");
    return g_steal_pointer(&table->fault);
}

static void warn_of_leads(const GPtrArray *rows, GPtrArray *warnings)
{
    const char *file, *first = NULL;
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        gboolean lead;
        g_variant_get(rows->pdata[i], SIDECAR_ROW_PEEK, &file, NULL, NULL, NULL, NULL, &lead);
        if (lead && n++ == 0)
            first = file;
    }
    if (n > 1)
        g_ptr_array_add(warnings,
                        g_strdup_printf("it marks %u photos as the lead; the first, %s, is it", n, first));
}

/* UTF-16, which spreadsheets call Unicode text, begins with its byte order mark. */
static gboolean is_utf16(gconstpointer data, gsize size)
{
    return size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
}

GVariant *sidecar_parse(gconstpointer data, gsize size, GPtrArray *warnings, GError **error)
{
    gboolean has_nul = size > 0 && memchr(data, 0, size) && !is_utf16(data, size);
    g_autofree char *text = has_nul ? NULL : charset_decode(data, size, NULL);
    if (!text) {
        error_failed(error, "is not text; save it as CSV in UTF-8");
        return NULL;
    }

    const char *begin;
    char delimiter = find_delimiter(text, &begin);
    if (begin[strspn(begin, " \t\r\n")] == '\0') {
        error_failed(error, "is empty; name its columns in its first row (" NAMES "), or remove it");
        return NULL;
    }

    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    g_autoptr(GString) unknown = g_string_new(NULL);
    Table table = { .column_of = { -1, -1, -1, -1, -1, -1 },
                    .row = 1,
                    .index = index,
                    .rows = rows,
                    .unknown = unknown,
                    .warnings = warnings };

    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("csv_init: out of memory");
    csv_set_delim(&parser, (unsigned char)delimiter);
    g_autofree char *table_text = quote_fields(begin, delimiter);
    gsize length = strlen(table_text);
    gboolean parsed = csv_parse(&parser, table_text, length, on_cell, on_row, &table) == length &&
                      csv_fini(&parser, on_cell, on_row, &table) == 0;
    csv_free(&parser);
    for (int c = 0; c < COLUMNS; c++)
        g_free(table.value[c]);

    g_autofree char *fault = find_fault(&table, parsed);
    g_free(table.fault);
    if (fault) {
        error_failed(error, "%s", fault);
        return NULL;
    }
    if (unknown->len > 0)
        g_ptr_array_add(warnings,
                        g_strdup_printf("its columns %s are not used; those that are: " NAMES, unknown->str));
    warn_of_leads(rows, warnings);
    return g_variant_new_array(SIDECAR_ROW_TYPE, (GVariant **)rows->pdata, rows->len);
}

gboolean sidecar_focus(const char *text, double *x, double *y)
{
    double *const point[] = { x, y };
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    if (g_strv_length(parts) != G_N_ELEMENTS(point))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(point); i++) {
        char *end, *number = g_strstrip(parts[i]);
        *point[i] = g_ascii_strtod(number, &end);
        if (!g_ascii_isdigit(*number) || strspn(number, "0123456789.") != strlen(number) || *end != '\0' ||
            *point[i] > 1)
            return FALSE;
    }
    return TRUE;
}
