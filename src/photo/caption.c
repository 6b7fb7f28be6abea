#include "photo/caption.h"

#include <string.h>

#include "photo/field.h"
#include "photo/front.h"
#include "photo/letters.h"
#include "photo/names.h"
#include "photo/spot.h"

/* By it, a press agency parts its caption and credit from the same in another language. */
#define LOCAL_CAPTION "*** Local Caption ***"

#define LONGEST_LABEL 40   /* characters */
#define LONGEST_FIELD 2000 /* characters, of a text that is a credit as a whole */
#define MOST_CREDITS 4     /* that are taken off one caption */

/* Words of the longest name, by what stands in front of its credit. */
#define MOST_WORDS 8
#define MOST_WORDS_AT_START 5 /* "Photo: ..." may begin a sentence of the caption: so many are not clear */
#define MOST_WORDS_UNCLEAR 4

const char *confidence_name(Confidence confidence)
{
    static const char *const names[] = { "none", "low", "high" };
    return names[confidence];
}

/* ---- How sure it is ---- */

static guint most_words(const Spot *spot, const Names *names)
{
    if (names->source)
        return 2 * MOST_WORDS;
    if (spot->lead == LEAD_SPACE || spot->kind >= CREDIT_AGENCY)
        return MOST_WORDS_UNCLEAR;
    return spot->lead == LEAD_START ? MOST_WORDS_AT_START : MOST_WORDS;
}

/* A name in small letters: a sloppy desk's, or no name. */
static Confidence judge_small(const Spot *spot, const Names *names)
{
    if (spot->lead != LEAD_CLEAN && spot->lead != LEAD_BRACKET)
        return CONFIDENCE_NONE;
    if (spot->kind != CREDIT_LABEL || names->longest > 2)
        return CONFIDENCE_NONE;
    return names->others ? CONFIDENCE_LOW : CONFIDENCE_HIGH;
}

/* A label without a colon may be a common word of the caption. */
static Confidence judge_bare(const Spot *spot, const Names *names)
{
    if (spot->lead != LEAD_CLEAN && spot->lead != LEAD_BRACKET)
        return CONFIDENCE_NONE;
    if (spot->kind == CREDIT_SLASH || names->known)
        return CONFIDENCE_HIGH;
    gboolean unlike = spot->kind == CREDIT_PLAIN && (spot->lead != LEAD_BRACKET || names->longest > 3);
    return unlike ? CONFIDENCE_NONE : CONFIDENCE_LOW;
}

/* Whether it reads like what a picture shows, where no capitals tell a name: of three words or more, in parts
 * of one, or with an article in it, "the scene of the crash". */
static gboolean is_told(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    gunichar first = l->text[spot->names];
    gsize word = spot->start; /* the first of the label: "photo" of "photo from the archive" is a plain one */
    while (word < spot->names && words_inside(l->text[word]))
        word++;
    if (letters_are(l, words, WORDS_LABEL, spot->start, word, NULL) &&
        !letters_are(l, words, WORDS_SUBJECT, spot->start, word, NULL))
        return FALSE;
    if (g_unichar_isupper(first) || g_unichar_islower(first) || names->agencies->len > 0)
        return FALSE;
    gboolean single = FALSE, article = FALSE;
    for (guint i = 0; i < names->creators->len; i++) {
        single = single || !strchr(names->creators->pdata[i], ' ');
        article = article || names_have_article(words, names->creators->pdata[i]);
    }
    if (article || spot->lead == LEAD_BRACKET)
        return article;
    gboolean many = names->longest > 2 && !letters_have(l, words, WORDS_TITLE, spot->names, spot->end);
    return many || (single && names->creators->len > 1);
}

/* "Picture: left: NAME": whom it names may stand there. */
static gboolean is_placed(const Letters *l, const Words *words, const Spot *spot)
{
    return front_skip_place(words, l, spot->names, spot->end) > spot->names;
}

/* A camera, "©". */
static gboolean starts_in_symbol(const Letters *l, const Spot *spot)
{
    return g_unichar_type(l->text[spot->start]) == G_UNICODE_OTHER_SYMBOL;
}

/* Whether what stands in front of it leaves no doubt that a credit begins. */
static gboolean is_clear(const Letters *l, const Spot *spot)
{
    return spot->lead != LEAD_SPACE || starts_in_symbol(l, spot);
}

