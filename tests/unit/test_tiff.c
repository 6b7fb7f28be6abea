#include "unit.h"

#include <string.h>

#include "photo/exif.h"
#include "photo/tiff.h"

/* A TIFF is put together from its end: values and directories first, then what points to them. */
typedef struct {
    GByteArray *bytes;
    gboolean big_endian;
} Maker;

enum { ASCII = 2, SHORT = 3, LONG = 4, UNDEFINED = 7 };

static void add_number(const Maker *maker, GByteArray *out, guint bytes, guint32 number)
{
    for (guint i = 0; i < bytes; i++) {
        guint8 byte = (guint8)(number >> 8 * (maker->big_endian ? bytes - 1 - i : i));
        g_byte_array_append(out, &byte, 1);
    }
}

static Maker begin(gboolean big_endian)
{
    Maker maker = { g_byte_array_new(), big_endian };
    g_byte_array_append(maker.bytes, (const guint8 *)(big_endian ? "MM" : "II"), 2);
    add_number(&maker, maker.bytes, 2, 42);
    add_number(&maker, maker.bytes, 4, 0);
    return maker;
}

/* The offset of the text, which has its NUL. */
static guint32 add_text(Maker *maker, const char *text)
{
    guint32 at = maker->bytes->len;
    g_byte_array_append(maker->bytes, (const guint8 *)text, (guint)strlen(text) + 1);
    return at;
}

typedef struct {
    guint tag, type;
    guint32 count, value;
} Entry;

static guint32 add_directory(Maker *maker, const Entry *entries, guint n)
{
    guint32 at = maker->bytes->len;
    add_number(maker, maker->bytes, 2, n);
    for (guint i = 0; i < n; i++) {
        guint width = entries[i].type == SHORT ? 2 : 4;
        add_number(maker, maker->bytes, 2, entries[i].tag);
        add_number(maker, maker->bytes, 2, entries[i].type);
        add_number(maker, maker->bytes, 4, entries[i].count);
        add_number(maker, maker->bytes, width, entries[i].value);
        add_number(maker, maker->bytes, 4 - width, 0);
    }
    add_number(maker, maker->bytes, 4, 0);
    return at;
}

static GBytes *finish(Maker *maker, guint32 first)
{
    GByteArray *offset = g_byte_array_new();
    add_number(maker, offset, 4, first);
    memcpy(maker->bytes->data + 4, offset->data, 4);
    g_byte_array_unref(offset);
    return g_byte_array_free_to_bytes(maker->bytes);
}

static GBytes *make_full(gboolean big_endian)
{
    Maker maker = begin(big_endian);
    guint32 artist = add_text(&maker, "דנה כהן"), xmp = add_text(&maker, "<x/>"),
            icc = add_text(&maker, "profile");
    guint32 irb = maker.bytes->len;
    g_byte_array_append(maker.bytes, (const guint8 *)"8BIM\x04\x04\0\0\0\0\0\0", 12);

    guint32 r03 = big_endian ? 0x52303300 : 0x00333052;
    const Entry index[] = { { 0x0001, ASCII, 4, r03 } };
    guint32 interoperability = add_directory(&maker, index, 1);
    const Entry exif[] = { { 0xa001, SHORT, 1, 0xffff }, { 0xa005, LONG, 1, interoperability } };
    guint32 exif_directory = add_directory(&maker, exif, 2);
    const Entry gps[] = { { 0x0000, 1, 4, 0x02020000 }, { 0x0001, ASCII, 2, big_endian ? 0x4e000000 : 'N' } };
    guint32 gps_directory = add_directory(&maker, gps, 2);

    const Entry first[] = { { 0x0100, SHORT, 1, 640 },           { 0x013b, ASCII, 14, artist },
                            { 0x02bc, 1, 4 + 1, xmp },           { 0x8649, UNDEFINED, 12, irb },
                            { 0x8769, LONG, 1, exif_directory }, { 0x8773, UNDEFINED, 7, icc },
                            { 0x8825, LONG, 1, gps_directory } };
    guint32 at = add_directory(&maker, first, G_N_ELEMENTS(first));
    return finish(&maker, at);
}

static void read_exif(Exif *exif, const Blocks *blocks)
{
    gsize size = 0;
    gconstpointer data = blocks->exif ? g_bytes_get_data(blocks->exif, &size) : NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    exif_read(exif, data, size, NULL, warnings);
}

