#include "unit.h"

#include <string.h>

#include "photo/blocks.h"
#include "photo/exif.h"

#define SEGMENT(marker, data) add(jpeg, marker, data, sizeof(data) - 1)

static void add(GByteArray *jpeg, guint8 marker, const char *data, gsize size)
{
    guint8 head[] = { 0xff, marker, (guint8)((size + 2) >> 8), (guint8)(size + 2) };
    g_byte_array_append(jpeg, head, 4);
    g_byte_array_append(jpeg, (const guint8 *)data, (guint)size);
}

static void test_segments(void)
{
    GByteArray *jpeg = g_byte_array_new();
    g_byte_array_append(jpeg, (const guint8 *)"\xff\xd8\xff", 3); /* SOI, a fill byte */
    SEGMENT(0xe1, "Exif\0\0MM\0*");
    SEGMENT(0xe2, "ICC_PROFILE\0\x02\x02tail");
    SEGMENT(0xe1, "http://ns.adobe.com/xap/1.0/\0<x/>");
    SEGMENT(0xe2, "ICC_PROFILE\0\x01\x02head");
    SEGMENT(0xe2, "MPF\0MM");
    SEGMENT(0xed, "Photoshop 3.0\0"
                  "8BIM\x04\x04\0\0\0\0\0\0");
    SEGMENT(0xeb, "JP\0\0");
    SEGMENT(0xee, "Adobe\0\x64\0\0\0\0\2");
    SEGMENT(0xfe, "comment");
    SEGMENT(0xda, "\1\1\0\0\0\0");
    SEGMENT(0xe1, "Exif\0\0behind the scan");
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(jpeg);

    Blocks blocks;
    blocks_from_jpeg(&blocks, bytes);
    g_assert_cmpmem(g_bytes_get_data(blocks.exif, NULL), g_bytes_get_size(blocks.exif), "Exif\0\0MM\0*", 10);
    g_assert_cmpmem(g_bytes_get_data(blocks.icc, NULL), g_bytes_get_size(blocks.icc), "headtail", 8);
    g_assert_cmpmem(g_bytes_get_data(blocks.xmp, NULL), g_bytes_get_size(blocks.xmp), "<x/>", 4);
    g_assert_true(blocks.has_iptc && blocks.has_c2pa && blocks.has_comment && blocks.has_preview &&
                  blocks.has_adobe);
    blocks_clear(&blocks);

    /* every cut of it is walked without a step too far */
    for (gsize n = 0; n < g_bytes_get_size(bytes); n++) {
        g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(bytes, NULL), n);
        g_autoptr(GBytes) cut = g_bytes_new_static(copy, n);
        blocks_from_jpeg(&blocks, cut);
        blocks_clear(&blocks);
    }
}

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
    exif_read(exif, data, size);
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

    exif_read(&exif, NULL, 0);
    g_assert_cmpuint(exif.orientation, ==, 1);
    g_assert_null(exif.artist);
    for (gsize n = 0; n < g_bytes_get_size(utf8); n++) {
        g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(utf8, NULL), n);
        exif_read(&exif, copy, n);
        exif_clear(&exif);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/blocks/segments", test_segments);
    g_test_add_func("/exif/read", test_exif);
    return g_test_run();
}
