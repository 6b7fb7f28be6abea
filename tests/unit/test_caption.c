#include "unit.h"

#include <glib/gstdio.h>

#include "photo/caption.h"
#include "preset/preset.h"

#define OWN_CASES "tests/unit/caption-cases.tsv"
#define SHARED_CASES "../shared/credits/cases.tsv"

static Preset *preset;

enum { COLUMN_ID, COLUMN_TEXT, COLUMN_CAPTION, COLUMN_CREATORS, COLUMN_AGENCY, COLUMN_CONFIDENCE, COLUMNS };

/* "\n" in a table stands for a line break. */
static char *unescape(const char *cell)
{
    g_auto(GStrv) lines = g_strsplit(cell, "\\n", -1);
    return g_strjoinv("\n", lines);
}

/* As captions are compared: composed, white space folded. */
static char *fold(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_auto(GStrv) words = g_strsplit_set(composed, " \t\n", -1);
    GString *out = g_string_new(NULL);
    for (char **word = words; *word; word++)
        if (**word)
            g_string_append_printf(out, "%s%s", out->len ? " " : "", *word);
    return g_string_free(out, FALSE);
}

static void check_case(char **cells)
{
    g_autofree char *text = unescape(cells[COLUMN_TEXT]);
    g_autofree char *unescaped = unescape(cells[COLUMN_CAPTION]);
    g_autofree char *wanted = fold(unescaped);
    Caption caption;
    caption_parse(&caption, &preset->words, text);

    g_autofree char *got = fold(caption.text);
    g_autofree char *creators = g_strjoinv(";", caption.creators);
    g_test_message("%s: %s", cells[COLUMN_ID], text);
    g_assert_cmpstr(confidence_name(caption.confidence), ==, cells[COLUMN_CONFIDENCE]);
    g_assert_cmpstr(got, ==, wanted);
    g_assert_cmpstr(creators, ==, cells[COLUMN_CREATORS]);
    g_assert_cmpstr(caption.agency ? caption.agency : "", ==, cells[COLUMN_AGENCY]);
    caption_clear(&caption);
}

static void run_cases(const char *path, guint least)
{
    g_autofree char *table = NULL;
    GError *error = NULL;
    g_assert_true(g_file_get_contents(path, &table, NULL, &error));
    g_assert_no_error(error);

    g_auto(GStrv) rows = g_strsplit(table, "\n", -1);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    guint n = 0;
    for (char **row = rows + 1; *rows && *row; row++) {
        if (!**row)
            continue;
        g_auto(GStrv) cells = g_strsplit(*row, "\t", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, COLUMNS);
        g_assert_true(g_hash_table_add(ids, (gpointer)g_intern_string(cells[COLUMN_ID])));
        check_case(cells);
        n++;
    }
    g_test_message("%u cases of %s", n, path);
    g_assert_cmpuint(n, >=, least);
}

static void test_own_cases(void)
{
    run_cases(OWN_CASES, 120);
}

static void test_shared_cases(void)
{
    if (g_file_test(SHARED_CASES, G_FILE_TEST_EXISTS))
        run_cases(SHARED_CASES, 50);
    else
        g_test_skip(SHARED_CASES " is not beside this checkout");
}

