/* XMP packets, embedded or beside a photo. */
#include "photo/xmp.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GBytes) packet = g_bytes_new(data, size);
    Xmp xmp;
    xmp_read(&xmp, packet, NULL, "its XMP", NULL, NULL, warnings);
    for (char **name = xmp.creators; *name; name++)
        g_assert_true(**name && g_utf8_validate(*name, -1, NULL));
    for (guint i = 0; i < xmp.n_faces; i++) {
        const XmpFace *face = &xmp.faces[i];
        g_assert_true(face->x >= 0 && face->y >= 0 && face->width > 0 && face->x + face->width <= 1 + 1e-9 &&
                      face->height > 0 && face->y + face->height <= 1 + 1e-9);
    }
    xmp_clear(&xmp);
    return 0;
}
