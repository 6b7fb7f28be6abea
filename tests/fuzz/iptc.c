/* IPTC-IIM datasets. */
#include "photo/iptc.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    Iptc iptc;
    iptc_read(&iptc, data, size, NULL, warnings);
    for (char **name = iptc.creators; *name; name++)
        g_assert_true(**name && g_utf8_validate(*name, -1, NULL));
    g_assert_true(!iptc.caption || g_utf8_validate(iptc.caption, -1, NULL));
    iptc_clear(&iptc);
    return 0;
}
