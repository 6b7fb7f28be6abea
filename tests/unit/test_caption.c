#include "unit.h"

#include "photo/caption.h"

typedef struct {
    const char *text, *caption, *names, *agency; /* names joined by ; */
    Confidence confidence;
} Case;

static const Case cases[] = {
    { "ערב הסיום בהיכל. צילום: סיון מטודי", "ערב הסיום בהיכל", "סיון מטודי", NULL, CONFIDENCE_HIGH },
    { "צילום: דנה כהן", "", "דנה כהן", NULL, CONFIDENCE_HIGH },
    { "הפגנה מול העירייה. צילומים: דנה כהן, יואב לוי", "הפגנה מול העירייה", "דנה כהן;יואב לוי", NULL,
      CONFIDENCE_HIGH },
    { "זירת התאונה. צילום: דנה כהן/פלאש 90", "זירת התאונה", "דנה כהן", "פלאש 90", CONFIDENCE_HIGH },
    { "חוף דלילה (צילום: רות בן-ארי)", "חוף דלילה", "רות בן-ארי", NULL, CONFIDENCE_HIGH },
    { "חוף דלילה (צילום: רות בן-ארי).", "חוף דלילה", "רות בן-ארי", NULL, CONFIDENCE_HIGH },
    { "פתיחת הקניון – צילום: מאיה פרץ", "פתיחת הקניון", "מאיה פרץ", NULL, CONFIDENCE_HIGH },
    { "פתיחת הקניון | צילום: מאיה פרץ", "פתיחת הקניון", "מאיה פרץ", NULL, CONFIDENCE_HIGH },
    { "שוק העתיקות\nצילום: רותם לב", "שוק העתיקות", "רותם לב", NULL, CONFIDENCE_HIGH },
    { "שוק העתיקות. צילום : רותם לב", "שוק העתיקות", "רותם לב", NULL, CONFIDENCE_HIGH },
    { "החורף חזר. הגשם הציף. צילום: דנה כהן", "החורף חזר. הגשם הציף.", "דנה כהן", NULL, CONFIDENCE_HIGH },
    { "מי ינצח? צילום: דנה כהן", "מי ינצח?", "דנה כהן", NULL, CONFIDENCE_HIGH },
    { "Pupils at the fair. Photo: Dana Cohen", "Pupils at the fair", "Dana Cohen", NULL, CONFIDENCE_HIGH },
    { "Pupils at the fair. Photo: Dana Cohen.", "Pupils at the fair", "Dana Cohen", NULL, CONFIDENCE_HIGH },
    { "\u200fתלמידי היסודי. \u200fצילום: \u202aDana Cohen\u202c", "תלמידי היסודי", "Dana Cohen", NULL,
      CONFIDENCE_HIGH },
    /* a mere space in front: reported, the caption left whole */
    { "שוק העתיקות צילום: רותם לב", "שוק העתיקות צילום: רותם לב", "רותם לב", NULL, CONFIDENCE_LOW },
    /* no credit at all */
    { "ילדים משחקים בחצר", "ילדים משחקים בחצר", "", NULL, CONFIDENCE_NONE },
    { "בצילום: ראש העיר והשרה", "בצילום: ראש העיר והשרה", "", NULL, CONFIDENCE_NONE },
    { "A photo finish: Cohen beats Levi", "A photo finish: Cohen beats Levi", "", NULL, CONFIDENCE_NONE },
    { "הכותרת. צילום:", "הכותרת. צילום:", "", NULL, CONFIDENCE_NONE },
    { "הכותרת. צילום: דנה. והנה עוד משפט", "הכותרת. צילום: דנה. והנה עוד משפט", "", NULL, CONFIDENCE_NONE },
    { "", "", "", NULL, CONFIDENCE_NONE },
};

static void test_captions(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        Caption caption;
        caption_parse(&caption, c->text);
        g_autofree char *names = g_strjoinv(";", caption.creators);
        g_test_message("%s", c->text);
        g_assert_cmpint(caption.confidence, ==, c->confidence);
        g_assert_cmpstr(caption.text, ==, c->caption);
        g_assert_cmpstr(names, ==, c->names);
        g_assert_cmpstr(caption.agency, ==, c->agency);
        caption_clear(&caption);
    }
}

static void test_credits(void)
{
    Caption credit;
    caption_parse_credit(&credit, " צילום: דנה כהן/פלאש 90 ");
    g_assert_cmpstr(credit.creators[0], ==, "דנה כהן");
    g_assert_null(credit.creators[1]);
    g_assert_cmpstr(credit.agency, ==, "פלאש 90");
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_HIGH);
    caption_clear(&credit);

    caption_parse_credit(&credit, " \u200f ");
    g_assert_cmpint(credit.confidence, ==, CONFIDENCE_NONE);
    caption_clear(&credit);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/caption/captions", test_captions);
    g_test_add_func("/caption/credits", test_credits);
    return g_test_run();
}
