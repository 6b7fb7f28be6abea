#include "photo/names.h"

#include <string.h>

#include "photo/date.h"
#include "photo/doubt.h"
#include "photo/field.h"
#include "photo/front.h"
#include "photo/joint.h"
#include "photo/script.h"

typedef struct {
    const Words *words;
    const Letters *letters;
    Names *names;
    char *nobody;          /* the first word that stands for nobody */
    gboolean agency_first; /* "AP Photo/NAME": what follows are creators */
    gboolean bar;          /* in front of the field: a dash or bar, not a slash */
    gboolean hyphen;       /* likewise, a hyphen */
    gboolean remark; /* the field before was "yesterday" or the like; not "archive", which may have a name */
} Reader;

/* Whether it has no two whole words, and no table has it: half a name, where what is behind it looks like a
 * date, "B. H. May 2024". */
static gboolean is_half(const Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    guint whole = 0;
    for (gsize i = from, end; i < to; i = end + 1) {
        gsize letters = 0;
        for (end = i; end < to && l->text[end] != ' '; end++) {
            letters += g_unichar_isalpha(l->text[end]);
            if (g_unichar_isdigit(l->text[end]))
                return FALSE;
        }
        whole += letters > 1 && l->text[end - 1] != '.' && !g_unichar_islower(l->text[i]) &&
                 letters_word(l, r->words, WORDS_TITLE, i, end) == i;
    }
    return whole < 2 && !joint_is_known(r->words, l, from, to) &&
           !letters_have(l, r->words, WORDS_BODY, from, to);
}

/* Whether a month that is a name, too, stands at i, and no more than a year behind it: "Brian May 2024". */
static gboolean is_namesake(const Reader *r, gsize i, gsize to)
{
    gsize end = letters_word(r->letters, r->words, WORDS_NAMESAKE, i, to),
          year = letters_skip(r->letters, end, to);
    return end > i && !g_unichar_islower(r->letters->text[i]) && year < to &&
           date_skip(r->letters, year, to) == to;
}

/* A date behind a name or before it is none of it. Nothing is left where there is no more than that. An
 * agency keeps what it is known by, "Flash 90". */
