#include "unit.h"

#include <string.h>

#include "render/typeset.h"

#define I "\u2068" /* FSI */
#define P "\u2069" /* PDI */

static Preset *preset;

static Typeset *make(const char *label, const char *names, gboolean rtl)
{
    StampText text = { .label = label, .names = names, .language = rtl ? "he" : "en", .rtl = rtl };
    g_autoptr(GError) error = NULL;
    Typeset *typeset = typeset_new(&preset->stamp, &text, &error);
    g_assert_no_error(error);
    return typeset;
}

/* Each line as it stands from left to right, by Pango's own order of its runs and their glyphs. */
static void assert_order(const char *label, const char *names, gboolean rtl, const char *expected)
{
    g_autoptr(Typeset) typeset = make(label, names, rtl);
    TextFit fit;
    typeset_fit(typeset, 30, 12, 4000, &fit);
    g_assert_cmpint(fit.setting, ==, SET_LINE);
    g_autofree char *order = typeset_order(typeset, &fit);
    g_assert_cmpstr(order, ==, expected);
}

static void test_order(void)
{
    assert_order("צילום:", I "דנה כהן" P, TRUE, "ןהכ הנד :םוליצ");
    assert_order("צילום:", I "John Smith" P "/" I "Reuters" P, TRUE, "Reuters/John Smith :םוליצ");
    assert_order("צילום:", I "AP Photo" P "/" I "אריאל שליט" P, TRUE, "טילש לאירא/AP Photo :םוליצ");
    assert_order("צילום:", I "ג'ורג' ח'ורי" P "/" I "לע״מ" P, TRUE, "מ״על/ירו'ח 'גרו'ג :םוליצ");
    assert_order("צילום:", I "דנה כהן" P ", " I "יואב לוי" P "/" I "פלאש 90" P, TRUE,
                 "90 שאלפ/יול באוי ,ןהכ הנד :םוליצ");
    assert_order("Photo:", I "דנה כהן" P, FALSE, "Photo: ןהכ הנד");
    assert_order("Photo:", I "דנה כהן" P "/" I "AFP" P, FALSE, "Photo: ןהכ הנד/AFP");
    /* a full stop or a bracket at a name's end stays at that name's end */
    assert_order("צילום:", I "John Smith Jr." P "/" I "Reuters" P, TRUE, "Reuters/John Smith Jr. :םוליצ");
    assert_order("צילום:", I "Getty (IL)" P, TRUE, "Getty (IL) :םוליצ");
    assert_order("Photo:", I "דנה כהן (רויטרס)" P, FALSE, "Photo: )סרטיור( ןהכ הנד");
    assert_order("Photo:", I "דנה כהן בע״מ." P "/" I "AP" P, FALSE, "Photo: .מ״עב ןהכ הנד/AP");
    assert_order("", I "Dana" P, TRUE, "Dana");
}

/* Arabic letters join: the order is that of clusters. */
static void test_arabic(void)
{
    assert_order("تصوير:", I "سامي حداد" P "/" I "AFP" P, TRUE, "AFP/دادح يماس :ريوصت");
}

/* All ink of a text is where its fit says, whichever way its lines are flush and however they are cut; a
 * pixel more is what fitting to the grid may take. */
