#include "unit.h"

#include <string.h>

#include "photo/iptc.h"

static GPtrArray *warnings;

static void read_datasets(Iptc *iptc, const char *data, gsize size, const char *charset)
{
    g_ptr_array_set_size(warnings, 0);
    iptc_read(iptc, data, size, charset, warnings);
}
#define READ(iptc, data) read_datasets(iptc, data, sizeof(data) - 1, NULL)

static void test_fields(void)
{
    Iptc iptc;
    READ(&iptc, "\x1c\2\x05\0\4name\x1c\2\x50\0\4Dana\x1c\2\x50\0\5"
                "Yoav \x1c\2\x55\0\5staff\x1c\2\x5a\0\4"
                "Acre"
                "\x1c\2\x69\0\4head\x1c\2\x6e\0\3"
                "AFP\x1c\2\x73\0\3src\x1c\2\x74\0\2\xc2\xa9\x1c\2\x78\0\4text");
    g_assert_cmpstr(iptc.name, ==, "name");
    g_assert_cmpstr(iptc.creators[0], ==, "Dana");
    g_assert_cmpstr(iptc.creators[1], ==, "Yoav");
    g_assert_null(iptc.creators[2]);
    g_assert_cmpstr(iptc.position, ==, "staff");
    g_assert_cmpstr(iptc.city, ==, "Acre");
    g_assert_cmpstr(iptc.headline, ==, "head");
    g_assert_cmpstr(iptc.credit, ==, "AFP");
    g_assert_cmpstr(iptc.source, ==, "src");
    g_assert_cmpstr(iptc.copyright, ==, "©");
    g_assert_cmpstr(iptc.caption, ==, "text");
    g_assert_null(iptc.cut[0]);
    g_assert_cmpuint(warnings->len, ==, 0);
    iptc_clear(&iptc);
}

static void test_encodings(void)
{
    Iptc iptc;
    READ(&iptc,
         "\x1c\2\x50\0\3\xe3\xf0\xe4\x1c\2\x78\0\6\xd7\x93\xd7\xa0\xd7\x94\x1c\1\x5a\0\3\x1b%G"); /* 1:90 last
                                                                                                   */
    g_assert_cmpstr(iptc.creators[0], ==, "דנה"); /* windows-1255, whatever is declared */
    g_assert_cmpstr(iptc.caption, ==, "דנה");
    iptc_clear(&iptc);

    static const char cyrillic[] = "\x1c\2\x50\0\4\xc0\xed\xed\xe0";
    read_datasets(&iptc, cyrillic, sizeof cyrillic - 1, "windows-1251");
    g_assert_cmpstr(iptc.creators[0], ==, "Анна");
    iptc_clear(&iptc);

    READ(&iptc, "\x1c\2\x50\0\2\x81\x81\x1c\2\x6e\0\3"
                "AFP");
    g_assert_null(iptc.creators[0]);
    g_assert_cmpstr(iptc.credit, ==, "AFP");
    g_assert_cmpuint(warnings->len, ==, 1);
    g_assert_nonnull(strstr(warnings->pdata[0], "2:80"));
    iptc_clear(&iptc);
}

/* A field that is full is perhaps cut, in the midst of a letter too. */
static void test_cut(void)
{
    Iptc iptc;
    READ(&iptc, "\x1c\2\x50\0\x1f"
                "1234567890123456789012345678\xd7\x93\xd7\x1c\2\x50\0\x1e"
                "123456789012345678901234567890");
    g_assert_cmpstr(iptc.creators[0], ==, "1234567890123456789012345678ד");
    g_assert_cmpstr(iptc.cut[0], ==, iptc.creators[0]);
    g_assert_null(iptc.cut[1]);
    iptc_clear(&iptc);
}

static void test_damage(void)
{
    static const char data[] = "\x1c\2\x50\0\4Dana\x1c\2\x78\x7f\xfftext\x1c\2\x78\x80\4\xff\xff\xff\xff";
    Iptc iptc;
    for (gsize n = 0; n < sizeof data; n++) {
        g_autofree char *copy = g_memdup2(data, n);
        read_datasets(&iptc, copy, n, NULL);
        if (n >= 9)
            g_assert_cmpstr(iptc.creators[0], ==, "Dana");
        iptc_clear(&iptc);
    }
    READ(&iptc, "no datasets at all");
    g_assert_null(iptc.creators[0]);
    g_assert_cmpuint(warnings->len, ==, 1);
    iptc_clear(&iptc);
    g_autofree char *large = g_malloc0(IPTC_MAX + 1);
    read_datasets(&iptc, large, IPTC_MAX + 1, NULL);
    g_assert_cmpuint(warnings->len, ==, 1);
    iptc_clear(&iptc);
    read_datasets(&iptc, NULL, 0, NULL);
    g_assert_cmpuint(warnings->len, ==, 0);
    iptc_clear(&iptc);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    warnings = g_ptr_array_new_with_free_func(g_free);
    g_test_add_func("/iptc/fields", test_fields);
    g_test_add_func("/iptc/encodings", test_encodings);
    g_test_add_func("/iptc/cut", test_cut);
    g_test_add_func("/iptc/damage", test_damage);
    int status = g_test_run();
    g_ptr_array_unref(warnings);
    return status;
}
