#include "photo/names.h"

#include <string.h>

#include "photo/date.h"
#include "photo/field.h"
#include "photo/front.h"

/* What stands in front of a field, and so what may be in it. */
typedef enum {
    JOINT_LIST,     /* the begin, or a comma: one more of the same */
    JOINT_SLASH,    /* then the agency, as a rule */
    JOINT_BRACKET,  /* likewise */
    JOINT_VIA,      /* then an agency */
    JOINT_COURTESY, /* then a source */
} Joint;

typedef struct {
    const Words *words;
    const Letters *letters;
    Names *names;
    char *nobody;          /* the first word that stands for nobody */
    gboolean agency_first; /* "AP Photo/NAME": what follows are creators */
    gboolean bar;          /* in front of the field: a dash or bar, not a slash */
} Reader;

/* Whether from..to, blanks aside, is a word that stands by itself in a credit, or begins a credit of its own.
 */
static gboolean is_known(const Reader *r, gsize from, gsize to)
{
    static const WordKind kinds[] = { WORDS_AGENCY, WORDS_QUALIFIER, WORDS_NOBODY, WORDS_DEVICE };
    field_trim(r->letters, &from, &to);
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (letters_are(r->letters, r->words, kinds[k], from, to, NULL))
            return TRUE;
    return letters_word(r->letters, r->words, WORDS_COURTESY, from, to) > from ||
           (from < to && date_begin(r->words, r->letters, from, to) == from) ||
           front_skip_label(r->words, r->letters, from, to) > from;
}

/* Whether it may be a person's name and surname: in "Doctors for Peace" and "Center for Art" nothing is. */
static gboolean is_person(const Reader *r, gsize from, gsize to)
{
    field_trim(r->letters, &from, &to);
    gsize blank = from;
    while (blank < to && r->letters->text[blank] != ' ')
        blank++;
    return blank < to && !letters_have(r->letters, r->words, WORDS_BODY, from, to);
}

/* Where a word in brackets begins at i, between two of one name, "Robert (Bob) Smith": its closing bracket.
 * Else i. */
static gsize skip_nickname(const Reader *r, gsize from, gsize i, gsize to)
{
    const Letters *l = r->letters;
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
                   !is_known(r, i + 1, close)
               ? close
               : i;
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

/* Where the mark at i, in a field that began at from, parts it from the next, gives what it is; the next one
 * begins at *next. */
static gboolean is_joint(const Reader *r, gsize from, gsize i, gsize to, gboolean courtesy, Joint *joint,
                         gsize *next)
{
    const Letters *l = r->letters;
    gunichar c = l->text[i];
    gboolean certain;
    *joint = JOINT_LIST;
    *next = letters_word_start(l, i) ? front_skip_copyright(r->words, l, i, to, &certain) : i;
    if (*next > i && certain && !courtesy)
        return TRUE;
    *next = i + 1;
    if (c == '(' || c == '[')
        *joint = JOINT_BRACKET;
    if (field_is_bracket(c))
        return TRUE;
    if (field_is_list_mark(c)) /* a source's name may have commas in it */
        return !courtesy || is_known(r, *next, field_end(l, *next, to));
    if (field_is_slash(l, i)) {
        *joint = JOINT_SLASH;
        return TRUE;
    }
    if (c == '-' && letters_bar(l, i)) {
        *joint = JOINT_SLASH;
        return is_known(r, *next, field_end(l, *next, to)) || is_known(r, from, i);
    }
    if (c == '.' && letters_end_sentence(l, i))
        return is_known(r, *next, field_end(l, *next, to)) || is_role(l, *next, to);
    if (!letters_word_start(l, i) || (i > from && l->text[i - 1] != ' '))
        return FALSE;

    gsize field = i, end = field_end(l, i, to);
    field_trim(l, &field, &end);
    if (letters_are(l, r->words, WORDS_NOBODY, field, end, NULL)) /* "Courtesy photo" */
        return FALSE;
    *joint = JOINT_COURTESY;
    *next = letters_word(l, r->words, WORDS_COURTESY, i, to);
    if (*next > i || i == from)
        return *next > i && !courtesy;
    *joint = JOINT_VIA;
    *next = letters_word(l, r->words, WORDS_VIA, i, to);
    if (is_known(r, from, field_end(l, from, to))) /* "made with AI" */
        return FALSE;
    return *next > i && !courtesy &&
           (is_person(r, from, i) || is_known(r, from, i) || is_known(r, *next, field_end(l, *next, to)));
}

/* Whether it is a single word that no table has: half a name, where what is behind it looks like a date,
 * "Brian May 2024". */
static gboolean is_half(const Reader *r, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++)
        if (r->letters->text[i] == ' ' || g_unichar_isdigit(r->letters->text[i]))
            return FALSE;
    return !is_known(r, from, to) && !letters_have(r->letters, r->words, WORDS_BODY, from, to);
}

