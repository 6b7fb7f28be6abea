#include "photo/date.h"

#define MOST_LETTERS 2 /* of a number: "ה-12", "70-х", "3rd" */

/* What a run of numbers and words has of a date. */
typedef struct {
    gboolean year;   /* four digits, or eight of a day */
    gboolean full;   /* day, month and year in numbers */
    gboolean number; /* any */
    gboolean hour;   /* "12:30" */
    gboolean word;
} Parts;

static gboolean is_separator(gunichar c)
{
    return c == '/' || c == '\\' || c == '.' || c == '-' || c == 0x2013 || c == 0x60d; /* Arabic date mark */
}

static gsize token_end(const Letters *l, gsize i, gsize to)
{
    while (i < to && l->text[i] != ' ' && l->text[i] != '\n')
        i++;
    return i;
}

/* Tells what the number is: "12", "12.", "2019-2020", "7.6.67", "ה-70". FALSE where it is none: "N12". */
static gboolean read_number(const Letters *l, gsize from, gsize to, Parts *parts)
{
    gsize digits = 0, all = 0, groups = 0, letters = 0;
    gboolean year = FALSE, hour = FALSE;
    for (gsize i = from; i < to; i++) {
        gunichar c = l->folded[i];
        if (g_unichar_isdigit(c)) {
            groups += digits == 0;
            digits++;
            all++;
            int century = g_unichar_digit_value(l->text[i - digits + 1]);
            gboolean ends = i + 1 == to || !g_unichar_isdigit(l->text[i + 1]);
            year = year || (ends && digits == 4 && (century == 1 || century == 2));
            continue;
        }
        digits = 0;
        letters += g_unichar_isalpha(c);
        hour = hour || c == ':';
        if (!is_separator(c) && c != ',' && c != ':' && c != '\'' &&
            (!g_unichar_isalpha(c) || g_unichar_isupper(l->text[i])))
            return FALSE;
    }
    if (all == 0 || letters > MOST_LETTERS)
        return FALSE;
    gboolean plain = letters == 0 && !hour;
    parts->number = TRUE;
    parts->hour = parts->hour || (hour && groups == 2 && letters == 0);
    parts->year = parts->year || year || (plain && all == 8 && groups == 1);
    parts->full = parts->full || (plain && all >= 4 && groups == 3);
    return TRUE;
}

/* Whether all of from..to is numbers and words of a date, and makes one. */
static gboolean is_date(const Words *words, const Letters *l, gsize from, gsize to)
{
    Parts parts = { 0 };
    for (gsize i = letters_skip(l, from, to); i < to; i = letters_skip(l, i, to)) {
        gsize behind = words ? letters_word(l, words, WORDS_DATE, i, to) : i;
        gboolean word = behind > i;
        while (word && behind < to && (l->text[behind] == '.' || l->text[behind] == ','))
            behind++;
        if (word && behind != token_end(l, behind, to))
            return FALSE;
        if (word)
            parts.word = TRUE;
        else if (!read_number(l, i, behind = token_end(l, i, to), &parts))
            return FALSE;
        i = behind;
    }
    return parts.year || parts.full || parts.hour || (parts.word && parts.number);
}

/* Whether the number at i is no day, but of the name in front, "Flash 90 2024": one up to 31 is a day in
 * front of a month. */
static gboolean is_of_name(const Words *words, const Letters *l, gsize i, gsize to)
{
    enum { LAST_DAY = 31, MOST_DIGITS = 3 };
    gsize end = token_end(l, i, to), next = letters_skip(l, end, to);
    guint number = 0;
    for (gsize at = i; at < end; at++) {
        if (!g_unichar_isdigit(l->text[at]) || at - i == MOST_DIGITS)
            return FALSE;
        number = 10 * number + (guint)g_unichar_digit_value(l->text[at]);
    }
    return number > LAST_DAY || !words || letters_word(l, words, WORDS_DATE, next, to) == next;
}

gsize date_begin(const Words *words, const Letters *l, gsize from, gsize to)
{
    gsize before = from;
    for (gsize i = letters_skip(l, from, to); i < to;) {
        if (is_date(words, l, i, to) && !is_of_name(words, l, i, to)) {
            gsize end = i;
            while (end > before && l->text[end - 1] == ' ')
                end--;
            gboolean bound = words && letters_are(l, words, WORDS_PHRASE, before, end, NULL);
            return !bound ? i : before == from ? from : to;
        }
        before = i;
        i = letters_skip(l, token_end(l, i, to), to);
    }
    return to;
}

gsize date_skip(const Letters *l, gsize from, gsize to)
{
    Parts parts = { 0 };
    gsize end = token_end(l, from, to);
    return read_number(l, from, end, &parts) && (parts.year || parts.full) ? letters_skip(l, end, to) : from;
}