/* Behind a label with its colon, "Photo by" or "©". */
static Confidence judge_labelled(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    gboolean symbol = starts_in_symbol(l, spot), place = is_placed(l, words, spot);
    /* "Foto von Kindern" is of them, "Photo: The Mayor" of him */
    gboolean of = spot->kind == CREDIT_BY
                      ? names->longest == 1 && !symbol
                      : letters_word(l, words, WORDS_PHRASE, spot->names, spot->end) > spot->names;
    /* "Photo: NAME - Crowds in the square", "Picture: crowds in the square" */
    gboolean cased = g_unichar_isupper(l->text[spot->names]);
    gboolean sentence = names->longest == MOST_WORDS_AT_START && !names->joined && !cased;
    gsize label = letters_word(l, words, WORDS_SUBJECT, spot->start, spot->end);
    gboolean subject = label > spot->start && l->folded[letters_skip(l, label, spot->end)] == ':';
    if ((of || names->barred || ((sentence || subject) && !names->known)) && spot->lead == LEAD_START)
        return CONFIDENCE_LOW;
    gboolean thing = of && cased && names->agencies->len == 0; /* "Rendering: The New Tower" */
    if ((subject && (place || thing || is_told(l, words, spot, names))) || (place && !names->placed))
        return CONFIDENCE_LOW;
    if (names->others && spot->lead == LEAD_START)
        return CONFIDENCE_NONE;
    return is_clear(l, spot) && !names->others ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
}

/* What is not certain of the names, wherever they stand. */
static gboolean is_doubtful(const Names *names)
{
    return names->told || names->doubted || names->place || names->single;
}

static Confidence judge_names(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    gboolean clear = is_clear(l, spot);
    if (names->creators->len + names->agencies->len == 0 || names->prose ||
        names->longest > most_words(spot, names))
        return CONFIDENCE_NONE;
    if (!clear && (spot->kind >= CREDIT_RIGHTS || spot_in_phrase(l, words, spot->start) ||
                   (names->source && names->particle)))
        return CONFIDENCE_NONE;
    if (spot->kind == CREDIT_COURTESY && names->longest == 0 && !names->known)
        return CONFIDENCE_LOW; /* of nobody in particular */
    if (names->source)
        return clear && !names->others ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
    if (names->small && is_placed(l, words, spot))
        return CONFIDENCE_NONE;
    if (names->small || (spot->kind == CREDIT_BY && names->particle))
        return judge_small(spot, names);
    if (spot->kind == CREDIT_SLASH || spot->kind == CREDIT_DASH || spot->kind == CREDIT_PLAIN)
        return judge_bare(spot, names);
    return judge_labelled(l, words, spot, names);
}

static Confidence judge(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    Confidence found = judge_names(l, words, spot, names);
    return is_doubtful(names) ? MIN(found, CONFIDENCE_LOW) : found;
}

/* "NAME/AP" and "AP" without a word in front. Where that is all of the caption, "Crowds in Tel Aviv/AP" looks
 * the same. */
static Confidence judge_signed(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    if (!names->known || names->others || spot->lead < LEAD_START)
        return CONFIDENCE_NONE;
    if (names->joined) {
        Confidence found = judge(l, words, spot, names);
        return spot->lead == LEAD_START ? MIN(found, CONFIDENCE_LOW) : found;
    }
    if (names->creators->len > 0 || spot->lead == LEAD_START || names->prose)
        return CONFIDENCE_NONE;
    return spot_behind_stop(l, spot) ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
}

/* ---- Taking it off ---- */

/* The end of the caption before its credit, without what joins the two. */
static gsize lead_end(const Letters *l, gsize start)
{
    while (start > 0) {
        gunichar c = l->text[start - 1];
        if (c != ' ' && c != '\n' && c != ',' && c != ';' && c != '-' && c != '|' && c != 0x2013 &&
            c != 0x2014 && !spot_is_open(c) && !letters_bar(l, start - 1))
            break;
        start--;
    }
    return start;
}

/* On one line; one sentence loses its full stop where a credit stood behind it. */
static char *caption_text(const Letters *l, gboolean credited)
{
    gsize end = l->n;
    gboolean stop = credited && end > 0 && l->text[end - 1] == '.' && !(end > 1 && l->text[end - 2] == '.');
    for (gsize i = 0; i + 1 < end && stop; i++)
        stop = l->text[i] != '\n' && !letters_end_sentence(l, i);
    return g_strdelimit(letters_marked(l, 0, end - stop), "\n", ' ');
}

