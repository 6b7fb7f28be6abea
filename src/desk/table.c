#include "desk/table.h"

#include "base/error.h"
#include "base/file.h"
#include "photo/sidecar.h"

/* Whether the table is there to the end of its last line, which would name somebody by half otherwise. */
static gboolean has_end(const char *path, GBytes *bytes)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    if (size > 1 && data[size - 1] == 0) /* UTF-16 */
        size--;
    return size > 0 && (data[size - 1] == '\n' || data[size - 1] == '\r') && !file_has_hole(path);
}

GVariant *table_read(gpointer data, guint threads, GError **error)
{
    (void)threads;
    const Table *table = data;
    g_autoptr(GBytes) bytes = file_read(table->path, SIDECAR_MAX, NULL, NULL, error);
    if (bytes && table->awaited && !has_end(table->path, bytes)) {
        g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE,
                            "the end of its last line has not come yet");
        return NULL;
    }
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    GVariant *rows =
        bytes ? sidecar_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), warnings, error) : NULL;
    if (!rows)
        return NULL;

    GVariantBuilder result;
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&result, "{sv}", "rows", rows);
    g_variant_builder_add(&result, "{sv}", "warnings",
                          g_variant_new_strv((const char *const *)warnings->pdata, warnings->len));
    return g_variant_builder_end(&result);
}
