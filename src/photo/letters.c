#include "photo/letters.h"

#include <string.h>

#include "photo/entities.h"
#include "photo/script.h"

#define EMOJI_STYLE 0xfe0f /* variation selector: says how the symbol before it is drawn */

/* Takes the marks of direction out of the text, and blanks and lines that are empty without them. Of several
 * marks in one place the last one counts. */
static void take_marks(Letters *letters)
{
    gunichar *text = letters->text, *mark = letters->mark = g_new0(gunichar, letters->n + 1);
    gsize n = 0;
    for (gsize i = 0; i < letters->n; i++) {
        gunichar last = n > 0 ? text[n - 1] : '\n';
        if (script_is_mark(text[i]))
            mark[n] = text[i];
        else if (text[i] == '\n' && last == ' ')
            text[n - 1] = '\n';
        else if ((text[i] != ' ' && text[i] != '\n') || (last != ' ' && last != '\n'))
            text[n++] = text[i];
    }
    for (; n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\n'); n--)
        mark[n - 1] = mark[n - 1] ? mark[n - 1] : mark[n];
    letters->n = n;
    text[n] = 0;
}

static gboolean is_hebrew(gunichar c)
{
    return c >= 0x5d0 && c <= 0x5ea;
}

/* Whether two apostrophes in a row stand at i. */
static gboolean is_twice(const Letters *letters, gsize i)
{
    gunichar c = letters->text[i];
    return (c == '\'' || c == 0x2019 || c == 0x5f3) && i + 1 < letters->n && letters->text[i + 1] == c;
}

/* Two apostrophes in a row are meant for one double quotation mark between Hebrew letters, לע''מ, and around
 * words, ''NAME''; behind one, boys'', they are none. */
static void join_apostrophes(Letters *letters)
{
    gunichar *text = letters->text;
    gsize n = 0, last = 0; /* where the last words between two such marks end */
    for (gsize i = 1; i + 1 < letters->n; i++)
        if (is_twice(letters, i) && words_inside(text[i - 1]))
            last = i;
    gboolean open = FALSE;
    for (gsize i = 0; i < letters->n; i++, n++) {
        gboolean join = is_twice(letters, i);
        gunichar before = n > 0 ? text[n - 1] : ' ', behind = join && i + 2 < letters->n ? text[i + 2] : ' ';
        gboolean inside = words_inside(before), opens = !inside && words_inside(behind) && i < last;
        join = join && ((is_hebrew(before) && is_hebrew(behind)) || opens || (open && inside));
        open = (open && !(join && inside && !words_inside(behind))) || (join && opens);
        text[n] = join ? '"' : text[i];
        i += join;
    }
    letters->n = n;
    text[n] = 0;
}

void letters_init(Letters *letters, const char *text)
{
    GString *lines = g_string_new(NULL);
    g_autofree char *decoded = entities_decode(text);
    for (const char *rest = decoded; *rest;) {
        gsize n = strcspn(rest, "\r\n");
        g_autofree char *line = g_strndup(rest, n);
        g_autofree char *clean = script_clean_marked(line);
        if (*clean)
            g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", clean);
        rest += n + (rest[n] != '\0');
    }

    glong n;
    letters->text = g_utf8_to_ucs4_fast(lines->str, (glong)lines->len, &n);
    letters->n = (gsize)n;
    join_apostrophes(letters);
    take_marks(letters);
    letters->folded = g_new(gunichar, letters->n + 1);
    for (gsize i = 0; i <= letters->n; i++)
        letters->folded[i] = words_fold(letters->text[i]);
    g_string_free(lines, TRUE);
}

void letters_clear(Letters *letters)
{
    g_clear_pointer(&letters->text, g_free);
    g_clear_pointer(&letters->folded, g_free);
    g_clear_pointer(&letters->mark, g_free);
}

static gboolean is_blank(gunichar c)
{
    return c == ' ' || c == '\n' || c == EMOJI_STYLE;
}

void letters_cut(Letters *letters, gsize from, gsize to)
{
    gunichar *text = letters->text, *folded = letters->folded, *mark = letters->mark;
    mark[to] = 0; /* of what is taken out */
    while (to < letters->n && (text[to] == ' ' || (from == 0 && is_blank(text[to]))))
        to++;
    gsize tail = letters->n - to;
    gunichar first = tail > 0 ? folded[to] : 0;
    gboolean opens = first == '(' || first == '[' || first == '"' || first == '\'';
    if (from > 0 && from < to && tail > 0 && first != '\n' && (opens || !g_unichar_ispunct(first))) {
        text[from] = folded[from] = ' ';
        from++;
    } else if (mark[to] == 0)
        mark[to] = mark[from];
    memmove(text + from, text + to, tail * sizeof *text);
    memmove(folded + from, folded + to, tail * sizeof *folded);
    memmove(mark + from, mark + to, (tail + 1) * sizeof *mark);
    letters->n = from + tail;
}

static void trim(const Letters *letters, gsize *from, gsize *to)
{
    while (*from < *to && is_blank(letters->text[*from]))
        ++*from;
    while (*to > *from && is_blank(letters->text[*to - 1]))
        --*to;
}

char *letters_part(const Letters *letters, gsize from, gsize to)
{
    trim(letters, &from, &to);
    return g_ucs4_to_utf8(letters->text + from, (glong)(to - from), NULL, NULL, NULL);
}

char *letters_marked(const Letters *letters, gsize from, gsize to)
{
    trim(letters, &from, &to);
    GString *out = g_string_new(NULL);
    for (gsize i = from; i <= to && from < to; i++) {
        if (letters->mark[i] && i > from)
            g_string_append_unichar(out, letters->mark[i]);
        if (i < to)
            g_string_append_unichar(out, letters->text[i]);
    }
    return g_string_free(out, FALSE);
}

gsize letters_word(const Letters *letters, const Words *words, WordKind kind, gsize i, gsize to)
{
    return i < to ? i + words_match(words, kind, letters->folded + i, to - i, NULL) : i;
}

gboolean letters_are(const Letters *letters, const Words *words, WordKind kind, gsize from, gsize to,
                     const char **key)
{
    return from < to && words_match(words, kind, letters->folded + from, to - from, key) == to - from;
}

gboolean letters_have(const Letters *letters, const Words *words, WordKind kind, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++)
        if (letters_word_start(letters, i) && letters_word(letters, words, kind, i, to) > i)
            return TRUE;
    return FALSE;
}