static char **steal_strings(GPtrArray **list)
{
    g_ptr_array_add(*list, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(list), FALSE);
}

static void take(Caption *caption, Names *names, Confidence confidence)
{
    caption->confidence = confidence;
    caption->creators = steal_strings(&names->creators);
    if (names->agencies->len > 0) {
        g_auto(GStrv) agencies = steal_strings(&names->agencies);
        caption->agency = g_strjoinv("/", agencies);
    }
}

/* Keeps the surer of two readings; of two clear ones that end alike, the longer: "Photo © NAME". */
static void offer(Names *best, Spot *where, Confidence *confidence, Names *names, const Spot *spot,
                  Confidence found)
{
    if (found > *confidence || (found == CONFIDENCE_HIGH && spot->end == where->end)) {
        names_clear(best);
        *best = *names;
        *where = *spot;
        *confidence = found;
    } else
        names_clear(names);
}

/* The last credit of the text that is clear; else the last that is not. */
static Confidence find_credit(const Letters *l, const Words *words, Names *best, Spot *where)
{
    Confidence confidence = CONFIDENCE_NONE;
    Names names;
    Spot spot;
    for (gsize i = l->n, first = 0; i-- > first;) {
        if (!spot_at(&spot, l, words, i))
            continue;
        names_read(&names, words, l, spot.names, spot.end);
        offer(best, where, &confidence, &names, &spot, judge(l, words, &spot, &names));
        if (confidence == CONFIDENCE_HIGH && where->lead != LEAD_SPACE)
            break;
        if (confidence == CONFIDENCE_HIGH && first == 0) /* by a symbol; a label may stand in front */
            first = i > LONGEST_LABEL ? i - LONGEST_LABEL : 0;
    }
    /* not a part of a credit that is not clear: its other names would be lost */
    if (confidence < CONFIDENCE_HIGH && spot_at_end(&spot, l, words) &&
        (confidence == CONFIDENCE_NONE || spot.start < where->names)) {
        names_read(&names, words, l, spot.names, spot.end);
        offer(best, where, &confidence, &names, &spot, judge_signed(l, words, &spot, &names));
    }
    return confidence;
}

/* Puts those who are named further ahead in the text before those who are known of it. */
static void put_before(Caption *caption, Names *earlier)
{
    for (char **name = caption->creators; *name; name++)
        if (!g_ptr_array_find_with_equal_func(earlier->creators, *name, g_str_equal, NULL))
            g_ptr_array_add(earlier->creators, g_strdup(*name));
    g_auto(GStrv) agencies = g_strsplit(caption->agency ? caption->agency : "", "/", -1);
    for (char **agency = agencies; *agency; agency++)
        if (!g_ptr_array_find_with_equal_func(earlier->agencies, *agency, g_str_equal, NULL))
            g_ptr_array_add(earlier->agencies, g_strdup(*agency));
    g_strfreev(caption->creators);
    g_clear_pointer(&caption->agency, g_free);
    take(caption, earlier, CONFIDENCE_HIGH);
}

static gboolean on_line(const Letters *l, gsize from, gsize to)
{
    while (from < to && l->text[from] != '\n')
        from++;
    return from == to;
}

/* Whether a name stands at i, up to the next mark: an agency, or two words or three. */
static gboolean is_name(const Letters *l, const Words *words, gsize i)
{
    gsize to = i, limit = MIN(l->n, i + LONGEST_CREDIT);
    while (to < limit && field_end(l, to, to + 1) > to && !letters_bar(l, to) && !letters_end_sentence(l, to))
        to++;
    Names names;
    names_read(&names, words, l, front_skip(words, l, i, to), to);
    guint named = names.creators->len + names.agencies->len;
    gboolean name = named > 0 && !names.prose && !names.small && (names.known || names.longest > 1) &&
                    names.longest <= MOST_WORDS_UNCLEAR;
    names_clear(&names);
    return name;
}

/* Whether a credit is left in what was to be the caption: of several pictures, or of somebody
 * whom the caption would hide. */
static gboolean has_more(const Letters *l, const Words *words)
{
    for (gsize i = 0, names; i < l->n; i++)
        if (spot_is_label(l, words, i, &names) && is_name(l, words, names))
            return TRUE;
    return FALSE;
}

/* Takes the last credit off the text, and gives where it stood. TRUE where it was clear: there may be one
 * more. One that runs on to a label which was taken off already ends in the caption of that: "The mayor -
 * Photo: A, the minister - Photo: B". */