/* A date behind a name or before it is none of it. Nothing is left where there is no more than that. */
static void trim_date(const Reader *r, gsize *from, gsize *to)
{
    const Letters *l = r->letters;
    if (date_begin(r->words, l, *from, *to) > *from)
        *from = date_skip(l, *from, *to);
    gsize date = date_begin(r->words, l, *from, *to), first = *from, last = date;
    field_trim(l, &first, &last);
    if (first < last && letters_word(l, r->words, WORDS_DATE, date, *to) > date && is_half(r, first, last))
        date = date_begin(NULL, l, *from, *to);
    *to = date;
    field_trim(l, from, to);
}

/* How the name is written, as far as its script tells. */
static void look_at(Reader *r, gsize from, gsize to)
{
    const gunichar *text = r->letters->text;
    guint n = 0, upper = 0, lower = 0, cased = 0, numbers = 0;
    for (gsize i = from; i < to; i++) {
        gsize start = i, letters = 0;
        gboolean big = FALSE, small = FALSE;
        for (; i < to && text[i] != ' '; i++) {
            letters += g_unichar_isalpha(text[i]);
            big = big || g_unichar_isupper(text[i]);
            small = small || g_unichar_islower(text[i]);
        }
        n += letters > 0;
        numbers += letters == 0 && g_unichar_isdigit(text[start]);
        cased += big || small;
        upper += big;
        lower += small && !big && letters > 3;
        r->names->particle = r->names->particle || (start == from && small && !big);
        r->names->barred = r->names->barred || letters_bar(r->letters, start);
    }
    r->names->longest = MAX(r->names->longest, n);
    r->names->small = r->names->small || lower > 0 || (cased > 0 && upper == 0) ||
                      (numbers > 0 && n > 2); /* "Dana Cohen on May 3" */
}

static void add(GPtrArray *list, char *name)
{
    if (*name && !g_ptr_array_find_with_equal_func(list, name, g_str_equal, NULL))
        g_ptr_array_add(list, name);
    else
        g_free(name);
}

/* The agency's own name; where only the quotation marks are other ones, as it was written. */
static char *agency_name(const Letters *l, gsize from, gsize to, const char *name)
{
    g_autofree char *written = letters_part(l, from, to);
    g_autofree gunichar *own = g_utf8_to_ucs4_fast(name, -1, NULL);
    gboolean same = g_utf8_strlen(name, -1) == (glong)(to - from);
    for (gsize i = from; i < to && same; i++) {
        gboolean quote = l->folded[i] == '\'' || l->folded[i] == '"';
        same = l->text[i] == own[i - from] || (quote && words_fold(own[i - from]) == l->folded[i]);
    }
    return g_strdup(same ? written : name);
}

static gboolean has_letters(const Letters *l, gsize from, gsize to)
{
    while (from < to && !g_unichar_isalpha(l->text[from]))
        from++;
    return from < to;
}

/* "kremlin.ru": the address of a site. */
static gboolean is_address(const Letters *l, gsize from, gsize to)
{
    gsize dot = from;
    for (gsize i = from; i < to; i++) {
        if (l->text[i] >= 0x80 || l->text[i] == ' ')
            return FALSE;
        if (l->text[i] == '.')
            dot = i;
    }
    return dot > from && to - dot > 2 && !g_unichar_isupper(l->text[to - 1]);
}

/* "3 photos". */
static gboolean is_count(const Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    gsize digits = from;
    while (digits < to && g_unichar_isdigit(l->text[digits]))
        digits++;
    return digits > from && letters_are(l, r->words, WORDS_LABEL, letters_skip(l, digits, to), to, NULL);
}

static void read_unknown(Reader *r, Joint joint, gsize from, gsize to)
{
    const Letters *l = r->letters;
    Names *names = r->names;
    if (!has_letters(l, from, to) || is_count(r, from, to))
        return;
    if (joint == JOINT_BRACKET && g_unichar_islower(l->text[from]) &&
        !letters_have(r->letters, r->words, WORDS_BODY, from, to))
        return; /* "(left)" */
    look_at(r, from, to);
    gboolean body = letters_have(r->letters, r->words, WORDS_BODY, from, to) || is_address(l, from, to);
    enum { OUTLET = 2 }; /* words, behind a bar; more are a sentence */
    guint words = 1;
    for (gsize i = from; i < to; i++)
        words += l->text[i] == ' ';
    names->barred = names->barred || (r->bar && !body && words > OUTLET);
    gboolean second = (joint == JOINT_SLASH || joint == JOINT_BRACKET) && names->creators->len > 0;
    gboolean agency = body || joint == JOINT_VIA || (second && !r->agency_first);
    names->tail = !body && names->creators->len + names->agencies->len > 0;
    add(agency ? names->agencies : names->creators, letters_part(l, from, to));
}