static void test_ink(void)
{
    enum { MARGIN = 24 };
    static const char *const names[] = {
        I "John Smith" P ", " I "Alexandra Rothschild" P ", " I "מיכל ברנשטיין־לוי" P "/" I "AFP" P,
        I "Alexandra Rothschild" P ", " I "יואב דודקביץ׳" P ", " I "אלכסנדרה מונטיפיורי" P "/" I
          "Getty Images" P,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (guint turn = 0; turn < 4; turn++) {
            gboolean rtl = turn & 1, right = turn & 2;
            for (double room = 150; room < 330; room += 12) {
                g_autoptr(Typeset) typeset = make(rtl ? "צילום:" : "Photo:", names[i], rtl);
                TextFit fit;
                typeset_fit(typeset, 12, 12, room, &fit);
                g_autoptr(Mask) mask = mask_new(fit.width + 2 * MARGIN, fit.height + 2 * MARGIN);
                g_assert_true(typeset_draw(typeset, &fit, right, mask, MARGIN, MARGIN));
                for (guint y = 0; y < mask->height; y++)
                    for (guint x = 0; x < mask->width; x++)
                        g_assert_true((x + 1 >= MARGIN && x <= MARGIN + fit.width && y + 1 >= MARGIN &&
                                       y <= MARGIN + fit.height) ||
                                      mask->data[y * mask->stride + x] == 0);
            }
        }
}

static guint lines_of(Typeset *typeset, const TextFit *fit)
{
    g_autofree char *order = typeset_order(typeset, fit);
    g_auto(GStrv) lines = g_strsplit(order, "\n", -1);
    return g_strv_length(lines);
}

/* From wide to narrow: a line; two, parted between names; smaller letters; no label; an ellipsis. */
static void test_fit(void)
{
    g_autoptr(Typeset) typeset = make("Photo:", I "Dana Cohen" P ", " I "Yoav Levi" P "/" I "AFP" P, FALSE);
    TextFit fit;
    gboolean seen[4] = { FALSE }, small = FALSE, bare = FALSE;
    double px = 30;
    for (double room = 600; room > 60; room -= 2) {
        typeset_fit(typeset, 30, 12, room, &fit);
        g_assert_cmpuint(fit.width, <=, room + 1);
        g_assert_cmpuint(lines_of(typeset, &fit), <=, 2);
        g_assert_cmpuint(lines_of(typeset, &fit), ==, fit.setting == SET_LINE ? 1 : 2);
        g_assert_true(!fit.bare || bare ||
                      px == 12); /* letters are as small as may be before the label goes */
        seen[fit.setting] = TRUE;
        small = small || fit.px < 30;
        bare = bare || fit.bare;
        px = fit.px;
    }
    g_assert_true(seen[SET_LINE] && seen[SET_BROKEN] && seen[SET_CUT] && small && bare);

    typeset_fit(typeset, 30, 12, 320, &fit);
    g_autofree char *broken = typeset_order(typeset, &fit);
    g_assert_cmpint(fit.setting, ==, SET_BROKEN);
    g_assert_cmpfloat(fit.px, ==, 30);
    g_assert_cmpstr(broken, ==, "Photo: Dana Cohen,\nYoav Levi/AFP");
    typeset_fit(typeset, 30, 12, 62, &fit);
    g_autofree char *cut = typeset_order(typeset, &fit);
    g_assert_cmpint(fit.setting, ==, SET_CUT);
    g_assert_cmpfloat(fit.px, ==, 12);
    g_assert_false(g_str_has_prefix(cut, "Photo"));
}

/* One word that has no room in two lines is broken, as it stands, rather than left out. */
static void test_long_word(void)
{
    g_autoptr(Typeset) typeset = make("", I "photographersofjerusalem@agency.example.org" P, FALSE);
    TextFit fit;
    typeset_fit(typeset, 30, 12, 190, &fit);
    g_assert_cmpint(fit.setting, ==, SET_CUT);
    g_assert_cmpuint(fit.width, <=, 191);
    g_assert_cmpuint(lines_of(typeset, &fit), ==, 2);
    g_autofree char *order = typeset_order(typeset, &fit);
    g_auto(GStrv) lines = g_strsplit(order, "\n", -1);
    g_autofree char *whole = g_strjoinv("", lines);
    g_assert_cmpstr(whole, ==, "photographersofjerusalem@agency.example.org");
}

/* A name alone is parted between words, and no word is ever broken where there is another way. */
static void test_words(void)
{
    g_autoptr(Typeset) typeset = make("", I "Department of Photography" P, FALSE);
    TextFit fit;
    typeset_fit(typeset, 30, 12, 250, &fit);
    g_autofree char *order = typeset_order(typeset, &fit);
    g_assert_cmpint(fit.setting, ==, SET_WRAPPED);
    g_strdelimit(order, " ", '\n');
    g_auto(GStrv) words = g_strsplit(order, "\n", -1);
    g_assert_true(g_strv_contains((const char *const *)words, "Department"));
    g_assert_true(g_strv_contains((const char *const *)words, "Photography"));
}

static guint covered_rows(const Mask *mask)
{
    guint rows = 0;
    for (guint y = 0; y < mask->height; y++) {
        gboolean any = FALSE;
        for (guint x = 0; x < mask->width; x++)
            any = any || mask->data[y * mask->stride + x] > 0;
        rows += any;
    }
    return rows;
}

/* Letters are where the fit says, the same each time, and in the size asked for. */
static void test_drawing(void)
{
    for (int rtl = 0; rtl < 2; rtl++)
        for (int px = 12; px <= 40; px += 7) {
            g_autoptr(Typeset) typeset = make(rtl ? "צילום:" : "Photo:", I "Dana Cohen" P, rtl);
            g_autoptr(Typeset) other = make(rtl ? "צילום:" : "Photo:", I "Dana Cohen" P, rtl);
            TextFit fit;
            typeset_fit(typeset, px, px, 2000, &fit);
            g_autoptr(Mask) mask = mask_new(fit.width + 8, fit.height + 8);
            g_autoptr(Mask) again = mask_new(fit.width + 8, fit.height + 8);
            g_assert_true(typeset_draw(typeset, &fit, rtl, mask, 4, 4));
            typeset_fit(other, px, px, 2000, &fit);
            g_assert_true(typeset_draw(other, &fit, rtl, again, 4, 4));
            g_assert_cmpmem(mask->data, mask->stride * mask->height, again->data,
                            again->stride * again->height);
            g_assert_cmpuint(covered_rows(mask), <=, fit.height + 2);
            g_assert_cmpuint(covered_rows(mask), >=, fit.height - 2);
            g_assert_cmpuint(mask_most(mask), >=, 240);
            for (guint y = 0; y < mask->height; y++)
                for (guint x = 0; x < 2; x++) {
                    g_assert_cmpuint(mask->data[y * mask->stride + x], ==, 0);
                    g_assert_cmpuint(mask->data[y * mask->stride + mask->width - 1 - x], ==, 0);
                }
        }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    preset = preset_load("presets/article.preset", NULL);
    g_assert_nonnull(preset);
    g_test_add_func("/typeset/order", test_order);
    g_test_add_func("/typeset/arabic", test_arabic);
    g_test_add_func("/typeset/ink", test_ink);
    g_test_add_func("/typeset/fit", test_fit);
    g_test_add_func("/typeset/words", test_words);
    g_test_add_func("/typeset/long-word", test_long_word);
    g_test_add_func("/typeset/drawing", test_drawing);
    int status = g_test_run();
    preset_free(preset);
    return status;
}
