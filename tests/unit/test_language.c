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
    g_test_add_func("/language/long", test_long);
    return g_test_run();
}
