#include "unit.h"

#include "photo/credit.h"

static Preset *preset;

static void test_order(void)
{
    Caption caption;
    caption_parse(&caption, &preset->words, "כותרת. צילום: מהכיתוב");
    CreditSources all = {
        .command_line = "מהשורה", .sidecar = "מהטבלה", .caption = &caption, .exif_artist = "From Exif"
    };
    const char *sources[] = { "command line", "captions.csv", "caption", "exif:Artist" };
    const char *names[] = { "מהשורה", "מהטבלה", "מהכיתוב", "From Exif" };

    for (int i = 0; i < 4; i++) {
        Credit credit;
        credit_resolve(&credit, &all, &preset->words);
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

static void assert_credit(const CreditSources *sources, const char *source, const char *line,
                          const char *conflicts)
{
    Credit credit;
    credit_resolve(&credit, sources, &preset->words);
    g_autofree char *got = credit_line(&credit, FALSE);
    g_autofree char *disagree = g_strjoinv("|", credit.conflicts);
    g_assert_cmpstr(credit.source, ==, source);
    g_assert_cmpstr(got, ==, line);
    g_assert_cmpstr(disagree, ==, conflicts);
    credit_clear(&credit);
}

static char *dana[] = { (char *)"Dana Cohen", NULL };
static char *yoav[] = { (char *)"Yoav Levi", NULL };
static char *two[] = { (char *)"Dana Cohen", (char *)"Yoav Levi", NULL };
static char *list[] = { (char *)"Dana Cohen; Yoav Levi", NULL };
static char *whole[] = { (char *)"צילום: דנה כהן/פלאש 90", NULL };

static void test_records(void)
{
    CreditSources all = { .xmp_file = "a.xmp",
                          .xmp_sidecar = { two, "AFP", NULL },
                          .xmp = { dana, "Reuters", NULL },
                          .iptc = { yoav, NULL, NULL },
                          .exif_artist = "Noa Bar",
                          .xp_author = "Gil Tal" };
    assert_credit(&all, "a.xmp", "Dana Cohen, Yoav Levi/AFP",
                  "xmp:dc:creator: Dana Cohen/Reuters|iptc:2:80: Yoav Levi|exif:Artist: Noa "
                  "Bar|exif:XPAuthor: Gil Tal");
    all.xmp_file = NULL;
    assert_credit(&all, "xmp:dc:creator", "Dana Cohen/Reuters",
                  "iptc:2:80: Yoav Levi|exif:Artist: Noa Bar|exif:XPAuthor: Gil Tal");
    all.iptc_is_newer = TRUE;
    assert_credit(&all, "iptc:2:80", "Yoav Levi",
                  "xmp:dc:creator: Dana Cohen/Reuters|exif:Artist: Noa Bar|exif:XPAuthor: Gil Tal");
    all.iptc = all.xmp = (CreditFields){ 0 };
    assert_credit(&all, "exif:Artist", "Noa Bar", "exif:XPAuthor: Gil Tal");
    all.exif_artist = NULL;
    assert_credit(&all, "exif:XPAuthor", "Gil Tal", "");
}

/* A field for the agency may hold the agency, the creator again, or both. */
static void test_agency(void)
{
    static const struct {
        char **creators;
        const char *agency, *source, *line;
    } cases[] = { { dana, "AFP", "xmp:dc:creator", "Dana Cohen/AFP" },
                  { dana, "Dana Cohen/AFP", "xmp:dc:creator", "Dana Cohen/AFP" },
                  { dana, "DANA COHEN", "xmp:dc:creator", "Dana Cohen" },
                  { dana, "Photo: Dana Cohen", "xmp:dc:creator", "Dana Cohen" },
                  { list, NULL, "xmp:dc:creator", "Dana Cohen, Yoav Levi" },
                  { list, "Yoav Levi, Dana Cohen", "xmp:dc:creator", "Dana Cohen, Yoav Levi" },
                  { whole, NULL, "xmp:dc:creator", "דנה כהן/פלאש 90" },
                  { NULL, "Dana Cohen/AFP", "xmp:photoshop:Credit", "Dana Cohen/AFP" },
                  { NULL, "Photo: Dana Cohen", "xmp:photoshop:Credit", "Dana Cohen" },
                  { NULL, "AFP", "xmp:photoshop:Credit", "AFP" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        CreditSources sources = { .xmp = { cases[i].creators, cases[i].agency, NULL } };
        assert_credit(&sources, cases[i].source, cases[i].line, "");
    }
    Credit credit;
    CreditSources alone = { .iptc = { NULL, "AFP", NULL } };
    credit_resolve(&credit, &alone, &preset->words);
    g_assert_null(credit.creators[0]);
    g_assert_cmpstr(credit.agency, ==, "AFP");
    credit_clear(&credit);
}

static void test_cut(void)
{
    static char *head[] = { (char *)"Alexandra Konstantinopolskaya-B", NULL };
    static char *long_name[] = { (char *)"Alexandra Konstantinopolskaya-Bernstein", NULL };
    CreditSources sources = { .xmp = { long_name, NULL, NULL },
                              .iptc = { head, "AFP", head },
                              .iptc_is_newer = TRUE };
    assert_credit(&sources, "iptc:2:80", "Alexandra Konstantinopolskaya-Bernstein/AFP", "");
    sources.iptc_is_newer = FALSE;
    sources.iptc.agency = NULL;
    assert_credit(&sources, "xmp:dc:creator", "Alexandra Konstantinopolskaya-Bernstein", "");
    sources.xmp = (CreditFields){ 0 };
    sources.exif_artist = "Alexandra Konstantinopolskaya-Bernstein";
    assert_credit(&sources, "iptc:2:80", "Alexandra Konstantinopolskaya-Bernstein", "");
    sources.iptc.cut = NULL; /* a field that is not full is another name */
    assert_credit(&sources, "iptc:2:80", head[0], "exif:Artist: Alexandra Konstantinopolskaya-Bernstein");
}

/* Who names the same people disagrees with nobody, though he be silent of the agency. */
static void test_agreement(void)
{
    CreditSources sources = { .xmp = { dana, "AFP", NULL },
                              .exif_artist = "dana cohen",
                              .xp_author = "Dana Cohen/AFP" };
    assert_credit(&sources, "xmp:dc:creator", "Dana Cohen/AFP", "");
    sources.exif_artist = "Dana Cohen/Reuters";
    assert_credit(&sources, "xmp:dc:creator", "Dana Cohen/AFP", "exif:Artist: Dana Cohen/Reuters");
}

static void test_candidates(void)
{
    Credit credit;
    CreditSources sources = { .sidecar = "", .iptc = { dana, "AFP", NULL }, .exif_artist = "Photo: Yoav" };
    credit_resolve(&credit, &sources, &preset->words);
    g_assert_cmpuint(credit.candidates->len, ==, 2);
    const CreditCandidate *first = credit.candidates->pdata[0], *second = credit.candidates->pdata[1];
    g_assert_cmpstr(first->source, ==, "iptc:2:80");
    g_assert_cmpstr(first->text, ==, "Dana Cohen/AFP");
    g_assert_true(first->chosen && !second->chosen);
    g_assert_cmpstr(second->text, ==, "Photo: Yoav");
    g_assert_cmpstr(second->names.creators[0], ==, "Yoav");
    credit_clear(&credit);
}

static void test_low_confidence(void)
{
    Caption caption;
    caption_parse(&caption, &preset->words, "שוק העתיקות צילום: רותם לב");
    Credit credit;
    CreditSources only = { .caption = &caption };
    credit_resolve(&credit, &only, &preset->words);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_LOW);
    credit_clear(&credit);

    CreditSources better = { .caption = &caption, .exif_artist = "דנה כהן" };
    credit_resolve(&credit, &better, &preset->words);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_HIGH);
    g_assert_cmpstr(credit.source, ==, "exif:Artist");
    g_assert_cmpstr(credit.conflicts[0], ==, "caption: רותם לב");
    credit_clear(&credit);
    caption_clear(&caption);
}

/* A record with a field that is not certain is not clear: what comes behind it is. */
static void test_doubted_record(void)
{
    char *doubted[] = { (char *)"Dana Cohen?", NULL };
    CreditSources all = { .xmp = { doubted, "AFP", NULL } };
    Credit credit;
    credit_resolve(&credit, &all, &preset->words);
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_LOW);
    g_assert_cmpstr(credit.creators[0], ==, "Dana Cohen?");
    credit_clear(&credit);
    all.iptc.creators = yoav;
    assert_credit(&all, "iptc:2:80", "Yoav Levi", "xmp:dc:creator: Dana Cohen?/AFP");
}

static void test_silence(void)
{
    Credit credit;
    CreditSources none = { 0 };
    credit_resolve(&credit, &none, &preset->words);
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
    credit_resolve(&credit, &sources, &preset->words);
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
    assert_label("سامي حداد, ليلى منصور/AFP", "ar", "تصوير: سامي حداد، ليلى منصور/AFP",
                 "\u2068سامي حداد\u2069، \u2068ليلى منصور\u2069/\u2068AFP\u2069");
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
    g_test_add_func("/credit/records", test_records);
    g_test_add_func("/credit/agency", test_agency);
    g_test_add_func("/credit/cut", test_cut);
    g_test_add_func("/credit/agreement", test_agreement);
    g_test_add_func("/credit/candidates", test_candidates);
    g_test_add_func("/credit/low-confidence", test_low_confidence);
    g_test_add_func("/credit/doubted-record", test_doubted_record);
    g_test_add_func("/credit/silence", test_silence);
    g_test_add_func("/credit/labels", test_labels);
    int status = g_test_run();
    preset_free(preset);
    return status;
}