/* Texts that are a credit as a whole; names joined by ; */
static const struct {
    const char *text, *names, *agency;
} credits[] = {
    { " צילום: דנה כהן/פלאש 90 ", "דנה כהן", "פלאש 90" },
    { "Photo by Dana Cohen", "Dana Cohen", NULL },
    { "© 2026 Dana Cohen", "Dana Cohen", NULL },
    { "Copyright © 2019-2026 Dana Cohen. All rights reserved.", "Dana Cohen", NULL },
    { "(c) Dana Cohen 2026", "Dana Cohen", NULL },
    { "Copyright 2026, Dana Cohen", "Dana Cohen", NULL },
    { "Copyright Dana Cohen", "Dana Cohen", NULL },
    { "Photographer: Dana Cohen", "Dana Cohen", NULL },
    { "Photo: © Dana Cohen", "Dana Cohen", NULL },
    { "By Dana Cohen", "Dana Cohen", NULL },
    { "Von Anna Weiß", "Anna Weiß", NULL },
    { "מאת דנה כהן", "דנה כהן", NULL },
    { "dana cohen", "dana cohen", NULL },
    { "Dana Cohen; Yoav Levi", "Dana Cohen;Yoav Levi", NULL },
    { "Dana Cohen\nYoav Levi", "Dana Cohen;Yoav Levi", NULL },
    { "Dana Cohen, Dana Cohen", "Dana Cohen", NULL },
    { "Dana Cohen / Acme Pictures", "Dana Cohen", "Acme Pictures" },
    { "Dana Cohen / Somebody Else", "Dana Cohen", "Somebody Else" },
    { "Dana Cohen via AP", "Dana Cohen", "AP" },
    { "Dana Cohen for The Daily Planet", "Dana Cohen", "The Daily Planet" },
    { "Dana Cohen for The Daily Planet via Getty Images", "Dana Cohen", "The Daily Planet/Getty Images" },
    { "AP Photo/Dana Cohen", "Dana Cohen", "AP" },
    { "AP Photo/Dana Cohen, Yoav Levi", "Dana Cohen;Yoav Levi", "AP" },
    { "REUTERS/Dana Cohen/Pool", "Dana Cohen", "Reuters" },
    { "Dana Cohen/AFP/Getty Images", "Dana Cohen", "AFP/Getty Images" },
    { "Dana Cohen/AFP via Getty Images", "Dana Cohen", "AFP/Getty Images" },
    { "Dana Cohen, AFP", "Dana Cohen", "AFP" },
    { "Dana Cohen (AFP)", "Dana Cohen", "AFP" },
    { "Dana Cohen - AFP", "Dana Cohen", "AFP" },
    { "Dana Cohen – Acme", "Dana Cohen", "Acme" },
    { "Dana Ben - Ari", "Dana Ben - Ari", NULL },
    { "retuers", "", "Reuters" },
    { "HO/Reuters", "", "Reuters" },
    { "Handout via REUTERS", "", "Reuters" },
    { "STR/AFP/Getty Images", "", "AFP/Getty Images" },
    { "Handout", "", "Handout" },
    { "HO / Handout", "", "HO" },
    { "Dana Cohen, Staff Photographer", "Dana Cohen", NULL },
    { "Dana Cohen/Pool Photo via AP", "Dana Cohen", "AP" },
    { "Courtesy of the Cohen family", "", "the Cohen family" },
    { "Dana Cohen, courtesy of Acme, Inc.", "Dana Cohen", "Acme, Inc" },
    { "Courtesy of Acme/Handout via REUTERS", "", "Acme/Reuters" },
    { "Courtesy", "", "Courtesy" },
    { "דנה כהן, ארכיון", "דנה כהן", NULL },
    { "שימוש לפי סעיף 27א' לחוק זכויות יוצרים, ארכיון", "",
      "שימוש לפי סעיף 27א' לחוק זכויות יוצרים, ארכיון" },
    { "דוברות המשטרה", "", "דוברות המשטרה" },
    { "International Center for Photography", "", "International Center for Photography" },
    { "Doctors for Peace", "Doctors for Peace", NULL },
    { "Dana via AP", "Dana", "AP" },
    { "J. R. Levi", "J. R. Levi", NULL },
    { "Dana C.", "Dana C.", NULL },
    { "Dana Cohen.", "Dana Cohen", NULL },
    { "“Dana Cohen”", "Dana Cohen", NULL },
    { "123RF", "123RF", NULL },
    { "סטודיו 54", "סטודיו 54", NULL },
    { "ערוץ 12", "", "ערוץ 12" },
    { "N12", "N12", NULL },
    { "כאן 11", "כאן 11", NULL },
    { "יוני כהן", "יוני כהן", NULL },
    { "פלאש 90/123RF", "123RF", "פלאש 90" },
    { "דנה כהן 2024-03-12", "דנה כהן", NULL },
    { "דנה כהן, 12-14 במרץ", "דנה כהן", NULL },
    { "12/03/2024 דנה כהן", "דנה כהן", NULL },
    { "לע\"מ 7.6.67 14:30", "", "לע\"מ" },
    { "ynet 2024", "", "ynet" },
    { "Dana Cohen (May 2024)/AFP", "Dana Cohen", "AFP" },
    { "Dana Cohen, 1970s", "Dana Cohen", NULL },
    { "צילום דנה כהן", "דנה כהן", NULL },
    { "צלם יוסי לוי", "יוסי לוי", NULL },
    { "קרדיט דנה כהן", "דנה כהן", NULL },
    { "קרדיט: צילום דנה כהן", "דנה כהן", NULL },
    { "צילום רויטרס", "", "רויטרס" },
    { "צילום דוברות המשטרה", "", "דוברות המשטרה" },
    { "צילום לפי סעיף 27א", "", "צילום לפי סעיף 27א" },
    { "צלמים ללא גבולות", "צלמים ללא גבולות", NULL },
    { "דנה כהן, צילום יוסי לוי", "דנה כהן;יוסי לוי", NULL },
    { "تصوير محمد علي", "محمد علي", NULL },
    { "بعدسة المصور محمد علي", "محمد علي", NULL },
    { "Фото Дана Коэн", "Дана Коэн", NULL },
    { "Photo Dana Cohen", "Dana Cohen", NULL },
    { "Photographer Dana Cohen/AFP", "Dana Cohen", "AFP" },
    { "Photo AFP", "", "AFP" },
    { "picture alliance", "", "picture alliance" },
    { "צילום: צלם העיתונות דני כהן", "צלם העיתונות דני כהן", NULL },
    { "צלם המשטרה", "", "צלם המשטרה" },
    { "קרדיט לדנה כהן", "קרדיט לדנה כהן", NULL },
    { "צילום אורן בן חקון", "אורן בן חקון", NULL },
    { "צילום מסך - כאן 11", "כאן 11", NULL },
    { "Photo Editor Mia Stone", "Photo Editor Mia Stone", NULL },
    { "Credit Suisse AG", "Credit Suisse AG", NULL },
    { "Foto Huber Wien", "Foto Huber Wien", NULL },
    { "Фото очевидцев происшествия", "Фото очевидцев происшествия", NULL },
    { "Photo News", "", "Photo News" },
    { "Photo News Agency", "", "Photo News Agency" },
    { "Photographers Without Borders", "Photographers Without Borders", NULL },
    { "Photo courtesy of Acme", "", "Acme" },
    { "Staff photo", "", "Staff photo" },
    { "מימין: דנה כהן, משמאל: יוסי לוי", "דנה כהן;יוסי לוי", NULL },
    { "מימין - דנה כהן, משמאל - יוסי לוי", "דנה כהן;יוסי לוי", NULL },
    { "ארכיון - דנה כהן", "דנה כהן", NULL },
    { "צילום: דנה כהן. עריכה: יוסי לוי", "דנה כהן", NULL },
    { "צילום: דנה כהן, עריכה: יוסי לוי", "דנה כהן", NULL },
    { "גן הילדים ברעננה. צילום: דנה כהן", "דנה כהן", NULL },
    { "כתבה: רות גל. צילום: דנה כהן/רויטרס", "דנה כהן", "רויטרס" },
    { "Getty Images. Photo: Dana Cohen", "Dana Cohen", "Getty Images" },
    { "באדיבות עיריית חיפה, צילום: עומר גל", "עומר גל", "עיריית חיפה" },
    { "גן הילדים ברעננה\nצילום: דנה כהן", "דנה כהן", NULL },
    { "נוצרה בבינה מלאכותית באמצעות Midjourney", "", "נוצרה בבינה מלאכותית באמצעות Midjourney" },
    { "Dana Cohen (3 photos)", "Dana Cohen", NULL },
    { "רחפן", "", "רחפן" },
    { "استخدام حسب بند 27أ", "", "استخدام حسب بند 27أ" },
    { "לע''מ", "", "לע\"מ" },
    { "''דנה כהן''", "דנה כהן", NULL },
    { "לע&quot;מ", "", "לע\"מ" },
    { "Dana Cohen &amp; Yoav Levi", "Dana Cohen & Yoav Levi", NULL },
    { "נועם מושקוביץ - דוברות הכנסת", "נועם מושקוביץ", "דוברות הכנסת" },
    { "Photo by Dana Cohen on Unsplash", "Dana Cohen", "Unsplash" },
    { "AP ורויטרס", "", "AP/רויטרס" },
    { "רויטרס ו-AP", "", "רויטרס/AP" },
    { "أ.ف.ب ورويترز", "", "أ.ف.ب/رويترز" },
    { "AP and Reuters", "", "AP/Reuters" },
    { "Mia Stone and Rex", "Mia Stone and Rex", NULL },
    { "Paul Julius de Reuter", "Paul Julius de Reuter", NULL },
    { "Mia Stone/Paris Match/Daily Mail", "Mia Stone", "Paris Match/Daily Mail" },
    { "זולטן קלוגר/קרן קיימת/קרן היסוד", "זולטן קלוגר", "קרן קיימת/קרן היסוד" },
    { "דנה כהן/יוסי לוי/רויטרס", "דנה כהן", "יוסי לוי/רויטרס" },
    { "צילום מסך: כאן 11", "", "כאן 11" },
    { "צילום: דנה כהן, יום שני, 12/3/2024", "דנה כהן", NULL },
    { "צילום ובימוי: דנה כהן", "דנה כהן", NULL },
    { "צילום: דנה כהן, 'ידיעות אחרונות'", "דנה כהן", "ידיעות אחרונות" },
    { "'דנה כהן'", "דנה כהן", NULL },
    { "ג'ורג' חורי, ז'אן ז'", "ג'ורג' חורי;ז'אן ז'", NULL },
    { "Photo and video: Dana Cohen", "Dana Cohen", NULL },
    { "דנה כהן. איור: נועה שגב", "דנה כהן;נועה שגב", NULL },
    { "Mia Stone/AP. Illustration: Leo Katz", "Mia Stone;Leo Katz", "AP" },
    { "דנה כהן (תמונה: יוסי לוי)", "דנה כהן", "יוסי לוי" },
    { "רויטרס. עריכה: יוסי לוי", "", "רויטרס" },
    { "המטבח החדש. עיצוב וצילום: גיל רז", "גיל רז", NULL },
    { "המטבח החדש. הדמיה: גיל רז", "גיל רז", NULL },
    /* what is no credit */
    { "", "", NULL },
    { " \u200f ", "", NULL },
    { "...", "", NULL },
    { "2026", "", NULL },
    { "Picasa", "", NULL },
    { "unknown", "", NULL },
    { "Camera Owner", "", NULL },
    { "OLYMPUS DIGITAL CAMERA         ", "", NULL },
    { "SONY DSC", "", NULL },
    { "DCIM\\100MEDIA", "", NULL },
    { "Canon EOS 5D Mark IV", "", NULL },
    { "NIKON D750", "", NULL },
    { "iPhone 15 Pro", "", NULL },
    { "© unknown", "", NULL },
    { "צילום: לא ידוע", "", NULL },
    { "ארכיון", "", NULL },
    { "מרץ 2024", "", NULL },
    { "3 мая 2024 г.", "", NULL },
    { "on May 3, 2024", "", NULL },
    { "צילום ארכיון", "", NULL },
    { "צילום מסך", "", NULL },
    { "נא להשלים", "", NULL },
    { "להשלים", "", NULL },
    { "קרדיט", "", NULL },
    { "אין צילום", "", NULL },
    { "צריך קרדיט", "", NULL },
    { "חסר קרדיט", "", NULL },
    { "צילום: נא להשלים", "", NULL },
    { "TBD", "", NULL },
    { "לבדוק!", "", NULL },
    { "<לבדוק>", "", NULL },
    { "לברר?", "", NULL },
    { "צילום: לבדוק עם דנה", "", NULL },
    { "לא ידוע?", "", NULL },
    { "אין!", "", NULL },
    { "N.A.", "", NULL },
    { "credit?", "", NULL },
    { "???", "", NULL },
    { "xxxxx", "", NULL },
    { "Dana Cohen <dana@example.org>", "Dana Cohen", NULL },
    { "Dana Cohen #TelAviv", "Dana Cohen", NULL },
    { "Dana Cohen 12:30", "Dana Cohen", NULL },
    { "TBA", "", NULL },
    { "Xxx", "", NULL },
    { "لقطة شاشة", "", NULL },
    { "скриншот", "", NULL },
    { "&lt;b&gt;Dana Cohen&lt;/b&gt;", "", NULL },
};

