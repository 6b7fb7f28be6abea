/* captions.csv, as any spreadsheet or hand may have left it. */
#include "photo/sidecar.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    GVariant *rows = sidecar_parse(data, size, &error);
    g_assert_true((rows != NULL) == (error == NULL));
    if (rows)
        g_variant_unref(g_variant_ref_sink(rows));
    return 0;
}