static void trim_date(const Reader *r, gsize *from, gsize *to)
{
    const Letters *l = r->letters;
    if (date_begin(r->words, l, *from, *to) > *from)
        *from = date_skip(l, *from, *to);
    gsize date = date_begin(r->words, l, *from, *to), first = *from, last = date;
    field_trim(l, &first, &last);
    if (first < last && letters_word(l, r->words, WORDS_DATE, date, *to) > date &&
        !letters_are(l, r->words, WORDS_AGENCY, first, last, NULL) &&
        (is_half(r, first, last) || is_namesake(r, date, *to)))
        date = date_begin(NULL, l, *from, *to);
    for (gsize i = date + 1; i < *to; i++) {
        last = i;
        field_trim(l, &first, &last);
        if (l->text[i - 1] == ' ' && letters_are(l, r->words, WORDS_AGENCY, first, last, NULL))
            date = i;
    }
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

/* Whether what may be a sentence stands behind a dash in front of from..to, or behind one in it. */
static gboolean has_sentence(const Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    gboolean dash = r->bar;
    for (gsize i = from, start = from; i <= to; i++) {
        if (i < to && !(l->text[i] == '-' && letters_bar(l, i)))
            continue;
        if (dash && doubt_is_sentence(r->words, l, start, i))
            return TRUE;
        start = i + 1;
        dash = TRUE;
    }
    return FALSE;
}

/* What else speaks against the creators, of whom from..to is one. In capitals, "BBC", a single word is
 * neither a person nor a place. */
static void doubt_creator(Reader *r, Joint joint, gsize from, gsize to, guint words)
{
    Names *names = r->names;
    names->place = names->place || doubt_is_place(r->words, r->letters, from, to);
    gboolean small = FALSE;
    for (gsize i = from; i < to; i++)
        small = small || (g_unichar_isalpha(r->letters->text[i]) && !g_unichar_isupper(r->letters->text[i]));
    names->single = names->single || (joint == JOINT_LIST && words == 1 && names->longest > 1 && small &&
                                      names->creators->len > 0);
}

static void read_unknown(Reader *r, Joint joint, gsize from, gsize to)
{
    const Letters *l = r->letters;
    Names *names = r->names;
    if (doubt_is_empty(r->words, l, from, to))
        return;
    if (joint == JOINT_BRACKET && g_unichar_islower(l->text[from]) &&
        !letters_have(r->letters, r->words, WORDS_BODY, from, to))
        return; /* "(left)" */
    look_at(r, from, to);
    gboolean body = letters_have(r->letters, r->words, WORDS_BODY, from, to) || is_address(l, from, to);
    /* words, behind a bar: more are a sentence; where both are told already, an outlet has one */
    guint words = 1, most = names->known && names->creators->len > 0 ? 1 : 2;
    for (gsize i = from; i < to; i++)
        words += l->text[i] == ' ';
    names->barred = names->barred ||
                    (r->bar && (r->remark || words > most) && !joint_is_body(r->words, l, from, to)) ||
                    (r->hyphen && body);
    names->told = names->told || has_sentence(r, from, to);
    gboolean second = (joint == JOINT_SLASH || joint == JOINT_BRACKET) && names->creators->len > 0;
    gboolean agency = body || joint == JOINT_VIA || (second && !r->agency_first);
    names->tail = !body && names->creators->len + names->agencies->len > 0;
    if (!agency)
        doubt_creator(r, joint, from, to, words);
    add(agency ? names->agencies : names->creators, letters_part(l, from, to));
}

static void read_field(Reader *r, Joint joint, gsize from, gsize to)
{
    const Letters *l = r->letters;
    Names *names = r->names;
    const char *key;
    field_trim(l, &from, &to);
    to = field_tags(l, from, to);
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
    names->doubted = names->doubted || doubt_is_said(r->words, l, from, to);
    gsize bare = from, bare_to = to; /* "archive 2019" */
    if (!letters_are(l, r->words, WORDS_AGENCY, from, to, NULL))
        trim_date(r, &bare, &bare_to);
    if (letters_are(l, r->words, WORDS_AGENCY, bare, bare_to, &key)) {
        add(names->agencies, agency_name(l, bare, bare_to, key));
        names->known = TRUE;
        r->agency_first = r->agency_first || first;
    } else if (bare == bare_to || doubt_is_blank(r->words, l, from, to) ||
               (!first && joint < JOINT_VIA && doubt_is_town(r->words, l, bare, bare_to)) ||
               letters_are(l, r->words, WORDS_QUALIFIER, from, to, NULL) ||
               letters_are(l, r->words, WORDS_QUALIFIER, bare, bare_to, NULL)) {
        r->remark = !letters_have(l, r->words, WORDS_BODY, from, to);
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
    r->remark = FALSE;
}

/* Behind a name, "video: NAME" is of others; before one, a colon is as little of a credit as a sentence is.
 */
static gboolean is_prose(Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    field_trim(l, &from, &to);
    trim_date(r, &from, &to);
    if (letters_are(l, r->words, WORDS_AGENCY, from, to, NULL)) /* "Yahoo!" */
        return FALSE;
    for (gsize i = from; i < to; i++) {
        gboolean stop = letters_end_sentence(l, i) && (l->text[i] != '.' || i + 1 < to);
        gboolean hour =
            i > from && i + 1 < to && g_unichar_isdigit(l->text[i - 1]) && g_unichar_isdigit(l->text[i + 1]);
        gboolean colon = l->folded[i] == ':' && !hour;
        if (colon && r->names->creators->len + r->names->agencies->len > 0)
            r->names->others = TRUE;
        else if (stop || colon)
            r->names->prose = TRUE;
        if (stop || colon)
            return TRUE;
    }
    return FALSE;
}

gboolean names_have_article(const Words *words, const char *name)
{
    enum { LEAST = 4 }; /* letters, with it: fewer begin so by themselves */
    const char *blank = strrchr(name, ' ');
    glong n = 0, whole;
    g_autofree gunichar *word = blank ? g_utf8_to_ucs4_fast(blank + 1, -1, &n) : NULL;
    if (n < LEAST || script_article(word, (gsize)n) == 0)
        return FALSE;
    g_autofree gunichar *first = g_utf8_to_ucs4_fast(name, -1, &whole);
    return script_article(first, (gsize)whole) > 0 ||
           words_match(words, WORDS_NAMESAKE, word, (gsize)n, NULL) < (gsize)n;
}

/* Whether a label at i stands behind what reads like a caption: before "illustration: NAME" two words are a
 * name, too, as those of a photographer beside an illustrator. */
static gboolean heads_credit(const Reader *r, gsize i, gsize to)
{
    const GPtrArray *creators = r->names->creators;
    if (creators->len == 0 || front_skip_label(r->words, r->letters, i, to) == i)
        return FALSE;
    gsize label = letters_word(r->letters, r->words, WORDS_LABEL, i, to);
    gboolean subject = letters_word(r->letters, r->words, WORDS_SUBJECT, i, to) >= label;
    return !subject || r->names->longest != 2 || r->names->small ||
           names_have_article(r->words, creators->pdata[creators->len - 1]);
}

/* "https://": an address on the web. */
static gboolean has_scheme(const Letters *l, gsize from, gsize to)
{
    for (; from + 2 < to; from++)
        if (l->text[from] == ':' && l->text[from + 1] == '/' && l->text[from + 2] == '/')
            return TRUE;
    return FALSE;
}

/* Whether two fields begin with where their pictures stand, the first one among them: a single "left: NAME"
 * tells who is to be seen. */
static gboolean are_placed(const Reader *r, gsize from, gsize to)
{
    const Letters *l = r->letters;
    gsize first = front_skip_place(r->words, l, from, to);
    for (gsize i = first; i < to && first > from; i++) {
        gboolean mark = field_is_list_mark(l->text[i]) || letters_end_sentence(l, i) || letters_bar(l, i);
        gsize next = letters_skip(l, i + 1, to);
        if (mark && front_skip_place(r->words, l, next, to) > next)
            return TRUE;
    }
    return FALSE;
}

/* Where the name of a field begins. */
static gsize skip_front(const Reader *r, gsize i, gsize to)
{
    i = front_skip(r->words, r->letters, i, to);
    gsize behind = r->names->placed ? front_skip_place(r->words, r->letters, i, to) : i;
    return behind > i ? front_skip(r->words, r->letters, behind, to) : i;
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
    names->placed = are_placed(&r, from, to);
    gsize start = names->placed ? skip_front(&r, from, to) : from, next;
    for (gsize i = start; i < to && !whole; i++) {
        gsize nickname = joint_skip_nickname(words, l, start, i, to);
        if (nickname > i) {
            i = nickname;
            continue;
        }
        if (!joint_at(words, l, start, i, to, joint == JOINT_COURTESY, &next_joint, &next))
            continue;
        names->joined = names->joined || next_joint == JOINT_SLASH || next_joint == JOINT_VIA;
        if (!is_prose(&r, start, i) || !names->others)
            read_field(&r, joint, start, i);
        if (next_joint == JOINT_COURTESY && !r.nobody)
            r.nobody = letters_part(l, i, next); /* "Photo: Courtesy" */
        joint = next_joint;
        r.bar = joint == JOINT_SLASH && l->text[i] != '/' && l->text[i] != '\\';
        r.hyphen = r.bar && l->text[i] == '-';
        names->labelled = names->labelled || heads_credit(&r, letters_skip(l, next, to), to);
        next = letters_skip(l, next, to);
        if (joint == JOINT_SLASH && front_skip_label(words, l, next, to) > next)
            joint = JOINT_LIST; /* "Composite: NAME / Photos: NAME" */
        start = joint >= JOINT_VIA ? next : skip_front(&r, next, to);
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
