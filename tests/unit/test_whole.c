/* Whether the end of a file is there: a file that is cut anywhere lacks it. */
#include "unit.h"

#include <string.h>

#include "photo/whole.h"

typedef struct {
    const char *name;
    const char *data;
    gsize size;
} Case;

#define CASE(name, data)                                                                                     \
    {                                                                                                        \
        name, data, sizeof(data) - 1                                                                         \
    }

static const char jpeg[] = "\xff\xd8\xff\xe0\x00\x08JFIF\x00\x01\xff\xe1\x00\x06\xff\xd8\xff\xd9"
                           "\xff\xda\x00\x04\x01\x01 some \xff\x00 data \xff\xd0 more"
                           "\xff\xc4\x00\x03\x01\xff\xda\x00\x04\x01\x02 scan \xff\xff\xd9";
static const char png[] = "\x89PNG\r\n\x1a\n\x00\x00\x00\x03IHDRabc1234\x00\x00\x00\x04IDATdata1234"
                          "\x00\x00\x00\x00IEND1234";
static const char webp[] = "RIFF\x0c\x00\x00\x00WEBPVP8L\x04\x00\x00\x00";
static const char heic[] = "\x00\x00\x00\x14"
                           "ftypheic\x00\x00\x00\x00heic"
                           "\x00\x00\x00\x0cmeta1234\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x14"
                           "data";
static const char tiff[] = "II*\x00\x08\x00\x00\x00\x02\x00"
                           "\x11\x01\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00"
                           "\x17\x01\x03\x00\x01\x00\x00\x00\x05\x00\x00\x00"
                           "\x00\x00\x00\x00pixel";

static gboolean check(const char *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    return whole_is(bytes);
}

static void test_cut(void)
{
    const Case cases[] = { CASE("jpeg", jpeg), CASE("png", png), CASE("webp", webp), CASE("tiff", tiff) };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        g_test_message("%s", c->name);
        g_assert_true(check(c->data, c->size));
        for (gsize n = 0; n < c->size; n++)
            g_assert_false(check(c->data, n));
    }
}

/* Cut between two boxes, a HEIC looks whole; its decoder will tell. */
static void test_boxes(void)
{
    gsize size = sizeof heic - 1;
    g_assert_true(check(heic, size));
    for (gsize n = 0; n < size; n++)
        if (n != 0x14 && n != 0x20)
            g_assert_false(check(heic, n));
}

/* Room is set aside for the whole of it, and what is still to come is zero. */
static void test_room(void)
{
    char room[4096] = { 0 };
    g_assert_false(check(room, sizeof room));
    memcpy(room, jpeg, 12); /* SOI and APP0 */
    g_assert_false(check(room, sizeof room));
    memcpy(room, jpeg, 40); /* into the first scan */
    g_assert_false(check(room, sizeof room));
    memset(room, 0, sizeof room);
    memcpy(room, png, 23); /* the signature and IHDR */
    g_assert_false(check(room, sizeof room));
    memset(room, 0, sizeof room);
    memcpy(room, heic, 32); /* ftyp and meta */
    g_assert_false(check(room, sizeof room));
}

static void test_more(void)
{
    const Case cases[] = { CASE("jpeg", jpeg), CASE("png", png), CASE("webp", webp), CASE("tiff", tiff) };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *more = g_malloc0(cases[i].size + 9);
        memcpy(more, cases[i].data, cases[i].size);
        g_assert_true(check(more, cases[i].size + 9));
    }
}

/* What no upload will mend is not waited for. */
static void test_strange(void)
{
    g_assert_true(check("this is a text of some length", 29));
    g_assert_true(check("%PDF-1.7 and what belongs to it", 31));
    g_assert_true(check("\xff\xd8\xff\xe0\x00\x08JFIF\x00\x01nonsense where a marker must be", 44));
    g_assert_false(check("short", 5));
}

/* A box of media data in its place, of which all from some byte on was set aside. */
static void test_blank(void)
{
    enum { MEDIA = 8192, SIZE = 0x14 + 8 + MEDIA };
    guchar file[SIZE];
    memcpy(file, heic, 0x14);
    memcpy(file + 0x14, "\x00\x00\x20\x08mdat", 8);
    memset(file + 0x14 + 8, 'x', MEDIA);
    g_assert_true(check((char *)file, SIZE));
    memset(file + SIZE - 4095, 0, 4095);
    g_assert_true(check((char *)file, SIZE));
    memset(file + SIZE - 4096, 0, 4096);
    g_assert_false(check((char *)file, SIZE));
    memset(file + 0x14 + 8, 0, MEDIA);
    g_assert_false(check((char *)file, SIZE));
    g_assert_false(check((char *)file, SIZE - 1));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/whole/cut", test_cut);
    g_test_add_func("/whole/boxes", test_boxes);
    g_test_add_func("/whole/blank", test_blank);
    g_test_add_func("/whole/room", test_room);
    g_test_add_func("/whole/more", test_more);
    g_test_add_func("/whole/strange", test_strange);
    return g_test_run();
}
