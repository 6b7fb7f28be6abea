#include "photo/joint.h"

#include "photo/date.h"
#include "photo/field.h"
#include "photo/front.h"
#include "photo/script.h"

gboolean joint_is_known(const Words *words, const Letters *l, gsize from, gsize to)
{
    static const WordKind kinds[] = { WORDS_AGENCY, WORDS_QUALIFIER, WORDS_NOBODY, WORDS_DEVICE,
                                      WORDS_DOUBT };
    field_trim(l, &from, &to);
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (letters_are(l, words, kinds[k], from, to, NULL))
            return TRUE;
    return letters_word(l, words, WORDS_COURTESY, from, to) > from ||
           (from < to && date_begin(words, l, from, to) == from) ||
           front_skip_label(words, l, from, to) > from;
}

/* Whether it may be a person's name and surname: in "Doctors for Peace" and "Center for Art" nothing is. */
static gboolean is_person(const Words *words, const Letters *l, gsize from, gsize to)
{
    field_trim(l, &from, &to);
    gsize blank = from;
    while (blank < to && l->text[blank] != ' ')
        blank++;
    return blank < to && !letters_have(l, words, WORDS_BODY, from, to);
}

gsize joint_skip_nickname(const Words *words, const Letters *l, gsize from, gsize i, gsize to)
{
    gsize close = i + 1, word = from;
    if (l->text[i] != '(' || i == from || l->text[i - 1] != ' ')
        return i;
    while (close < to &&
           (g_unichar_isalpha(l->text[close]) || l->folded[close] == '\'' || l->folded[close] == '"'))
        close++;
    while (word < i && l->text[word] != ' ')
        word++;
    gboolean single = word == i - 1, on = close + 2 < to && l->text[close + 1] == ' ';
    return single && on && close > i + 1 && l->text[close] == ')' && g_unichar_isalpha(l->text[close + 2]) &&
                   !joint_is_known(words, l, i + 1, close)
               ? close
               : i;
}

/* Whether a body's word at i has an article in front, "the police"; some are listed with theirs. */
static gboolean has_article(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize bare = i + script_article(l->text + i, to - i);
    return bare > i && letters_word(l, words, WORDS_BODY, bare, to) > bare;
}

gboolean joint_is_body(const Words *words, const Letters *l, gsize from, gsize to)
{
    enum { MOST = 4 };
    field_trim(l, &from, &to);
    gsize second = to, last = from, n = from < to;
    for (gsize i = from; i < to; i++)
        if (l->text[i] == ' ') {
            second = n == 1 ? i + 1 : second;
            last = i + 1;
            n++;
        }
    if (letters_are(l, words, WORDS_BODY, from, to, NULL))
        return TRUE;
    if (g_unichar_isupper(l->text[from]) || g_unichar_islower(l->text[from]))
        return (n == 2 && letters_are(l, words, WORDS_BODY, last, to, NULL)) ||
               (n <= MOST && g_unichar_islower(l->text[second]) &&
                letters_word(l, words, WORDS_BODY, from, to) > from);
    if (has_article(words, l, from, to))
        return FALSE;
    gsize head = letters_word(l, words, WORDS_BODY, from, to), rest = letters_skip(l, head, to);
    gsize next = rest;
    while (next < to && l->text[next] != ' ')
        next++;
    gboolean more = letters_word(l, words, WORDS_BODY, rest, to) > rest && !has_article(words, l, rest, to);
    return head > from &&
           (next == to || (more && n <= MOST) || letters_are(l, words, WORDS_TOWN, rest, to, NULL) ||
            letters_are(l, words, WORDS_TOWN, letters_skip(l, next, to), to, NULL));
}

/* "editing: NAME": what somebody did, and who. */
static gboolean is_role(const Letters *l, gsize from, gsize to)
{
    enum { MOST_BLANKS = 3, LONGEST = 40 };
    gsize i = from, blanks = 0;
    for (; i < to && i - from < LONGEST && (words_inside(l->text[i]) || l->text[i] == ' '); i++)
        blanks += l->text[i] == ' ';
    return i < to && l->folded[i] == ':' && blanks <= MOST_BLANKS;
}