static void test_credits(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(credits); i++) {
        Caption credit;
        caption_parse_credit(&credit, &preset->words, credits[i].text);
        g_autofree char *names = g_strjoinv(";", credit.creators);
        g_test_message("%s", credits[i].text);
        g_assert_cmpstr(names, ==, credits[i].names);
        g_assert_cmpstr(credit.agency, ==, credits[i].agency);
        g_assert_cmpint(credit.confidence, ==, *names || credit.agency ? CONFIDENCE_HIGH : CONFIDENCE_NONE);
        g_assert_cmpstr(credit.text, ==, "");
        caption_clear(&credit);
    }
}

/* Texts that are a credit, but not a certain one. */
static void test_doubts(void)
{
    static const struct {
        const char *text, *names;
    } cases[] = {
        { "דנה כהן?", "דנה כהן?" },
        { "Dana Cohen (?)", "Dana Cohen" },
        { "דנה כהן (לבדוק!)", "דנה כהן" },
        { "Dana Cohen, tbc", "Dana Cohen" },
        { "דנה כהן, כיכר רבין", "דנה כהן;כיכר רבין" },
        { "דנה כהן – המשטרה פינתה מפגינים", "דנה כהן" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Caption credit;
        caption_parse_credit(&credit, &preset->words, cases[i].text);
        g_autofree char *names = g_strjoinv(";", credit.creators);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(names, ==, cases[i].names);
        g_assert_cmpint(credit.confidence, ==, CONFIDENCE_LOW);
        caption_clear(&credit);
    }
}

/* A desk's own words and agencies, and what it takes away. */
static void test_own_words(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-caption-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "desk.preset", NULL);
    g_autofree char *base = g_canonicalize_filename("presets/base.preset", NULL);
    g_autofree char *text = g_strdup_printf("[preset]\ntitle = Desk\nextends = %s\n"
                                            "[words label]\npt = Fotografado\nfr =\n"
                                            "[agencies]\nHarbour Desk = hd;Harbour\nרויטרס =\n"
                                            "Reuters = רויטרס;Ruters\n",
                                            base);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    GError *error = NULL;
    g_autoptr(Preset) desk = preset_load(path, &error);
    g_assert_no_error(error);
    g_remove(path);
    g_rmdir(folder);

    static const struct {
        const char *text, *names, *agency;
    } cases[] = {
        { "O porto. Fotografado: Ana Peña/HD", "Ana Peña", "Harbour Desk" },
        { "הנמל. צילום: דנה כהן/רויטרס", "דנה כהן", "Reuters" },
        { "Le port. Cliché : Anne Lévy", "", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Caption caption;
        caption_parse(&caption, &desk->words, cases[i].text);
        g_autofree char *names = g_strjoinv(";", caption.creators);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(names, ==, cases[i].names);
        g_assert_cmpstr(caption.agency, ==, cases[i].agency);
        caption_clear(&caption);
    }
}

#define LRM "\u200e"
#define RLM "\u200f"
#define ALM "\u061c"

/* Marks of direction stay where they are in the caption, and hide no credit. */
static void test_marks(void)
{
    static const struct {
        const char *text, *caption, *names;
    } cases[] = {
        { "כנס C++" LRM " בתל אביב", "כנס C++" LRM " בתל אביב", "" },
        { "כנס C++" LRM ". צילום: דנה כהן", "כנס C++" LRM, "דנה כהן" },
        { "כנס C++" LRM " (צילום: דנה כהן)", "כנס C++" LRM, "דנה כהן" },
        { "הכנס. " RLM "צילום" RLM ":" LRM " דנה" RLM " כהן" RLM, "הכנס", "דנה כהן" },
        { RLM "הכנס, " LRM "(AP) 2026", "הכנס, " LRM "(AP) 2026", "" },
        { "قال " ALM "-5" RLM " " LRM " درجات", "قال " ALM "-5" RLM " " LRM "درجات", "" },
        { "a" RLM LRM "b", "a" LRM "b", "" },
        { " " RLM " הכנס " RLM, "הכנס" RLM, "" },
        { RLM "הכנס" LRM " (AP Photo/Dana Cohen)" RLM, "הכנס" LRM, "Dana Cohen" },
        { "(צילום: דנה כהן)" RLM " " LRM "(1) הכנס", "(1) הכנס", "דנה כהן" },
        { "one\n" RLM "\n two" LRM " \n" RLM, "one " RLM "two" LRM, "" },
        { RLM " " LRM "\n", "", "" },
        { "\u202eover\u202c \u2067isolated\u2069 \u202bright\u202c", "over isolated right", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Caption caption;
        caption_parse(&caption, &preset->words, cases[i].text);
        g_autofree char *names = g_strjoinv(";", caption.creators);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(caption.text, ==, cases[i].caption);
        g_assert_cmpstr(names, ==, cases[i].names);
        caption_clear(&caption);
    }
}

/* Long texts of what makes work: none may take longer than by its length. Each ends in a credit. */
static void test_long_texts(void)
{
    static const char *const pieces[] = {
        "word ",        "Photo: ",       "צילום: ", "(Photo: ", "© ",           "AP/",     " - ",
        ". ",           "Photo by ",     "(((",     ")))",      "courtesy of ", "a\u0301", "\u05b8",
        "\u0316\u0301", "a" RLM " " LRM, RLM "\n",  "/",        ", ",           "\n",      "Photo: A\n",
        "Photo: A/B. ", "12/",           "3 May ",  "left: ",   "''",           "&amp;",   " ו",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 1 << 18)
            g_string_append(text, pieces[i]);
        g_string_append(text, "\nצילום: דנה כהן");
        g_test_message("256 KiB of '%s'", pieces[i]);
        Caption caption, credit;
        caption_parse(&caption, &preset->words, text->str);
        g_assert_cmpint(caption.confidence, !=, CONFIDENCE_NONE); /* low where more credits are left in it */
        g_assert_true(g_strv_contains((const char *const *)caption.creators, "דנה כהן"));
        caption_parse_credit(&credit, &preset->words, text->str);
        /* too long for a credit, but where next to nothing stays of the marks and empty lines */
        gboolean little =
            strchr(pieces[i], '\n') == pieces[i] + strlen(pieces[i]) - 1 && !g_ascii_isprint(*pieces[i]);
        little = little || g_unichar_ismark(g_utf8_get_char(pieces[i]));
        g_assert_cmpint(credit.confidence, ==, little ? CONFIDENCE_HIGH : CONFIDENCE_NONE);
        g_string_free(text, TRUE);
        caption_clear(&caption);
        caption_clear(&credit);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    preset = preset_load("presets/article.preset", NULL);
    g_assert_nonnull(preset);
    g_test_add_func("/caption/own-cases", test_own_cases);
    g_test_add_func("/caption/shared-cases", test_shared_cases);
    g_test_add_func("/caption/credits", test_credits);
    g_test_add_func("/caption/doubts", test_doubts);
    g_test_add_func("/caption/own-words", test_own_words);
    g_test_add_func("/caption/marks", test_marks);
    g_test_add_func("/caption/long-texts", test_long_texts);
    int status = g_test_run();
    preset_free(preset);
    return status;
}