static void read_field(Reader *r, Joint joint, gsize from, gsize to)
{
    const Letters *l = r->letters;
    Names *names = r->names;
    const char *key;
    field_trim(l, &from, &to);
    if (from >= to)
        return;

    gboolean first = names->creators->len + names->agencies->len == 0;
    names->tail = FALSE;
    gsize via = first ? from : letters_word(l, r->words, WORDS_VIA, from, to);
    if (via > from) { /* "NAME, via AGENCY" */
        from = letters_skip(l, via, to);
        joint = JOINT_VIA;
    }
    gsize bare = from, bare_to = to; /* "archive 2019" */
    if (!letters_are(l, r->words, WORDS_AGENCY, from, to, NULL))
        trim_date(r, &bare, &bare_to);
    if (letters_are(l, r->words, WORDS_AGENCY, bare, bare_to, &key)) {
        add(names->agencies, agency_name(l, bare, bare_to, key));
        names->known = TRUE;
        r->agency_first = r->agency_first || first;
    } else if (bare == bare_to || letters_are(l, r->words, WORDS_DEVICE, from, to, NULL) ||
               letters_are(l, r->words, WORDS_QUALIFIER, from, to, NULL) ||
               letters_are(l, r->words, WORDS_QUALIFIER, bare, bare_to, NULL)) {
        return;
    } else if (letters_are(l, r->words, WORDS_NOBODY, bare, bare_to, NULL)) {
        if (!r->nobody)
            r->nobody = letters_part(l, bare, bare_to);
    } else if (joint == JOINT_COURTESY || letters_word(l, r->words, WORDS_RIGHTS, from, to) > from) {
        names->source = first;
        if (first)
            look_at(r, from, to);
        add(names->agencies, letters_part(l, from, to));
    } else
        read_unknown(r, joint, bare, bare_to);
}

/* Behind a name, "video: NAME" is of others; before one, a colon is as little of a credit as a sentence is.
 */
static gboolean is_prose(Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    field_trim(l, &from, &to);
    trim_date(r, &from, &to);
    for (gsize i = from; i < to; i++) {
        gboolean stop = letters_end_sentence(l, i) && (l->text[i] != '.' || i + 1 < to);
        gboolean colon = l->folded[i] == ':';
        if (colon && r->names->creators->len > 0)
            r->names->others = TRUE;
        else if (stop || colon)
            r->names->prose = TRUE;
        if (stop || colon)
            return TRUE;
    }
    return FALSE;
}

/* "https://": an address on the web. */
static gboolean has_scheme(const Letters *l, gsize from, gsize to)
{
    for (; from + 2 < to; from++)
        if (l->text[from] == ':' && l->text[from + 1] == '/' && l->text[from + 2] == '/')
            return TRUE;
    return FALSE;
}

void names_read(Names *names, const Words *words, const Letters *l, gsize from, gsize to)
{
    *names = (Names){ .creators = g_ptr_array_new_with_free_func(g_free),
                      .agencies = g_ptr_array_new_with_free_func(g_free) };
    Reader r = { .words = words, .letters = l, .names = names };
    field_trim(l, &from, &to);
    if (letters_are(l, words, WORDS_DEVICE, from, to, NULL))
        return;

    /* a note of rights has commas and slashes of its own; so has many an agency */
    gboolean whole = letters_word(l, words, WORDS_RIGHTS, from, to) > from ||
                     letters_are(l, words, WORDS_AGENCY, from, to, NULL);
    Joint joint = JOINT_LIST, next_joint;
    gsize start = from, next;
    for (gsize i = from; i < to && !whole; i++) {
        gsize nickname = skip_nickname(&r, start, i, to);
        if (nickname > i) {
            i = nickname;
            continue;
        }
        if (!is_joint(&r, start, i, to, joint == JOINT_COURTESY, &next_joint, &next))
            continue;
        names->joined = names->joined || next_joint == JOINT_SLASH || next_joint == JOINT_VIA;
        if (!is_prose(&r, start, i) || !names->others)
            read_field(&r, joint, start, i);
        if (next_joint == JOINT_COURTESY && !r.nobody)
            r.nobody = letters_part(l, i, next); /* "Photo: Courtesy" */
        joint = next_joint;
        r.bar = joint == JOINT_SLASH && l->text[i] != '/' && l->text[i] != '\\';
        gsize label = letters_skip(l, next, to);
        names->labelled =
            names->labelled || (names->creators->len > 0 && front_skip_label(words, l, label, to) > label);
        start = joint == JOINT_VIA || joint == JOINT_COURTESY ? next : front_skip(words, l, next, to);
        i = start - 1;
    }
    if (!is_prose(&r, start, to) || !names->others)
        read_field(&r, joint, start, to);

    names->prose = names->prose || has_scheme(l, from, to);
    names->source = names->source && names->creators->len == 0;
    if (names->creators->len + names->agencies->len == 0 && r.nobody && *r.nobody)
        g_ptr_array_add(names->agencies, g_steal_pointer(&r.nobody));
    g_free(r.nobody);
}

void names_clear(Names *names)
{
    g_clear_pointer(&names->creators, g_ptr_array_unref);
    g_clear_pointer(&names->agencies, g_ptr_array_unref);
}
