#include "photo/front.h"

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

gsize front_skip(const Words *words, const Letters *l, gsize i, gsize to)
{
    i = letters_skip(l, i, to);
    for (gsize start = to + 1; start != i && i < to;) {
        static const WordKind bare[] = { WORDS_BY, WORDS_FRONT };
        gboolean certain;
        start = i;
        i = front_skip_label(words, l, i, to);
        i = front_skip_copyright(words, l, i, to, &certain);
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
