#include "photo/spot.h"

#include "photo/front.h"

gboolean spot_is_open(gunichar c)
{
    return c == '(' || c == '[';
}

static gboolean is_close(gunichar c)
{
    return c == ')' || c == ']';
}

static gboolean is_quote(gunichar c)
{
    return c == '"' || c == 0x201d || c == 0x2019 || c == 0xbb || c == ')';
}

static Lead lead_at(const Letters *l, gsize i)
{
    gsize before = i;
    while (before > 0 && l->text[before - 1] == ' ')
        before--;
    if (before == 0)
        return LEAD_START;
    gunichar c = l->text[before - 1];
    gsize label = before - 1;
    while (spot_is_open(c) && label > 0 && l->text[label - 1] == ' ')
        label--;
    if (l->folded[spot_is_open(c) && label > 0 ? label - 1 : before - 1] ==
        ':') /* it is what a label is of */
        return LEAD_INSIDE;
    if (spot_is_open(c))
        return LEAD_BRACKET;
    if (c == '\n')
        return LEAD_CLEAN;
    if (letters_bar(l, before - 1) || c == '|' || c == 0x2013 || c == 0x2014)
        return LEAD_CLEAN;
    gsize end = before - 1;
    if (is_quote(c) && end > 0 && before < i)
        end--;
    if (letters_end_sentence(l, end) || l->text[end] == '.')
        return LEAD_CLEAN;
    gboolean symbol = g_unichar_type(l->text[i]) == G_UNICODE_OTHER_SYMBOL; /* camera, © */
    return before < i || symbol ? LEAD_SPACE : LEAD_INSIDE;
}

/* Whether a bracket that opens before i is still open there. */
static gboolean in_bracket(const Letters *l, gsize i)
{
    gsize first = i > LONGEST_CREDIT ? i - LONGEST_CREDIT : 0;
    for (; i > first && l->text[i - 1] != '\n' && !is_close(l->text[i - 1]); i--)
        if (spot_is_open(l->text[i - 1]))
            return TRUE;
    return FALSE;
}

/* The end of the text where nothing but stops and a qualifier in brackets is behind i; else i. */
static gsize skip_remains(const Letters *l, const Words *words, gsize i)
{
    gsize from = i, to = l->n;
    while (from < to && (l->text[from] == ' ' || l->text[from] == '.'))
        from++;
    while (to > from && (l->text[to - 1] == ' ' || l->text[to - 1] == '.'))
        to--;
    gboolean bracketed = to - from > 2 && spot_is_open(l->text[from]) && is_close(l->text[to - 1]);
    if (from == to || (bracketed && letters_are(l, words, WORDS_QUALIFIER, from + 1, to - 1, NULL)))
        return l->n;
    return i;
}

/* Sets the ends of a credit whose names begin at spot->names. FALSE where it is too long for one. */
static gboolean find_end(const Letters *l, const Words *words, Spot *spot)
{
    gboolean own = spot->lead == LEAD_BRACKET, enclosed = own || in_bracket(l, spot->start);
    gsize depth = 1, limit = MIN(l->n, spot->names + LONGEST_CREDIT), i = spot->names;
    for (; i < limit && l->text[i] != '\n'; i++) {
        depth += spot_is_open(l->text[i]);
        depth -= is_close(l->text[i]);
        if (depth == 0 && enclosed)
            break;
        depth = MAX(depth, 1);
    }
    if (i == limit && limit < l->n)
        return FALSE;
    spot->end = i;
    spot->rest = i + (own && i < l->n && is_close(l->text[i]));
    if (own || i == l->n)
        spot->rest = skip_remains(l, words, spot->rest);
    return TRUE;
}

static gsize behind_colon(const Letters *l, gsize i, gsize to)
{
    i = letters_skip(l, i, to);
    return i < to && l->folded[i] == ':' ? letters_skip(l, i + 1, to) : i;
}

/* A label without its colon: "Photo courtesy of NAME", "Photo © NAME", "Photo/ NAME", "Photo - NAME", "Photo
 * NAME". */
static gboolean begins_bare(const Letters *l, const Words *words, gsize i, gsize to, Spot *spot)
{
    gboolean certain;
    gsize end = letters_word(l, words, WORDS_LABEL, i, to), next = letters_skip(l, end, to);
    if (end == i || next >= to)
        return FALSE;
    spot->kind = CREDIT_PLAIN;
    spot->names = next;
    if (letters_word(l, words, WORDS_COURTESY, next, to) > next)
        spot->kind = CREDIT_COURTESY;
    else if (front_skip_copyright(words, l, next, to, &certain) > next && certain)
        spot->kind = CREDIT_COPYRIGHT;
    else if (l->text[next] == '/')
        spot->kind = CREDIT_SLASH;
    else if (letters_bar(l, next))
        spot->kind = CREDIT_DASH;
    if (spot->kind == CREDIT_SLASH || spot->kind == CREDIT_DASH)
        spot->names = letters_skip(l, next + 1, to);
    return l->text[end] != '\n';
}

