#include "photo/doubt.h"

#include <string.h>

#include "photo/field.h"
#include "photo/joint.h"
#include "photo/script.h"

gboolean doubt_is_empty(const Words *words, const Letters *l, gsize from, gsize to)
{
    enum { FILLER = 3 };
    gsize n = 0, digits = from;
    gboolean other = FALSE;
    for (gsize i = from; i < to; i++) {
        n += g_unichar_isalpha(l->text[i]);
        other = other || l->folded[i] != l->folded[from];
    }
    while (digits < to && g_unichar_isdigit(l->text[digits]))
        digits++;
    gboolean count =
        digits > from && letters_are(l, words, WORDS_LABEL, letters_skip(l, digits, to), to, NULL);
    return n == 0 || (!other && n >= FILLER) || count;
}

static void strip_marks(const Letters *l, gsize *from, gsize *to)
{
    while (*from < *to && !words_inside(l->text[*from]))
        ++*from;
    while (*to > *from && !words_inside(l->text[*to - 1]))
        --*to;
}

gboolean doubt_is_blank(const Words *words, const Letters *l, gsize from, gsize to)
{
    if (letters_are(l, words, WORDS_DEVICE, from, to, NULL))
        return TRUE;
    strip_marks(l, &from, &to);
    return letters_are(l, words, WORDS_DEVICE, from, to, NULL) ||
           letters_are(l, words, WORDS_DOUBT, from, to, NULL);
}

/* A question mark, or ">>" and the like of a web page, which no name has. */
static gboolean is_strange(const Letters *l, gsize i)
{
    gunichar c = l->text[i];
    gboolean twice = i > 0 && (c == '<' || c == '>') && l->text[i - 1] == c;
    return (c < 0x80 && c && strchr("?={}", (int)c)) || c == 0x61f || twice; /* Arabic question mark */
}

gboolean doubt_is_said(const Words *words, const Letters *l, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++)
        if (is_strange(l, i))
            return TRUE;
    strip_marks(l, &from, &to);
    return letters_are(l, words, WORDS_DOUBT, from, to, NULL);
}

/* Behind "in" or "from": a word, or in Hebrew and Arabic the first letter of the next one. Else from. */
static gsize skip_in(const Words *words, const Letters *l, gsize from, gsize to)
{
    gsize word = letters_skip(l, letters_word(l, words, WORDS_PHRASE, from, to), to);
    gboolean letter =
        from + 1 < to && (l->text[from] == 0x5d1 || l->text[from] == 0x5de || l->text[from] == 0x628);
    return word > from ? word : from + letter;
}

gboolean doubt_is_town(const Words *words, const Letters *l, gsize from, gsize to)
{
    return letters_are(l, words, WORDS_TOWN, from, to, NULL) ||
           letters_are(l, words, WORDS_TOWN, skip_in(words, l, from, to), to, NULL);
}

static gboolean is_cased(gunichar c)
{
    return g_unichar_isupper(c) || g_unichar_islower(c);
}

/* Whether a place begins at i, behind a word of something else. */
static gboolean ends_in_place(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize name = skip_in(words, l, i, to), site = letters_word(l, words, WORDS_SITE, i, to);
    return (name > i && (letters_are(l, words, WORDS_TOWN, name, to, NULL) ||
                         letters_word(l, words, WORDS_SITE, name, to) > name)) ||
           (site > i && site < to);
}

gboolean doubt_is_place(const Words *words, const Letters *l, gsize from, gsize to)
{
    if (doubt_is_town(words, l, from, to) || letters_word(l, words, WORDS_SITE, from, to) > from)
        return TRUE;
    if (from < to && is_cased(l->text[from]) && letters_have(l, words, WORDS_SITE, from, to))
        return TRUE;
    gsize name = skip_in(words, l, from, to);
    gboolean place = letters_word(l, words, WORDS_SITE, name, to) > name;
    for (gsize i = from + 1; i < to && !place; i++)
        place = l->text[i - 1] == ' ' && ends_in_place(words, l, i, to);
    return place;
}

gboolean doubt_is_sentence(const Words *words, const Letters *l, gsize from, gsize to)
{
    enum { NAME = 3, SHORT = 2 }; /* words of a name; letters */
    field_trim(l, &from, &to);
    if (from == to || is_cased(l->text[from]) || joint_is_body(words, l, from, to))
        return FALSE;
    guint n = 0;
    gboolean inside = FALSE; /* a short word */
    gsize last = from;
    for (gsize i = from, end; i < to; i = end + 1, n++) {
        for (end = i; end < to && l->text[end] != ' '; end++)
            ;
        inside = inside || (i > from && end < to && end - i <= SHORT &&
                            !letters_are(l, words, WORDS_PHRASE, i, end, NULL));
        last = i;
    }
    if (n < NAME || letters_are(l, words, WORDS_TITLE, last, to, NULL))
        return FALSE;
    return n > NAME || !inside || script_article(l->text + from, to - from) > 0;
}
