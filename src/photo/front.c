#include "photo/front.h"

#include "photo/field.h"
#include "photo/script.h"

/* A year, or two with a dash between them. Blanks behind it are not skipped. */
static gsize skip_year(const Letters *l, gsize i, gsize to)
{
    gsize end = letters_skip(l, i, to), digits = 0;
    for (; end < to && (g_unichar_isdigit(l->text[end]) || l->text[end] == '-' || l->text[end] == 0x2013);
         end++)
        digits += g_unichar_isdigit(l->text[end]);
    return (digits == 4 || digits == 8) && (end == to || !words_inside(l->text[end])) ? end : i;
}

gsize front_skip_copyright(const Words *words, const Letters *l, gsize i, gsize to, gboolean *certain)
{
    gsize start = i, end;
    *certain = FALSE;
    while ((end = letters_word(l, words, WORDS_COPYRIGHT, i, to)) > i) {
        *certain = *certain || !words_inside(l->text[i]);
        i = letters_skip(l, end, to);
    }
    if (i == start)
        return start;
    end = skip_year(l, i, to);
    *certain = *certain || end > i;
    i = letters_skip(l, end, to);
    if (i < to && (l->folded[i] == ':' || (end > start && l->text[i] == ','))) {
        *certain = *certain || l->folded[i] == ':';
        i++;
    }
    return letters_skip(l, i, to);
}

gsize front_skip_label(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize end = letters_word(l, words, WORDS_LABEL, i, to);
    if (end == i)
        return i;
    gsize next = letters_skip(l, end, to);
    if (next < to && l->text[next] != '\n') {
        gsize behind = letters_word(l, words, WORDS_QUALIFIER, next, to);
        next = letters_skip(l, behind, to);
    }
    return next < to && l->folded[next] == ':' ? letters_skip(l, next + 1, to) : i;
}

/* Whether from..to is a word of one of these kinds, which begins with a label: "Photo courtesy of", "Archive
 * photo", "picture alliance". */
static gboolean is_more(const Words *words, const Letters *l, gsize from, gsize label, gsize to)
{
    static const WordKind all[] = { WORDS_AGENCY, WORDS_QUALIFIER, WORDS_NOBODY, WORDS_DEVICE };
    static const WordKind heads[] = { WORDS_BY, WORDS_COURTESY, WORDS_RIGHTS, WORDS_QUALIFIER };
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
        if (letters_are(l, words, all[k], from, to, NULL))
            return TRUE;
    for (gsize k = 0; k < G_N_ELEMENTS(heads); k++)
        if (letters_word(l, words, heads[k], from, to) > label)
            return TRUE;
    return FALSE;
}

/* Whether the word at i begins with an article or, where they are joined to the next word, "to". */
static gboolean is_prefixed(const Letters *l, gsize i, gsize to, gboolean article)
{
    return script_article(l->text + i, to - i) > 0 || (!article && l->text[i] == 0x5dc);
}

/* Whether from..to is what may stand behind a label without a colon: an agency, or a name of two words, and
 * no other label, "צילום ובימוי: NAME". A plain label stands before three, too, where there are no capitals,
 * and before two that begin with one; "Credit" and "Foto" may be the first word of a company's name. Where
 * there are no capitals, a body has its word in front, "צילום משטרת ישראל". */
static gboolean is_named(const Words *words, const Letters *l, gsize from, gsize to, gboolean plain)
{
    if (letters_are(l, words, WORDS_AGENCY, from, to, NULL))
        return TRUE;
    if (from >= to || letters_word(l, words, WORDS_PHRASE, from, to) > from)
        return FALSE;
    gunichar first = l->text[from];
    gboolean cased = g_unichar_isupper(first) || g_unichar_islower(first);
    gsize blanks = 0;
    for (gsize i = from; i < to; i++) {
        blanks += l->text[i] == ' ';
        gboolean small = cased && letters_word_start(l, i) && g_unichar_islower(l->text[i]);
        if (l->folded[i] == ':' || letters_bar(l, i) || small)
            return FALSE;
    }
    if (blanks == 0 || (!cased && is_prefixed(l, from, to, plain)))
        return FALSE;
    if (!cased && letters_word(l, words, WORDS_BODY, from, to) > from)
        return TRUE;
    if (letters_have(l, words, WORDS_BODY, from, to))
        return FALSE;
    return cased ? plain && blanks == 1 : blanks == 1 || (plain && blanks == 2);
}

/* A label without its colon: "Photo NAME". */
static gsize skip_bare_label(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize label = letters_word(l, words, WORDS_LABEL, i, to), name = letters_skip(l, label, to);
    if (label == i || name == label || letters_word(l, words, WORDS_SUBJECT, i, to) == label)
        return i;
    gsize from = i, end = field_end(l, name, to);
    field_trim(l, &from, &end);
    gboolean plain = letters_are(l, words, WORDS_BARE, i, label, NULL);
    return !is_more(words, l, from, label, end) && is_named(words, l, name, end, plain) ? name : i;
}

gsize front_skip_place(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize end = letters_word(l, words, WORDS_PLACE, i, to), mark = letters_skip(l, end, to);
    if (end == i || mark >= to)
        return i;
    gboolean dash = l->text[mark] != '/' && l->text[mark] != '|' && letters_bar(l, mark);
    return dash || l->folded[mark] == ':' ? letters_skip(l, mark + 1, to) : i;
}

gsize front_skip(const Words *words, const Letters *l, gsize i, gsize to)
{
    i = letters_skip(l, i, to);
    for (gsize start = to + 1; start != i && i < to;) {
        static const WordKind bare[] = { WORDS_BY, WORDS_FRONT };
        gboolean certain;
        start = i;
        i = front_skip_label(words, l, i, to);
        i = front_skip_copyright(words, l, i, to, &certain);
        i = skip_bare_label(words, l, i, to);
        for (gsize k = 0; k < G_N_ELEMENTS(bare); k++) {
            gsize end = letters_word(l, words, bare[k], i, to);
            if (end == i)
                continue;
            i = letters_skip(l, end, to);
            if (i < to && l->folded[i] == ':')
                i = letters_skip(l, i + 1, to);
        }
    }
    return i;
}