static gboolean is_town(const Words *words, const Letters *l, gsize from, gsize to)
{
    field_trim(l, &from, &to);
    return letters_are(l, words, WORDS_TOWN, from, to, NULL);
}

static gboolean is_agency(const Words *words, const Letters *l, gsize from, gsize to)
{
    field_trim(l, &from, &to);
    return letters_are(l, words, WORDS_AGENCY, from, to, NULL);
}

/* Behind the "and" at i: a word, or in Hebrew and Arabic a letter in front of the next one; else i. */
static gsize skip_and(const Words *words, const Letters *l, gsize i, gsize to)
{
    gsize next = letters_word(l, words, WORDS_PHRASE, i, to);
    gunichar c = l->text[i];
    if (next == i && (c == 0x5d5 || c == 0x648))
        next = i + 1 + (i + 1 < to && l->folded[i + 1] == '-');
    return next;
}

/* A word at i that parts a name from an agency or a source. */
static gboolean is_word(const Words *words, const Letters *l, gsize from, gsize i, gsize to, Joint *joint,
                        gsize *next)
{
    gsize field = i, end = field_end(l, i, to), last = end;
    field_trim(l, &field, &last);
    if (letters_are(l, words, WORDS_NOBODY, field, last, NULL)) /* "Courtesy photo" */
        return FALSE;
    *joint = JOINT_COURTESY;
    *next = letters_word(l, words, WORDS_COURTESY, i, to);
    if (*next > i || i == from)
        return *next > i;
    gboolean named = is_person(words, l, from, i) || joint_is_known(words, l, from, i);
    *joint = JOINT_VIA;
    *next = letters_word(l, words, WORDS_VIA, i, to);
    if (*next > i)
        return (named || joint_is_known(words, l, *next, end)) &&
               !joint_is_known(words, l, from, end); /* "made with AI" */
    *joint = JOINT_OF;
    *next = letters_word(l, words, WORDS_PHRASE, i, end);
    if (*next > i && named && is_agency(words, l, i, end)) /* "on Unsplash" is one of its names */
        return TRUE;
    *next = is_agency(words, l, from, i) ? skip_and(words, l, i, end) : i;
    return *next > i && is_agency(words, l, *next, end);
}

gboolean joint_at(const Words *words, const Letters *l, gsize from, gsize i, gsize to, gboolean courtesy,
                  Joint *joint, gsize *next)
{
    gunichar c = l->text[i];
    gboolean certain;
    *joint = JOINT_LIST;
    *next = letters_word_start(l, i) ? front_skip_copyright(words, l, i, to, &certain) : i;
    if (*next > i && certain && !courtesy)
        return TRUE;
    *next = i + 1;
    if (c == '(' || c == '[')
        *joint = JOINT_BRACKET;
    if (field_is_bracket(c))
        return TRUE;
    gsize end = field_end(l, *next, to);
    if (field_is_list_mark(c)) /* a source's name may have commas in it */
        return !courtesy || joint_is_known(words, l, *next, end);
    if (field_is_slash(l, i)) {
        *joint = JOINT_SLASH;
        return TRUE;
    }
    if (c == '-' && letters_bar(l, i)) {
        *joint = JOINT_SLASH;
        gboolean last = end == to || joint_is_known(words, l, end + 1, field_end(l, end + 1, to));
        return joint_is_known(words, l, *next, end) || joint_is_known(words, l, from, i) ||
               (last && is_person(words, l, from, i) &&
                (joint_is_body(words, l, *next, end) || is_town(words, l, *next, end)));
    }
    if (c == '.' && letters_end_sentence(l, i))
        return joint_is_known(words, l, *next, end) || is_role(l, *next, to);
    return !courtesy && letters_word_start(l, i) && (i == from || l->text[i - 1] == ' ') &&
           is_word(words, l, from, i, to, joint, next);
}
