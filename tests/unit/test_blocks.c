#include "unit.h"

#include <string.h>

#include "photo/blocks.h"
#include "photo/c2pa.h"
#include "photo/extended.h"
#include "photo/png.h"

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
                  "8BIM\x04\x04\0\0\0\0\0\x08\x1c\x02"); /* cut in the midst of the resource */
    SEGMENT(0xe1, "http://ns.adobe.com/xmp/extension/\0"
                  "0123456789ABCDEF0123456789ABCDEF\0\0\0\1\0\0\0\0x");
    SEGMENT(0xed, "Photoshop 3.0\0"
                  "P\0\3Dan");
    SEGMENT(0xeb, "JP\0\1\0\0\0\1\0\0\0\x2ejumb\0\0\0\x26jumd"
                  "c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\3c2pa\0");
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
    g_assert_cmpmem(g_bytes_get_data(blocks.iptc, NULL), g_bytes_get_size(blocks.iptc), "\x1c\x02P\0\3Dan",
                    8);
    g_assert_cmpuint(blocks.extended->len, ==, 1);
    g_assert_true(blocks.has_c2pa && blocks.has_comment && blocks.has_preview && blocks.has_adobe);
    blocks_clear(&blocks);

    /* every cut of it is walked without a step too far */
    for (gsize n = 0; n < g_bytes_get_size(bytes); n++) {
        g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(bytes, NULL), n);
        g_autoptr(GBytes) cut = g_bytes_new_static(copy, n);
        blocks_from_jpeg(&blocks, cut);
        blocks_clear(&blocks);
    }
}

static void test_other_jumbf(void)
{
    static const char other[] = "JP\0\1\0\0\0\1\0\0\0\x2ejumb\0\0\0\x26jumd"
                                "0123456789abcdef\3jumb\0";
    g_assert_false(c2pa_is_segment((const guchar *)other, sizeof other - 1));
    for (gsize n = 0; n < 46; n++) {
        g_autofree guchar *cut = g_memdup2(other, n);
        g_assert_false(c2pa_is_segment(cut, n));
    }
}

static void assert_c2pa(Format format, const char *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_assert_true(c2pa_is_in(format, bytes));
    for (gsize n = 0; n < size; n++) {
        g_autofree guint8 *copy = g_memdup2(data, n);
        g_autoptr(GBytes) cut = g_bytes_new_static(copy, n);
        c2pa_is_in(format, cut);
    }
    g_autofree char *changed = g_memdup2(data, size);
    changed[size - 5] ^= 0x20;
    g_autoptr(GBytes) other = g_bytes_new_static(changed, size);
    g_assert_false(c2pa_is_in(format, other));
}

static void test_c2pa(void)
{
#define IN(format, data) assert_c2pa(format, data, sizeof(data) - 1)
    IN(FORMAT_WEBP, "RIFF\x2a\0\0\0WEBPVP8 \3\0\0\0abc\0C2PA\0\0\0\0");
    IN(FORMAT_HEIF, "\0\0\0\x0c"
                    "ftypheic\0\0\0\x18uuid"
                    "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81");
    IN(FORMAT_HEIF, "\0\0\0\1free\0\0\0\0\0\0\0\x10\0\0\0\1uuid\0\0\0\0\0\0\0\x20"
                    "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81");
}

/* ---- PNG ---- */

#define CHUNK(type, data) add_chunk(png, type, data, sizeof(data) - 1)

static void add_chunk(GByteArray *png, const char *type, const char *data, gsize size)
{
    guint8 length[4] = { 0, 0, (guint8)(size >> 8), (guint8)size };
    g_byte_array_append(png, length, 4);
    g_byte_array_append(png, (const guint8 *)type, 4);
    g_byte_array_append(png, (const guint8 *)data, (guint)size);
    g_byte_array_append(png, (const guint8 *)"CRC?", 4);
}

static void test_png(void)
{
    GByteArray *png = g_byte_array_new();
    g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
    CHUNK("IDAT", "pixels");
    CHUNK("eXIf", "MM\0*");
    /* "<x/>", packed */
    CHUNK("iTXt", "XML:com.adobe.xmp\0\1\0\0\0\x78\x9c\xb3\xa9\xd0\xb7\x03\x00\x02\xf8\x01\x22");
    CHUNK("tEXt", "Raw profile type iptc\0\niptc\n      8\n1c025000\n0344616e\n\x91\x1e");
    CHUNK("tEXt", "Raw profile type exif\0\nexif\n    900\n4d4d");
    CHUNK("zTXt", "Raw profile type xmp\0\0broken");
    CHUNK("tEXt", "Comment\0hello");
    CHUNK("caBX", "");
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(png);
    Blocks blocks = { 0 };
    png_read_blocks(&blocks, bytes);
    g_assert_cmpmem(g_bytes_get_data(blocks.exif, NULL), g_bytes_get_size(blocks.exif), "MM\0*", 4);
    g_assert_cmpmem(g_bytes_get_data(blocks.xmp, NULL), g_bytes_get_size(blocks.xmp), "<x/>", 4);
    g_assert_cmpmem(g_bytes_get_data(blocks.iptc, NULL), g_bytes_get_size(blocks.iptc), "\x1c\x02P\0\3Dan",
                    8);
    g_assert_true(blocks.has_comment && blocks.has_c2pa);
    blocks_clear(&blocks);
    for (gsize n = 8; n < g_bytes_get_size(bytes); n++) {
        g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(bytes, NULL), n);
        g_autoptr(GBytes) cut = g_bytes_new_static(copy, n);
        png_read_blocks(&blocks, cut);
        blocks_clear(&blocks);
    }
}

/* ---- Extended XMP ---- */

#define GUID "0123456789ABCDEF0123456789ABCDEF"

static void add_part(GPtrArray *parts, const char *guid, guint8 whole, guint8 offset, const char *text)
{
    GByteArray *part = g_byte_array_new();
    g_byte_array_append(part, (const guint8 *)guid, 32);
    g_byte_array_append(part, (const guint8[]){ 0, 0, 0, whole, 0, 0, 0, offset }, 8);
    g_byte_array_append(part, (const guint8 *)text, (guint)strlen(text));
    g_ptr_array_add(parts, g_byte_array_free_to_bytes(part));
}

static void test_extended(void)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    add_part(parts, GUID, 6, 4, "ef");
    g_assert_null(extended_join(parts, GUID, 100)); /* a part is missing */
    add_part(parts, "F123456789ABCDEF0123456789ABCDEF", 6, 0, "xxxx");
    g_assert_null(extended_join(parts, GUID, 100)); /* it is another's */
    add_part(parts, GUID, 6, 0, "abcd");
    g_autoptr(GBytes) joined = extended_join(parts, GUID, 100);
    g_assert_cmpmem(g_bytes_get_data(joined, NULL), g_bytes_get_size(joined), "abcdef", 6);
    g_assert_null(extended_join(parts, GUID, 5));
    g_assert_null(extended_join(parts, "", 100));
    add_part(parts, GUID, 6, 3, "d");
    g_assert_null(extended_join(parts, GUID, 100)); /* a byte is given twice */
    g_ptr_array_set_size(parts, 0);
    add_part(parts, GUID, 6, 4, "efg");
    g_assert_null(extended_join(parts, GUID, 100)); /* beyond the whole */
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/blocks/segments", test_segments);
    g_test_add_func("/blocks/other-jumbf", test_other_jumbf);
    g_test_add_func("/c2pa/formats", test_c2pa);
    g_test_add_func("/png/chunks", test_png);
    g_test_add_func("/extended/join", test_extended);
    return g_test_run();
}