/* Tells the kind of credit that begins at i, and where its names do. */
static gboolean begins(const Letters *l, const Words *words, gsize i, Spot *spot)
{
    gboolean certain;
    gsize to = MIN(l->n, i + LONGEST_CREDIT), end;
    spot->kind = CREDIT_LABEL;
    if ((spot->names = front_skip_label(words, l, i, to)) > i)
        return TRUE;
    spot->kind = CREDIT_BY;
    if ((end = letters_word(l, words, WORDS_BY, i, to)) > i) {
        spot->names = behind_colon(l, end, to);
        return TRUE;
    }
    spot->kind = CREDIT_COPYRIGHT;
    if ((spot->names = front_skip_copyright(words, l, i, to, &certain)) > i)
        return certain;
    spot->kind = CREDIT_COURTESY;
    if (letters_word(l, words, WORDS_COURTESY, i, to) > i)
        return TRUE;
    spot->kind = CREDIT_RIGHTS;
    if (letters_word(l, words, WORDS_RIGHTS, i, to) > i)
        return TRUE;
    spot->kind = CREDIT_AGENCY;
    if ((end = letters_skip(l, letters_word(l, words, WORDS_AGENCY, i, to), to)) > i && end < to &&
        l->text[end] == '/')
        return TRUE;
    return begins_bare(l, words, i, to, spot);
}

gboolean spot_at(Spot *spot, const Letters *l, const Words *words, gsize i)
{
    *spot = (Spot){ .start = i };
    if (!letters_word_start(l, i) || !begins(l, words, i, spot))
        return FALSE;
    spot->lead = lead_at(l, i);
    if (spot->lead == LEAD_SPACE && spot->kind == CREDIT_LABEL && i > 1 && l->text[i - 2] == '-')
        spot->lead = LEAD_CLEAN; /* "Crowds- Photo: NAME" */
    if (spot->lead == LEAD_INSIDE || !find_end(l, words, spot))
        return FALSE;
    spot->names = front_skip(words, l, spot->names, spot->end);
    return TRUE;
}

gboolean spot_is_label(const Letters *l, const Words *words, gsize i, gsize *behind)
{
    if (!letters_word_start(l, i) || lead_at(l, i) == LEAD_INSIDE || spot_in_phrase(l, words, i))
        return FALSE;
    *behind = front_skip_label(words, l, i, MIN(l->n, i + LONGEST_CREDIT));
    return *behind > i && *behind < l->n &&
           letters_word(l, words, WORDS_SUBJECT, i, l->n) < letters_word(l, words, WORDS_LABEL, i, l->n);
}

/* In "The mayor, photo: NAME/AP" the mayor is none of those who are named. */
static gboolean has_label(const Letters *l, const Words *words, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++)
        if (letters_word_start(l, i) && front_skip_label(words, l, i, to) > i)
            return TRUE;
    return FALSE;
}

gboolean spot_at_end(Spot *spot, const Letters *l, const Words *words)
{
    gsize end = l->n;
    while (end > 0 && (l->text[end - 1] == ' ' || l->text[end - 1] == '.'))
        end--;
    gsize first = end > LONGEST_CREDIT ? end - LONGEST_CREDIT : 0, i = end;
    gboolean bracket = end > 0 && is_close(l->text[end - 1]);
    *spot = (Spot){ .kind = CREDIT_SIGNED, .end = end - bracket, .rest = l->n };
    for (; i > first; i--) {
        gsize mark = i > 1 && l->text[i - 1] == ' ' ? i - 2 : i - 1;
        gboolean slash = l->text[mark] == '/' || l->text[mark] == '\\'; /* "NAME / AP" */
        if (bracket ? spot_is_open(l->text[i - 1]) : i < end && !slash && lead_at(l, i) >= LEAD_CLEAN)
            break;
    }
    if (i == first && first > 0)
        return FALSE;
    spot->start = spot->names = letters_skip(l, i, end);
    spot->lead = lead_at(l, spot->start);
    return spot->start < spot->end && (!bracket || spot->lead == LEAD_BRACKET) &&
           !has_label(l, words, spot->start, spot->end);
}

gboolean spot_in_phrase(const Letters *l, const Words *words, gsize i)
{
    gsize end = i;
    while (end > 0 && l->text[end - 1] == ' ')
        end--;
    gsize from = end;
    while (from > 0 && end - from < LONGEST_CREDIT && l->text[from - 1] != ' ' && l->text[from - 1] != '\n')
        from--;
    return letters_are(l, words, WORDS_PHRASE, from, end, NULL);
}

gboolean spot_behind_stop(const Letters *l, const Spot *spot)
{
    gsize before = spot->start;
    while (before > 0 && (l->text[before - 1] == ' ' || spot_is_open(l->text[before - 1])))
        before--;
    gunichar c = before > 0 ? l->text[before - 1] : 0;
    return c == '\n' || c == '|' || (c && letters_end_sentence(l, before - 1));
}
