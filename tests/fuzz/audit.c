/* The walks of whole pictures for what stands beside their pixels. */
#include "photo/audit.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GPtrArray) findings = audit_findings_new();
    if (audit_is_picture(data, size))
        audit(bytes, findings);
    return 0;
}
