/* EXIF blocks, as any container may hold them. */
#include "photo/exif.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    Exif exif;
    exif_read(&exif, data, size);
    g_assert_true(exif.orientation >= 1 && exif.orientation <= 8);
    g_assert_true(!exif.artist || g_utf8_validate(exif.artist, -1, NULL));
    exif_clear(&exif);
    return 0;
}