static void test_both_orders(void)
{
    for (int big_endian = 0; big_endian <= 1; big_endian++) {
        g_autoptr(GBytes) bytes = make_full(big_endian);
        Blocks blocks;
        g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
        g_assert_cmpmem(g_bytes_get_data(blocks.xmp, NULL), g_bytes_get_size(blocks.xmp), "<x/>", 5);
        g_assert_cmpmem(g_bytes_get_data(blocks.icc, NULL), g_bytes_get_size(blocks.icc), "profile", 7);
        g_assert_nonnull(blocks.photoshop);
        g_assert_nonnull(blocks.iptc);

        Exif exif;
        read_exif(&exif, &blocks);
        g_assert_cmpstr(exif.artist, ==, "דנה כהן");
        g_assert_true(exif.has_gps && exif.adobe_rgb);
        exif_clear(&exif);
        blocks_clear(&blocks);
    }
}

static void test_bare(void)
{
    Maker maker = begin(FALSE);
    const Entry entries[] = { { 0x0100, SHORT, 1, 640 },
                              { 0x0112, SHORT, 1, 6 },
                              { 0x83bb, LONG, 1, 7 },
                              { 0xcd41, UNDEFINED, 4, 7 } };
    guint32 at = add_directory(&maker, entries, G_N_ELEMENTS(entries));
    g_autoptr(GBytes) bytes = finish(&maker, at);
    Blocks blocks;
    g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
    g_assert_null(blocks.exif); /* how its pixels lie is no metadata */
    g_assert_nonnull(blocks.iptc);
    g_assert_null(blocks.photoshop);
    g_assert_true(blocks.has_c2pa);
    blocks_clear(&blocks);
}

/* However large a file and its values are, the block is small. */
static void test_bounds(void)
{
    Maker maker = begin(FALSE);
    guint32 long_text = maker.bytes->len;
    g_byte_array_set_size(maker.bytes, 300000);
    memset(maker.bytes->data + long_text, 'x', maker.bytes->len - long_text);
    guint32 artist = add_text(&maker, "Dana Cohen");
    Entry entries[60];
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++)
        entries[i] = (Entry){ 0x010e, ASCII, i < 30 ? 4000 : 200000, long_text };
    entries[0] = (Entry){ 0x013b, ASCII, 11, artist };
    guint32 at = add_directory(&maker, entries, G_N_ELEMENTS(entries));
    g_autoptr(GBytes) bytes = finish(&maker, at);

    Blocks blocks;
    Exif exif;
    g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
    g_assert_cmpuint(g_bytes_get_size(blocks.exif), <, 0xffff);
    read_exif(&exif, &blocks);
    g_assert_cmpstr(exif.artist, ==, "Dana Cohen");
    exif_clear(&exif);
    blocks_clear(&blocks);
}

/* Directories that lead to one another, or to themselves, and offsets beyond the end. */
static void test_loops(void)
{
    Maker maker = begin(TRUE);
    const Entry around[] = { { 0x8769, LONG, 1, 8 },
                             { 0xa005, LONG, 1, 8 },
                             { 0x8825, LONG, 1, 8 },
                             { 0x8769, LONG, 1, 8 },
                             { 0x8769, LONG, 1, 0xffffffff },
                             { 0x8825, SHORT, 1, 8 },
                             { 0x8769, LONG, 2, 8 },
                             { 0x013b, ASCII, 0xffffffff, 8 },
                             { 0x02bc, 0, 1, 0 },
                             { 0x02bc, 99, 1, 0 },
                             { 0x83bb, LONG, 0x40000000, 8 },
                             { 0x8773, 12, 0x20000001, 0 },
                             { 0x8649, UNDEFINED, 5, 0xfffffffe } };
    guint32 at = add_directory(&maker, around, G_N_ELEMENTS(around));
    g_assert_cmpuint(at, ==, 8);
    g_autoptr(GBytes) bytes = finish(&maker, at);
    Blocks blocks;
    Exif exif;
    g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
    g_assert_null(blocks.xmp);
    g_assert_null(blocks.icc);
    g_assert_null(blocks.photoshop);
    g_assert_null(blocks.iptc);
    read_exif(&exif, &blocks);
    g_assert_null(exif.artist);
    exif_clear(&exif);
    blocks_clear(&blocks);
}

