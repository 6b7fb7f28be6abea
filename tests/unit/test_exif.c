#include "unit.h"

#include <string.h>

#include "photo/exif.h"

static GPtrArray *warnings;

/* TIFF header, one directory with an Artist of n bytes and an orientation. */
static GBytes *make_exif(const char *artist, guint8 orientation)
{
    GByteArray *block = g_byte_array_new();
    guint8 n = (guint8)(strlen(artist) + 1);
    guint8 head[] = { 'M', 'M',  0, '*', 0, 0, 0, 8, 0, 2,                  /* entries */
                      1,   0x12, 0, 3,   0, 0, 0, 1, 0, orientation, 0, 0,  /* orientation, SHORT */
                      1,   0x3b, 0, 2,   0, 0, 0, n, 0, 0,           0, 38, /* artist, ASCII, at 38 */
                      0,   0,    0, 0 };
    g_byte_array_append(block, head, sizeof head);
    g_byte_array_append(block, (const guint8 *)artist, n);
    return g_byte_array_free_to_bytes(block);
}

static void read_block(Exif *exif, GBytes *block)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(block, &size);
    exif_read(exif, data, size, NULL, warnings);
}

static void test_exif(void)
{
    Exif exif;
    g_autoptr(GBytes) utf8 = make_exif("דנה כהן", 6);
    read_block(&exif, utf8);
    g_assert_cmpstr(exif.artist, ==, "דנה כהן");
    g_assert_cmpuint(exif.orientation, ==, 6);
    g_assert_false(exif.has_gps || exif.has_thumbnail || exif.adobe_rgb);
    exif_clear(&exif);

    g_autoptr(GBytes) cp1255 = make_exif("\xe3\xf0\xe4 \xeb\xe4\xef", 9);
    read_block(&exif, cp1255);
    g_assert_cmpstr(exif.artist, ==, "דנה כהן");
    g_assert_cmpuint(exif.orientation, ==, 1); /* 9 is none */
    exif_clear(&exif);

    exif_read(&exif, NULL, 0, NULL, warnings);
    g_assert_cmpuint(exif.orientation, ==, 1);
    g_assert_null(exif.artist);
    for (gsize n = 0; n < g_bytes_get_size(utf8); n++) {
        g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(utf8, NULL), n);
        exif_read(&exif, copy, n, NULL, warnings);
        exif_clear(&exif);
    }
}

/* A directory of any entries whose values stand behind it, little-endian. */
typedef struct {
    guint16 tag, type;
    const char *value;
    gsize size;
} Field;

static GBytes *make_block(const Field *fields, guint n)
{
    GByteArray *block = g_byte_array_new(), *values = g_byte_array_new();
    g_byte_array_append(block, (const guint8 *)"II*\0\x08\0\0\0", 8);
    guint8 count[2] = { (guint8)n, 0 };
    g_byte_array_append(block, count, 2);
    guint32 behind = 8 + 2 + n * 12 + 4;
    for (guint i = 0; i < n; i++) {
        guint8 head[8] = { (guint8)fields[i].tag, (guint8)(fields[i].tag >> 8), (guint8)fields[i].type, 0,
                           (guint8)fields[i].size };
        guint32 at = behind + values->len;
        guint8 offset[4] = { (guint8)at, (guint8)(at >> 8) };
        g_byte_array_append(block, head, 8);
        g_byte_array_append(block, offset, 4);
        g_byte_array_append(values, (const guint8 *)fields[i].value, (guint)fields[i].size);
    }
    g_byte_array_append(block, (const guint8[]){ 0, 0, 0, 0 }, 4);
    g_byte_array_append(block, values->data, values->len);
    g_byte_array_unref(values);
    return g_byte_array_free_to_bytes(block);
}

static void test_texts(void)
{
    const Field fields[] = { { 0x010e, 2, "Pupils at the fair", 19 },
                             { 0x8298, 2, "\xa9 Dana Cohen", 13 },
                             { 0x9c9b, 1, "\xd0\x05\xd1\x05\0\0", 6 },
                             { 0x9c9d, 1, "\xd3\x05\xe0\x05\xd4\x05\0\0", 8 } };
    g_autoptr(GBytes) block = make_block(fields, G_N_ELEMENTS(fields));
    Exif exif;
    read_block(&exif, block);
    g_assert_cmpstr(exif.description, ==, "Pupils at the fair");
    g_assert_cmpstr(exif.copyright, ==, "© Dana Cohen");
    g_assert_cmpstr(exif.xp_title, ==, "אב");
    g_assert_cmpstr(exif.xp_author, ==, "דנה");
    g_assert_null(exif.artist);
    exif_clear(&exif);
}

/* Text that cannot be decoded is told, and left out. */
static void test_unknown(void)
{
    const Field fields[] = { { 0x013b, 2, "\x81\x81\x81\x81\0", 5 }, { 0x9c9d, 1, "\0\xd8\0\xd8\x41\0", 6 } };
    g_autoptr(GBytes) block = make_block(fields, G_N_ELEMENTS(fields));
    Exif exif;
    g_ptr_array_set_size(warnings, 0);
    read_block(&exif, block);
    g_assert_null(exif.artist);
    g_assert_null(exif.xp_author);
    g_assert_cmpuint(warnings->len, ==, 2);
    g_assert_nonnull(strstr(warnings->pdata[0], "Artist"));
    exif_clear(&exif);
}

/* Two directories that lead to one another. */
static void test_loop(void)
{
    static const guint8 loop[] = { 'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4,
                                   0,   1,   0,   0, 0, 8, 0, 0, 0, 8, 0,    0,    0 };
    Exif exif;
    exif_read(&exif, loop, sizeof loop, NULL, warnings);
    g_assert_cmpuint(exif.orientation, ==, 1);
    exif_clear(&exif);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    warnings = g_ptr_array_new_with_free_func(g_free);
    g_test_add_func("/exif/read", test_exif);
    g_test_add_func("/exif/texts", test_texts);
    g_test_add_func("/exif/unknown", test_unknown);
    g_test_add_func("/exif/loop", test_loop);
    int status = g_test_run();
    g_ptr_array_unref(warnings);
    return status;
}
