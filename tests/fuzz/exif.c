/* EXIF blocks, as any container may hold them. */
#include "photo/exif.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check(const char *text)
{
    g_assert_true(!text || (*text && g_utf8_validate(text, -1, NULL)));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    Exif exif;
    exif_read(&exif, data, size, NULL, warnings);
    g_assert_true(exif.orientation >= 1 && exif.orientation <= 8);
    check(exif.artist);
    check(exif.copyright);
    check(exif.description);
    check(exif.xp_author);
    check(exif.xp_title);
    check(exif.taken);
    exif_clear(&exif);
    return 0;
}