/* What says nothing of a picture is damaged, in words for a person. */
static void test_faults(void)
{
    static const struct {
        const char *bytes;
        gsize size;
        const char *pattern;
    } faults[] = {
        { "", 0, "*its end is missing*" },
        { "II*", 4, "*its end is missing*" },
        { "II*\0\x08\0\0", 8, "*its end is missing*" },
        { "II*\0\xff\xff\xff\x7f", 8, "*its end is missing*" },
        { "II*\0\x08\0\0\0\1\0four", 14, "*its end is missing*" },
        { "II*\0\x08\0\0\0\0\0\0\0\0", 14, "*no picture*" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(faults[i].bytes, faults[i].size);
        g_autoptr(GError) error = NULL;
        Blocks blocks;
        g_assert_false(tiff_read_blocks(&blocks, bytes, &error));
        g_assert_true(g_pattern_match_simple(faults[i].pattern, error->message));
        g_assert_true(g_str_has_suffix(error->message, "; send it again"));
        blocks_clear(&blocks);
    }
}

static void test_cuts(void)
{
    g_autoptr(GBytes) whole = make_full(TRUE);
    gsize size;
    const guint8 *data = g_bytes_get_data(whole, &size);
    for (gsize i = 0; i < 2 * size; i++) { /* every cut, and every byte turned over */
        gsize length = i < size ? i : size;
        g_autofree guint8 *copy = g_malloc0(length + 1);
        memcpy(copy, data, length);
        if (i >= size)
            copy[i - size] ^= 0xff;
        g_autofree guint8 *exact = g_memdup2(copy, length);
        g_autoptr(GBytes) bytes = g_bytes_new_static(exact, length);
        Blocks blocks;
        Exif exif;
        tiff_read_blocks(&blocks, bytes, NULL);
        read_exif(&exif, &blocks);
        exif_clear(&exif);
        blocks_clear(&blocks);
    }
}

/* A sensor's values may stand in the first directory or in one below it; a preview does not make a photo. */
static void test_raw(void)
{
    const Entry kinds[][2] = {
        { { 0x0106, SHORT, 1, 2 }, { 0x010d, SHORT, 1, 0 } },     /* RGB */
        { { 0x0106, SHORT, 1, 32803 }, { 0x010d, SHORT, 1, 0 } }, /* a colour filter array */
        { { 0x0106, SHORT, 1, 2 }, { 0xc612, LONG, 1, 0x104 } },  /* DNG */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        for (int below = 0; below < 2; below++) {
            Maker maker = begin(i % 2 == 0);
            guint32 at = add_directory(&maker, kinds[i], 2);
            if (below) {
                const Entry preview[] = { { 0x0106, SHORT, 1, 2 }, { 0x014a, LONG, 1, at } };
                at = add_directory(&maker, preview, 2);
            }
            g_autoptr(GBytes) bytes = finish(&maker, at);
            g_autoptr(GError) error = NULL;
            Blocks blocks;
            g_assert_cmpint(tiff_read_blocks(&blocks, bytes, &error), ==, i == 0);
            if (error)
                g_assert_nonnull(strstr(error->message, "raw photo; export"));
            blocks_clear(&blocks);
        }
}

/* Extra samples of no meaning (0), of associated (1) and of other alpha (2). */
static void test_samples(void)
{
    static const struct {
        guint extra[3], alpha;
    } cases[] = { { { 0, 0, 0 }, 0 }, { { 1, 0, 0 }, 1 }, { { 2, 0, 0 }, 1 }, { { 0, 0, 2 }, 3 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int big_endian = 0; big_endian <= 1; big_endian++) {
            Maker maker = begin(big_endian);
            guint32 extra = maker.bytes->len;
            for (int k = 0; k < 3; k++)
                add_number(&maker, maker.bytes, 2, cases[i].extra[k]);
            /* not as SHORT, whose values add_directory() writes into the entry */
            const Entry entries[] = { { 0x011c, SHORT, 1, big_endian ? 2 : 1 },
                                      { 0x0152, UNDEFINED, 6, extra } };
            guint32 at = add_directory(&maker, entries, G_N_ELEMENTS(entries));
            g_autoptr(GBytes) bytes = finish(&maker, at);
            Blocks blocks;
            g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
            g_assert_cmpuint(blocks.alpha, ==, cases[i].alpha);
            g_assert_cmpint(blocks.apart, ==, big_endian);
            blocks_clear(&blocks);
        }
}

static void test_lab(void)
{
    static const struct {
        guint photometric;
        gboolean lab;
    } cases[] = { { 2, FALSE }, { 5, FALSE }, { 6, FALSE },   { 8, TRUE },
                  { 9, TRUE },  { 10, TRUE }, { 32845, TRUE } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Maker maker = begin(i % 2 == 0);
        const Entry entries[] = { { 0x0106, SHORT, 1, cases[i].photometric } };
        guint32 at = add_directory(&maker, entries, G_N_ELEMENTS(entries));
        g_autoptr(GBytes) bytes = finish(&maker, at);
        Blocks blocks;
        g_assert_true(tiff_read_blocks(&blocks, bytes, NULL));
        g_assert_cmpint(blocks.lab, ==, cases[i].lab);
        blocks_clear(&blocks);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/tiff/both-orders", test_both_orders);
    g_test_add_func("/tiff/bare", test_bare);
    g_test_add_func("/tiff/bounds", test_bounds);
    g_test_add_func("/tiff/loops", test_loops);
    g_test_add_func("/tiff/faults", test_faults);
    g_test_add_func("/tiff/cuts", test_cuts);
    g_test_add_func("/tiff/raw", test_raw);
    g_test_add_func("/tiff/samples", test_samples);
    g_test_add_func("/tiff/lab", test_lab);
    return g_test_run();
}