static gboolean take_last(Caption *caption, Letters *l, const Words *words, gsize *cut)
{
    Names names = { 0 };
    Spot spot = { 0 };
    Confidence confidence = find_credit(l, words, &names, &spot);
    if (spot.end == *cut && (names.tail || names.barred))
        confidence = MIN(confidence, CONFIDENCE_LOW);
    if (confidence == CONFIDENCE_HIGH)
        put_before(caption, &names);
    else if (confidence == CONFIDENCE_LOW && caption->confidence == CONFIDENCE_NONE) {
        g_clear_pointer(&caption->creators, g_strfreev);
        take(caption, &names, confidence);
    }
    if (caption->confidence == confidence && confidence > CONFIDENCE_NONE) {
        gsize from = lead_end(l, spot.start);
        *cut = spot.kind <= CREDIT_BY && on_line(l, from, spot.start) ? from : G_MAXSIZE;
        letters_cut(l, from, spot.rest);
    }
    names_clear(&names);
    return confidence == CONFIDENCE_HIGH;
}

void caption_parse(Caption *caption, const Words *words, const char *text)
{
    *caption = (Caption){ .creators = g_new0(char *, 1) };
    Letters letters;
    const char *local = strstr(text, LOCAL_CAPTION);
    gboolean alone = local && local == text + strspn(text, " \t\n");
    g_autofree char *own = local && !alone ? g_strndup(text, (gsize)(local - text)) : NULL;
    letters_init(&letters, own ? own : alone ? local + strlen(LOCAL_CAPTION) : text);
    caption->whole = caption_text(&letters, FALSE);
    gsize cut = G_MAXSIZE;
    for (int i = 0; i < MOST_CREDITS && take_last(caption, &letters, words, &cut);)
        i++;
    gboolean part = caption->confidence == CONFIDENCE_HIGH && has_more(&letters, words);
    if (part)
        caption->confidence = CONFIDENCE_LOW;
    caption->bare =
        part ? g_strdup(caption->whole) : caption_text(&letters, caption->confidence > CONFIDENCE_NONE);
    caption->text = g_strdup(caption->confidence == CONFIDENCE_HIGH ? caption->bare : caption->whole);
    letters_clear(&letters);
}

/* An address on the web, a path or markup: no name has these. */
static gboolean is_machine_text(const Letters *l)
{
    g_autofree char *text = letters_part(l, 0, l->n);
    return strstr(text, "</") || strstr(text, "://") || strstr(text, "../");
}

/* Takes the credit of what turns out to be a caption, where that is clear. */
static gboolean take_clear(Caption *credit, const Words *words, const char *text)
{
    Caption caption;
    caption_parse(&caption, words, text);
    gboolean clear = caption.confidence == CONFIDENCE_HIGH;
    if (clear) {
        credit->creators = g_steal_pointer(&caption.creators);
        credit->agency = g_steal_pointer(&caption.agency);
        credit->confidence = CONFIDENCE_HIGH;
    }
    caption_clear(&caption);
    return clear;
}

void caption_parse_credit(Caption *caption, const Words *words, const char *text)
{
    *caption = (Caption){ .text = g_strdup("") };
    Letters letters;
    Names names;
    letters_init(&letters, text);
    gsize end = letters.n > LONGEST_FIELD || is_machine_text(&letters) ? 0 : letters.n;
    names_read(&names, words, &letters, front_skip(words, &letters, 0, end), end);
    gboolean found = names.creators->len + names.agencies->len > 0;
    for (guint i = 0; i < names.creators->len && names.others; i++) /* "The New Kitchen. Design: NAME" */
        found = found && !names_have_article(words, names.creators->pdata[i]);
    gboolean prose = names.prose || names.others || names.labelled;
    gboolean clear = !names.doubted && !names.told && !(names.place && names.creators->len > 1);
    Confidence confidence = clear ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
    if (!prose || !take_clear(caption, words, text))
        take(caption, &names, found ? confidence : CONFIDENCE_NONE);
    names_clear(&names);
    letters_clear(&letters);
}

void caption_clear(Caption *caption)
{
    g_clear_pointer(&caption->text, g_free);
    g_clear_pointer(&caption->bare, g_free);
    g_clear_pointer(&caption->whole, g_free);
    g_clear_pointer(&caption->creators, g_strfreev);
    g_clear_pointer(&caption->agency, g_free);
    caption->confidence = CONFIDENCE_NONE;
}
