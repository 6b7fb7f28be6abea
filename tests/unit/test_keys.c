#include "unit.h"

#include <string.h>

#include "base/error.h"
#include "preset/keys.h"

typedef struct {
    char *text, *term;
    char **list;
    int whole, choice;
    double real, aspect;
    gboolean flag;
    Widths widths;
} Fields;

#define AT(field) G_STRUCT_OFFSET(Fields, field)

static const char *const choices[] = { "red", "green", NULL };

static const Key text = { "g", "text", KEY_TEXT, AT(text), 0, 0, NULL, FALSE, "" };
static const Key needed = { "g", "needed", KEY_TEXT, AT(text), 0, 0, NULL, TRUE, "" };
static const Key term = { "g", "term", KEY_TERM, AT(term), 0, 0, choices, FALSE, "" };
static const Key list = { "g", "list", KEY_LIST, AT(list), 0, 0, NULL, TRUE, "" };
static const Key whole = { "g", "whole", KEY_INT, AT(whole), 1, 40, NULL, FALSE, "" };
static const Key real = { "g", "real", KEY_REAL, AT(real), 0.5, 20, NULL, FALSE, "" };
static const Key flag = { "g", "flag", KEY_BOOL, AT(flag), 0, 0, NULL, FALSE, "" };
static const Key choice = { "g", "choice", KEY_CHOICE, AT(choice), 0, 0, choices, FALSE, "" };
static const Key widths = { "g", "widths", KEY_WIDTHS, AT(widths), 1, 16383, NULL, TRUE, "" };
static const Key aspect = { "g", "aspect", KEY_ASPECT, AT(aspect), 0, 0, NULL, FALSE, "" };
static const Key *const keys[] = { &text, &term, &list, &whole, &real, &flag, &choice, &widths, &aspect };

static void clear(Fields *fields)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        key_clear(keys[i], fields);
}

/* What is read is written as expected, and read again is the same. */
static void test_values(void)
{
    static const struct {
        const Key *key;
        const char *value, *formatted;
    } cases[] = {
        { &text, "", "" },
        { &text, "any = text; [at] all", "any = text; [at] all" },
        { &needed, "x", "x" },
        { &term, "", "" },
        { &term, "green", "green" },
        { &term, DIGITAL_SOURCE_TYPES "green", "green" },
        { &list, "one", "one" },
        { &list, " one ;two words;; three;", "one;two words;three" },
        { &whole, "1", "1" },
        { &whole, "40", "40" },
        { &real, "0.5", "0.5" },
        { &real, "20.0", "20" },
        { &real, "2.4", "2.4" },
        { &real, "0.700000000000001", "0.70000000000000095" },
        { &flag, "true", "true" },
        { &flag, "false", "false" },
        { &choice, "red", "red" },
        { &choice, "green", "green" },
        { &widths, "640", "640" },
        { &widths, "640;320; 16383;1", "1;320;640;16383" },
        { &aspect, "source", "source" },
        { &aspect, "3:2", "3:2" },
        { &aspect, "1200:630", "40:21" },
        { &aspect, "20:1", "20:1" },
        { &aspect, "1:20", "1:20" },
    };
    Fields fields = { 0 };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_assert_true(key_parse(cases[i].key, cases[i].value, &fields, &error));
        g_assert_no_error(error);
        g_autofree char *formatted = key_format(cases[i].key, &fields);
        g_assert_cmpstr(formatted, ==, cases[i].formatted);
        g_assert_true(key_parse(cases[i].key, formatted, &fields, NULL));
        g_autofree char *again = key_format(cases[i].key, &fields);
        g_assert_cmpstr(again, ==, formatted);
    }
    clear(&fields);
}

