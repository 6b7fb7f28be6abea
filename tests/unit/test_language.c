#include "unit.h"

#include "photo/language.h"

static void test_languages(void)
{
    static const struct {
        const char *text, *language;
    } cases[] = {
        { "ערב הסיום בהיכל הקונגרסים", "he" },
        { "الأمطار في المدينة القديمة", "ar" },
        { "Школьники во дворе", "ru" },
        { "Діти на подвір'ї школи", "uk" },
        { "Pupils at the fair in the old town", "en" },
        { "Firefighters work at the scene of a blaze", "en" },
        { "Berlin", "en" },
        { "Der Bürgermeister spricht vor dem Rathaus", "de" },
        { "Kinder spielen im Hof der Schule", "de" },
        { "Le maire parle devant la mairie", "fr" },
        { "Des élèves dans la cour de l'école", "fr" },
        { "El alcalde habla ante los vecinos", "es" },
        { "Niños en el patio de la escuela", "es" },
        { "La plaza mayor de Salamanca, el domingo", "es" },
        { "La place de la République, à Paris", "fr" },
        { "José Ramírez at the finish of the race in Madrid", "en" },
        { "שוק Carmel in the morning", "he" },
        { "2026 / 7", "he" },
        { "", "he" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(language_of(cases[i].text, "he"), ==, cases[i].language);
    g_assert_cmpstr(language_of("42", "fr"), ==, "fr");
}

/* Of a text that may be of the desk's language, and of several scripts. */
static void test_desks(void)
{
    static const struct {
        const char *desk, *text, *language;
    } cases[] = {
        { "he", "BBC: ראש הממשלה הגיע", "he" },
        { "he", "iPhone 17 הושק בישראל", "he" },
        { "he", "C++ בישראל", "he" },
        { "he", "Google, Apple, Microsoft, Amazon בתל אביב", "he" },
        { "he", "Maccabi Haifa - Bayern Munich, גמר", "he" },
        { "he", "Leonardo da Vinci, אמן", "he" },
        { "he", "A view of רמת גן", "en" },
        { "he", "Pupils of Ort school (בית ספר אורט)", "en" },
        { "he", "iPhone 17 Pro Max בישראל", "he" },
        { "he", "Olaf Scholz, Berlin", "en" },
        { "he", "لافتة في المدينة: \"No entry for motor vehicles on working days\"", "ar" },
        { "ar", "لافتة: \"No entry for motor vehicles on working days\"", "ar" },
        { "en", "שלט בכניסה לעיר: \"No entry for motor vehicles\"", "he" },
        { "en", "בעיר: \"No entry for motor vehicles on working days\"", "en" },
        { "he", "Школьники у здания בית ספר", "ru" },
        { "he", "The daily הארץ reports from the scene of the blaze in the north", "en" },
        { "ar", "FIFA World Cup - منتخب مصر يفوز على السعودية في المباراة", "ar" },
        { "ar", "BBC: ראש הממשלה", "he" },
        { "en", "Mayor of תל אביב opens the bridge", "en" },
        { "en", "ראש העיר Huldai חנך גשר חדש", "he" },
        { "he-IL", "ראש העיר", "he-IL" },
        { "he-IL", "The mayor", "en" },
        { "en-GB", "The mayor", "en-GB" },
        { "de", "Olaf Scholz, Berlin", "de" },
        { "de", "The mayor of the city", "en" },
        { "pt", "Presidente Lula, Brasília", "pt" },
        { "fr", "Emmanuel Macron, Paris", "fr" },
        { "uk", "Одеса, вокзал", "uk" },
        { "uk", "Объявление на вокзале", "ru" },
        { "ru", "Одеса, мерія", "uk" },
        { "bg", "Кметът на София", "bg" },
        { "fa", "رئیس جمهور ایران", "fa" },
        { "HE", "ראש העיר", "HE" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(language_of(cases[i].text, cases[i].desk), ==, cases[i].language);
}

/* A long text is told by its beginning, and cut between characters. */
static void test_long(void)
{
    GString *text = g_string_new("der ");
    while (text->len < 4000)
        g_string_append(text, "ü");
    g_assert_cmpstr(language_of(text->str, "he"), ==, "de");
    g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/language/languages", test_languages);
    g_test_add_func("/language/desks", test_desks);
    g_test_add_func("/language/long", test_long);
    return g_test_run();
}