gsize letters_skip(const Letters *letters, gsize i, gsize to)
{
    while (i < to && is_blank(letters->text[i]))
        i++;
    return i;
}

gboolean letters_word_start(const Letters *letters, gsize i)
{
    return !is_blank(letters->text[i]) && (i == 0 || !words_inside(letters->text[i - 1]));
}

/* The word that ends before i is one letter, or a capital and a small one in front of a capital. */
static gboolean is_abbreviated(const Letters *letters, gsize i)
{
    const gunichar *text = letters->text;
    gsize n = 0;
    while (n < 3 && n < i && words_inside(text[i - 1 - n]))
        n++;
    if (n == 1)
        return g_unichar_isalpha(text[i - 1]);
    return n == 2 && g_unichar_isupper(text[i - 2]) && g_unichar_islower(text[i - 1]) && i + 2 < letters->n &&
           g_unichar_isupper(text[i + 2]);
}

gboolean letters_end_sentence(const Letters *letters, gsize i)
{
    gunichar c = letters->text[i];
    if (c == '!' || c == '?' || c == 0x2026 || c == 0x61f) /* ellipsis, Arabic question mark */
        return TRUE;
    if (c != '.')
        return FALSE;
    return i + 1 >= letters->n || (is_blank(letters->text[i + 1]) && !is_abbreviated(letters, i));
}

gboolean letters_bar(const Letters *letters, gsize i)
{
    static const gunichar bars[] = { '|',    '/',    '\\',   '-',    '*',    '~',  0x2010, 0x2011,
                                     0x2012, 0x2013, 0x2014, 0x2015, 0x2022, 0xb7, 0 };
    const gunichar *bar = bars;
    while (*bar && *bar != letters->text[i])
        bar++;
    return *bar && (i == 0 || is_blank(letters->text[i - 1])) &&
           (i + 1 >= letters->n || is_blank(letters->text[i + 1]));
}
