#include "photo/language.h"

#include <glib.h>
#include <string.h>

#include "photo/script.h"

/* The words that a text of some length in the language has, and few of another's. English stands first: it
 * wins where two are even. */
static const struct {
    const char *language, *words;
} common[] = {
    { "en", " the of and in at is are was were with for from by on to his her their after during before " },
    { "de", " der die das den dem des ein eine einen einem einer und ist im am vom zum zur mit für von auf "
            "bei nach "
            "vor über sich wird werden " },
    { "fr", " le la les un une des du de et est dans sur au aux avec pour par en après devant pendant lors "
            "qui que " },
    { "es",
      " el la los las un una unos del de y es en con para por su sus al tras ante durante desde que se " },
};

/* Letters that one of them has and the others do not. */
static const struct {
    const char *language, *letters;
} own[] = { { "de", "äöüß" }, { "fr", "çèêëîïôûœà" }, { "es", "ñ¿¡áíóú" } };

static guint count_words(char *const *words, const char *list)
{
    guint n = 0;
    for (; *words; words++) {
        g_autofree char *word = g_strconcat(" ", *words, " ", NULL);
        n += **words && strstr(list, word);
    }
    return n;
}

static guint count_letters(const char *text, const char *letters)
{
    guint n = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        n += (guchar)*p >= 0x80 && g_utf8_strchr(letters, -1, g_utf8_get_char(p));
    return n;
}

static const char *tell_latin(const char *text)
{
    enum { HEAD = 2000 }; /* bytes that tell enough */
    const char *end = text + strlen(text);
    if (end - text > HEAD)
        end = g_utf8_find_prev_char(text, text + HEAD);
    g_autofree char *head = g_strndup(text, (gsize)(end - text));
    g_autofree char *folded = g_utf8_strdown(head, -1);
    g_auto(GStrv) words = g_strsplit_set(folded, " \t\n.,;:!?()\"'/", -1);

    const char *best = "en";
    guint most = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        guint n = 2 * count_words(words, common[i].words);
        for (gsize k = 0; k < G_N_ELEMENTS(own); k++)
            if (strcmp(own[k].language, common[i].language) == 0)
                n += count_letters(folded, own[k].letters);
        if (n > most) {
            most = n;
            best = common[i].language;
        }
    }
    return best;
}

const char *language_of(const char *text, const char *fallback)
{
    const char *language = script_language(text, fallback);
    return strcmp(language, "en") == 0 && text && language != fallback ? tell_latin(text) : language;
}
