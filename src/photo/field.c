#include "photo/field.h"

#include <string.h>

#define LONGEST_NUMBER 24 /* characters of a date in digits: "12/03/2024-14/03/2024" */

gboolean field_is_bracket(gunichar c)
{
    return c == '(' || c == ')' || c == '[' || c == ']';
}

gboolean field_is_list_mark(gunichar c)
{
    return c == ',' || c == ';' || c == '\n' || c == 0x60c || c == 0x61b; /* Arabic comma, semicolon */
}

static gboolean is_numeric(gunichar c)
{
    return g_unichar_isdigit(c) || (c < 0x80 && c && strchr("/\\.-:", (int)c));
}

/* Whether all that the character at i stands among, up to a blank or comma, are digits and the like, and
 * there is one on each side of it. */
static gboolean in_number(const Letters *l, gsize i)
{
    if (i == 0 || i + 1 >= l->n || !g_unichar_isdigit(l->text[i - 1]) || !g_unichar_isdigit(l->text[i + 1]))
        return FALSE;
    gsize from = i, to = i;
    while (from > 0 && i - from < LONGEST_NUMBER && is_numeric(l->text[from - 1]))
        from--;
    while (to < l->n && to - i < LONGEST_NUMBER && is_numeric(l->text[to]))
        to++;
    return to - from <= LONGEST_NUMBER && (from == 0 || !words_inside(l->text[from - 1])) &&
           (to == l->n || !words_inside(l->text[to]));
}

gboolean field_is_slash(const Letters *l, gsize i)
{
    gunichar c = l->text[i];
    if (c == '/' || c == '\\')
        return !in_number(l, i);
    return c == '|' || ((c == 0x2013 || c == 0x2014) && letters_bar(l, i));
}

gsize field_end(const Letters *l, gsize i, gsize to)
{
    while (i < to && !field_is_list_mark(l->text[i]) && !field_is_slash(l, i) &&
           !field_is_bracket(l->text[i]))
        i++;
    return i;
}

gsize field_tags(const Letters *l, gsize from, gsize to)
{
    gsize address = to;
    for (gsize i = from; i + 1 < to; i++) {
        gboolean first = i == from || l->text[i - 1] == ' ';
        if (first && l->text[i] == '#' && g_unichar_isalpha(l->text[i + 1]))
            return i;
        if (first && l->text[i] == '<')
            address = i;
        if (l->text[i] == '@' && address < i)
            return address;
    }
    return to;
}

static gboolean is_trimming(gunichar c)
{
    return (c < 0x80 && strchr(" \n,:;-*~", (int)c)) || c == 0x2013 || c == 0x2014 || c == 0x2022 ||
           c == 0xfe0f;
}

void field_trim(const Letters *l, gsize *from, gsize *to)
{
    while (*from < *to) {
        gunichar first = l->folded[*from], last = l->folded[*to - 1];
        gboolean initial = *to - *from > 3 && g_unichar_isalpha(l->text[*to - 2]) && l->text[*to - 3] == ' ';
        if (first == '.' || is_trimming(first))
            ++*from;
        else if ((last == '.' && !initial) || last == 0x2026 || is_trimming(last))
            --*to;
        else if ((first == '"' || first == '\'') && last == first && *to - *from > 1) {
            ++*from;
            --*to;
        } else
            return;
    }
}
