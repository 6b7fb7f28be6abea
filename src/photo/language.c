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

/* ---- Scripts ---- */

typedef enum { LATIN, HEBREW, ARABIC, CYRILLIC, GREEK, ETHIOPIC, DEVANAGARI, SCRIPTS } Script;

/* Of the languages that are not written in Latin letters, those that a desk may speak. */
static const struct {
    Script script;
    GUnicodeScript unicode;
    const char *language; /* that the script stands for by itself */
    const char *others;
} scripts[] = {
    { HEBREW, G_UNICODE_SCRIPT_HEBREW, "he", "iw yi" },
    { ARABIC, G_UNICODE_SCRIPT_ARABIC, "ar", "fa ur ps ckb ug sd" },
    { CYRILLIC, G_UNICODE_SCRIPT_CYRILLIC, "ru", "uk be bg mk sr kk ky mn tg" },
    { GREEK, G_UNICODE_SCRIPT_GREEK, "el", "" },
    { ETHIOPIC, G_UNICODE_SCRIPT_ETHIOPIC, "am", "ti" },
    { DEVANAGARI, G_UNICODE_SCRIPT_DEVANAGARI, "hi", "mr ne" },
};

/* Whether the language tag is of this language: "he-IL" is of "he". */
static gboolean is_of(const char *tag, const char *language)
{
    gsize n = strcspn(tag, "-_");
    return n == strlen(language) && g_ascii_strncasecmp(tag, language, n) == 0;
}

static Script script_of(const char *tag)
{
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        g_auto(GStrv) others = g_strsplit(scripts[i].others, " ", -1);
        gboolean known = is_of(tag, scripts[i].language);
        for (char **other = others; *other; other++)
            known = known || is_of(tag, *other);
        if (known)
            return scripts[i].script;
    }
    return LATIN;
}

/* How many letters of each script the text has; gives that of the first, or SCRIPTS where there is none. */
static Script count_scripts(const char *text, guint n[SCRIPTS])
{
    Script first = SCRIPTS;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        GUnicodeScript unicode = g_unichar_get_script(g_utf8_get_char(p));
        Script script = unicode == G_UNICODE_SCRIPT_LATIN ? LATIN : SCRIPTS;
        for (gsize i = 0; i < G_N_ELEMENTS(scripts) && script == SCRIPTS; i++)
            if (scripts[i].unicode == unicode)
                script = scripts[i].script;
        if (script == SCRIPTS)
            continue;
        n[script]++;
        first = first == SCRIPTS ? script : first;
    }
    return first;
}

/* Whether a word in small letters stands in the text, as in each sentence and in few names: of some
 * length, since "of" and "da" are in names, too. */
static gboolean has_small_word(const char *text)
{
    enum { LEAST = 4 };
    guint n = 0;
    gboolean small = TRUE;
    for (const char *p = text;; p = g_utf8_next_char(p)) {
        gunichar c = *p ? g_utf8_get_char(p) : 0;
        if (c && g_unichar_isalpha(c)) {
            small = small && g_unichar_islower(c);
            n++;
        } else if (small && n >= LEAST)
            return TRUE;
        else {
            small = TRUE;
            n = 0;
        }
        if (!c)
            return FALSE;
    }
}

/* The script that most letters are of. A text that begins in one that runs from right to left is of that if a
 * quarter of its letters are, or any where it is the desk's own: what such a text quotes or names, products
 * and teams, is often longer than what is said of it. It is of the desk's own, too, where the rest is nothing
 * but names by their capitals. */
static Script choose_script(const char *text, const char *desk)
{
    guint n[SCRIPTS] = { 0 }, all = 0;
    Script first = count_scripts(text, n), most = first, desks = script_of(desk);
    if (first == SCRIPTS)
        return SCRIPTS;
    for (int i = 0; i < SCRIPTS; i++) {
        all += n[i];
        if (n[i] > n[most])
            most = (Script)i;
    }
    gboolean cased = most == LATIN || most == CYRILLIC || most == GREEK;
    gboolean small = cased && has_small_word(text), sentence = small && first == most;
    gboolean names = (cased && !small) || (!sentence && n[desks] * 4 >= all);
    if (script_is_rtl(desk) && n[desks] > 0 && (first == desks || names))
        return desks;
    return (first == HEBREW || first == ARABIC) && n[first] * 4 >= all ? first : most;
}

/* ---- Languages of one script ---- */

/* English where nothing tells, or what the desk speaks; then a word by chance is not enough to tell
 * otherwise. */
static const char *tell_latin(const char *text, const char *desk)
{
    enum { HEAD = 2000 }; /* bytes that tell enough */
    const char *end = text + strlen(text);
    if (end - text > HEAD)
        end = g_utf8_find_prev_char(text, text + HEAD);
    g_autofree char *head = g_strndup(text, (gsize)(end - text));
    g_autofree char *folded = g_utf8_strdown(head, -1);
    g_auto(GStrv) words = g_strsplit_set(folded, " \t\n.,;:!?()\"'/", -1);

    const char *best = desk ? desk : "en";
    guint most = desk && !is_of(desk, "en") ? 2 : 0;
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

/* Ukrainian and Russian have letters that the other has not. */
static const char *tell_cyrillic(const char *text, const char *desk)
{
    static const char ukrainian[] = "іїєґІЇЄҐ", russian[] = "ыэъёЫЭЪЁ";
    if ((!desk || is_of(desk, "ru")) && count_letters(text, ukrainian) > 0)
        return "uk";
    if (desk && is_of(desk, "uk") && count_letters(text, russian) > 0)
        return "ru";
    return desk ? desk : "ru";
}

const char *language_of(const char *text, const char *fallback)
{
    Script script = text ? choose_script(text, fallback) : SCRIPTS;
    if (script == SCRIPTS)
        return fallback;
    const char *desk = script_of(fallback) == script ? fallback : NULL;
    const char *language = script == LATIN      ? tell_latin(text, desk)
                           : script == CYRILLIC ? tell_cyrillic(text, desk)
                                                : desk;
    for (gsize i = 0; i < G_N_ELEMENTS(scripts) && !language; i++)
        if (scripts[i].script == script)
            language = scripts[i].language;
    return desk && is_of(desk, language) ? desk : language;
}
