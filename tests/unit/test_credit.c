#include "unit.h"

#include "photo/credit.h"

static Preset *preset;

static void test_order(void)
{
    Caption caption;
    caption_parse(&caption, "כותרת. צילום: מהכיתוב");
    CreditSources all = { "מהשורה", "מהטבלה", &caption, "From Exif" };
    const char *sources[] = { "command line", "captions.csv", "caption", "exif:Artist" };
    const char *names[] = { "מהשורה", "מהטבלה", "מהכיתוב", "From Exif" };

    for (int i = 0; i < 4; i++) {
        Credit credit;
        credit_resolve(&credit, &all);
        g_assert_cmpstr(credit.source, ==, sources[i]);
        g_assert_cmpstr(credit.creators[0], ==, names[i]);
        g_assert_cmpuint(g_strv_length(credit.conflicts), ==, (guint)(3 - i));
        credit_clear(&credit);
        if (i == 0)
            all.command_line = NULL;
        else if (i == 1)
            all.sidecar = "";
        else
            all.caption = NULL;
    }
    caption_clear(&caption);
}

static void test_low_confidence(void)
{
    Caption caption;
    caption_parse(&caption, "שוק העתיקות צילום: רותם לב");
    Credit credit;
    CreditSources only = { .caption = &caption };
    credit_resolve(&credit, &only);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_LOW);
    credit_clear(&credit);

    CreditSources better = { .caption = &caption, .exif_artist = "דנה כהן" };
    credit_resolve(&credit, &better);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_HIGH);
    g_assert_cmpstr(credit.source, ==, "exif:Artist");
    g_assert_cmpstr(credit.conflicts[0], ==, "caption: רותם לב");
    credit_clear(&credit);
    caption_clear(&caption);
}

static void test_silence(void)
{
    Credit credit;
    CreditSources none = { 0 };
    credit_resolve(&credit, &none);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_NONE);
    g_assert_null(credit.source);
    g_assert_null(credit.creators[0]);
    g_assert_null(credit.conflicts[0]);
    credit_clear(&credit);
}

static void assert_label(const char *text, const char *language, const char *plain, const char *isolated)
{
    Credit credit;
    CreditSources sources = { .command_line = text };
    credit_resolve(&credit, &sources);
    g_assert_cmpstr(credit_language(&credit, preset), ==, language);
    g_autofree char *line = credit_labelled(&credit, preset);
    g_autofree char *drawn = credit_line(&credit, TRUE);
    g_assert_cmpstr(line, ==, plain);
    g_assert_true(g_str_has_prefix(plain, credit_label(&credit, preset)));
    g_assert_cmpstr(drawn, ==, isolated);
    credit_clear(&credit);
}

static void test_labels(void)
{
    assert_label("דנה כהן/Reuters", "he", "צילום: דנה כהן/Reuters",
                 "\u2068דנה כהן\u2069/\u2068Reuters\u2069");
    assert_label("Photo: Dana Cohen; Yoav Levi", "en", "Photo: Dana Cohen, Yoav Levi",
                 "\u2068Dana Cohen\u2069, \u2068Yoav Levi\u2069");
    assert_label("سامي حداد", "ar", "تصوير: سامي حداد", "\u2068سامي حداد\u2069");
    /* a mark that would end the isolate, or turn the line, does not come through */
    assert_label("דנה\u2069\u202e כהן", "he", "צילום: דנה כהן", "\u2068דנה כהן\u2069");
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    preset = preset_load("presets/article.preset", NULL);
    g_assert_nonnull(preset);
    g_test_add_func("/credit/order", test_order);
    g_test_add_func("/credit/low-confidence", test_low_confidence);
    g_test_add_func("/credit/silence", test_silence);
    g_test_add_func("/credit/labels", test_labels);
    int status = g_test_run();
    preset_free(preset);
    return status;
}