static void test_faults(void)
{
    static const struct {
        const Key *key;
        const char *values[12];
        const char *message;
    } cases[] = {
        { &needed, { "" }, "must be some text" },
        { &term,
          { "blue", "RED", DIGITAL_SOURCE_TYPES, "x" DIGITAL_SOURCE_TYPES "red" },
          "must be nothing, or one of red | green" },
        { &list, { "", ";", " ; ; " }, "must be one or more names with ; between them" },
        { &whole,
          { "", "0", "41", "-1", "1.5", "one", "1 px", "nan", "inf", "99999999999999999999", "1,0" },
          "must be a whole number from 1 to 40" },
        { &real,
          { "", "0.49", "20.01", "nan", "-inf", "1e99", "2,4", "2.4%" },
          "must be a number from 0.5 to 20" },
        { &flag, { "", "yes", "True", "1" }, "must be true or false" },
        { &choice, { "", "blue", "Red", "red " }, "must be red | green" },
        { &widths,
          { "", ";", "0", "16384", "320;320", "320,640", "320;x", "320;-1", "1.5" },
          "must be different whole numbers from 1 to 16383 with ; between them" },
        { &aspect,
          { "", "0:1", "1:0", "3", "3:2:1", "21:1", "1:21", "a:b", "-3:-2", "3:10001", " 3:2", "1.5:1" },
          "must be source, or W:H from 1:20 to 20:1" },
    };
    Fields fields = { 0 };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        for (gsize v = 0; v < G_N_ELEMENTS(cases[i].values) && cases[i].values[v]; v++) {
            g_autoptr(GError) error = NULL;
            g_test_message("%s = %s", cases[i].key->name, cases[i].values[v]);
            g_assert_false(key_parse(cases[i].key, cases[i].values[v], &fields, &error));
            g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE);
            g_assert_cmpstr(error->message, ==, cases[i].message);
        }
    clear(&fields);
}

/* A later value takes the place of an earlier one. */
static void test_again(void)
{
    Fields fields = { 0 };
    const char *const values[][2] = { { "one", "two" },   { "red", "" },  { "a;b", "c" },
                                      { "1", "2" },       { "1", "2" },   { "true", "false" },
                                      { "red", "green" }, { "1;2", "3" }, { "1:1", "source" } };
    G_STATIC_ASSERT(G_N_ELEMENTS(values) == G_N_ELEMENTS(keys));
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        for (int v = 0; v < 2; v++)
            g_assert_true(key_parse(keys[i], values[i][v], &fields, NULL));
        g_autofree char *formatted = key_format(keys[i], &fields);
        g_assert_cmpstr(formatted, ==, values[i][1]);
    }
    clear(&fields);
}

static void test_aspects(void)
{
    Fields fields = { 0 };
    for (int i = 0; i < 2000; i++) {
        int w = g_test_rand_int_range(1, 10001);
        int h = g_test_rand_int_range(MAX(1, w / 20 + 1), MIN(10001, w * 20 + 1));
        g_autofree char *value = g_strdup_printf("%d:%d", w, h);
        g_assert_true(key_parse(&aspect, value, &fields, NULL));
        double read = fields.aspect;
        g_autofree char *formatted = key_format(&aspect, &fields);
        g_assert_true(key_parse(&aspect, formatted, &fields, NULL));
        g_assert_true(read == fields.aspect);
    }
}

/* The tables themselves: each key has what its type needs, and no two share a name or a field. */
static void check_table(const Key *table, guint n)
{
    for (guint i = 0; i < n; i++) {
        const Key *key = &table[i];
        g_assert_true(key->name && key->help && *key->help);
        if (key->type == KEY_INT || key->type == KEY_REAL || key->type == KEY_WIDTHS)
            g_assert_cmpfloat(key->min, <, key->max);
        g_assert_true((key->type == KEY_CHOICE || key->type == KEY_TERM) == (key->choices != NULL));
        for (guint k = 0; k < i; k++) {
            g_assert_cmpuint(table[k].offset, !=, key->offset);
            g_assert_false(g_strcmp0(table[k].group, key->group) == 0 &&
                           strcmp(table[k].name, key->name) == 0);
        }
    }
}

static void test_tables(void)
{
    check_table(preset_keys, n_preset_keys);
    check_table(rendition_keys, n_rendition_keys);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/keys/values", test_values);
    g_test_add_func("/keys/faults", test_faults);
    g_test_add_func("/keys/again", test_again);
    g_test_add_func("/keys/aspects", test_aspects);
    g_test_add_func("/keys/tables", test_tables);
    return g_test_run();
}
