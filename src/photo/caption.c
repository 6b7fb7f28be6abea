#include "photo/caption.h"

#include "photo/letters.h"
#include "photo/names.h"

#define LONGEST_CREDIT 160 /* characters, in a caption; more is a sentence */
#define LONGEST_FIELD 2000 /* characters, of a text that is a credit as a whole */
#define MOST_CREDITS 4     /* that are taken off one caption */

/* Words of the longest name, by what stands in front of its credit. */
#define MOST_WORDS 8
#define MOST_WORDS_AT_START 5 /* "Photo: ..." may begin a sentence of the caption */
#define MOST_WORDS_UNCLEAR 4

/* How what stands in front of a credit ends. */
typedef enum {
    LEAD_INSIDE, /* in a word, or where no credit begins */
    LEAD_SPACE,  /* by a mere space */
    LEAD_START,  /* there is nothing */
    LEAD_CLEAN,  /* by the end of a sentence or line, by a dash or bar */
    LEAD_BRACKET,
} Lead;

typedef enum {
    CREDIT_LABEL,     /* "Photo: NAME" */
    CREDIT_DASH,      /* "Photo - NAME" */
    CREDIT_BY,        /* "Photo by NAME" */
    CREDIT_COPYRIGHT, /* "© NAME" */
    CREDIT_COURTESY,  /* "Courtesy of NAME" */
    CREDIT_RIGHTS,    /* a note of rights */
    CREDIT_AGENCY,    /* "AP Photo/NAME" */
    CREDIT_SIGNED,    /* "NAME/AP" */
} CreditKind;

/* A credit that may stand in a caption. */
typedef struct {
    CreditKind kind;
    Lead lead;
    gsize start;      /* of its first character: the caption ends before it */
    gsize names, end; /* of its names */
    gsize rest;       /* where the caption goes on */
} Spot;

const char *confidence_name(Confidence confidence)
{
    static const char *const names[] = { "none", "low", "high" };
    return names[confidence];
}

/* ---- Where a credit stands ---- */

static gboolean is_open(gunichar c)
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
    if (is_open(c))
        return LEAD_BRACKET;
    if (c == '\n')
        return LEAD_CLEAN;
    if (letters_bar(l, before - 1) || c == '|' || c == 0x2013 || c == 0x2014)
        return LEAD_CLEAN;
    gsize end = before - 1;
    if (is_quote(c) && end > 0 && before < i)
        end--;
    if (letters_end_sentence(l, end) || l->text[end] == '.')
        return before < i || letters_word_start(l, i) ? LEAD_CLEAN : LEAD_INSIDE;
    return before < i ? LEAD_SPACE : LEAD_INSIDE;
}

/* Sets the ends of a credit whose names begin at spot->names. FALSE where it is too long for one. */
static gboolean find_end(const Letters *l, Spot *spot)
{
    gsize depth = 1, limit = MIN(l->n, spot->names + LONGEST_CREDIT), i = spot->names;
    for (; i < limit && l->text[i] != '\n'; i++) {
        depth += is_open(l->text[i]);
        depth -= is_close(l->text[i]);
        if (depth == 0 && spot->lead == LEAD_BRACKET)
            break;
        depth = MAX(depth, 1);
    }
    if (i == limit && limit < l->n)
        return FALSE;
    gboolean closed = spot->lead == LEAD_BRACKET && i < l->n && is_close(l->text[i]);
    spot->end = i;
    spot->rest = i + closed;
    gsize after = spot->rest;
    while (after < l->n && (l->text[after] == ' ' || l->text[after] == '.'))
        after++;
    if (after == l->n) /* a full stop behind the bracket */
        spot->rest = l->n;
    return TRUE;
}

/* Where the word before the space in front of i begins a phrase with the label at i: "tax credit:". */
static gboolean in_phrase(const Letters *l, const Words *words, gsize i)
{
    gsize end = i;
    while (end > 0 && l->text[end - 1] == ' ')
        end--;
    gsize from = end;
    while (from > 0 && end - from < LONGEST_CREDIT && l->text[from - 1] != ' ' && l->text[from - 1] != '\n')
        from--;
    return letters_are(l, words, WORDS_PHRASE, from, end, NULL);
}

static gsize behind_colon(const Letters *l, gsize i, gsize to)
{
    i = letters_skip(l, i, to);
    return i < to && l->folded[i] == ':' ? letters_skip(l, i + 1, to) : i;
}

/* Tells the kind of credit that begins at i, and where its names do. */
static gboolean begins_credit(const Letters *l, const Words *words, gsize i, Spot *spot)
{
    gboolean certain;
    gsize to = MIN(l->n, i + LONGEST_CREDIT);
    spot->start = i;
    spot->kind = CREDIT_LABEL;
    if ((spot->names = names_skip_label(words, l, i, to)) > i)
        return TRUE;
    spot->kind = CREDIT_COURTESY;
    spot->names = i;
    if (letters_word(l, words, WORDS_COURTESY, i, to) > i)
        return TRUE;
    gsize end = letters_word(l, words, WORDS_LABEL, i, to); /* "Photo courtesy of" */
    spot->names = letters_skip(l, end, to);
    if (end > i && letters_word(l, words, WORDS_COURTESY, spot->names, to) > spot->names)
        return TRUE;
    spot->kind = CREDIT_BY;
    end = letters_word(l, words, WORDS_BY, i, to);
    if (end > i) {
        spot->names = behind_colon(l, end, to);
        return TRUE;
    }
    spot->kind = CREDIT_COPYRIGHT;
    if ((spot->names = names_skip_copyright(words, l, i, to, &certain)) > i)
        return certain;
    spot->kind = CREDIT_RIGHTS;
    spot->names = i;
    if (letters_word(l, words, WORDS_RIGHTS, i, to) > i)
        return TRUE;
    spot->kind = CREDIT_AGENCY;
    end = letters_word(l, words, WORDS_AGENCY, i, to);
    if (end > i) {
        end = letters_skip(l, end, to);
        return end < to && l->text[end] == '/';
    }
    spot->kind = CREDIT_DASH;
    end = letters_word(l, words, WORDS_LABEL, i, to);
    if (end == i || end + 2 >= to || !letters_bar(l, end + 1))
        return FALSE;
    spot->names = letters_skip(l, end + 2, to);
    return TRUE;
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
    return spot->kind == CREDIT_LABEL && names->longest <= 2 ? CONFIDENCE_HIGH : CONFIDENCE_NONE;
}

static Confidence judge(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    gboolean symbol = g_unichar_type(l->text[spot->start]) == G_UNICODE_OTHER_SYMBOL;
    gboolean clear = spot->lead != LEAD_SPACE || symbol;
    if (names->creators->len + names->agencies->len == 0 || names->prose ||
        names->longest > most_words(spot, names))
        return CONFIDENCE_NONE;
    if (!clear && (spot->kind >= CREDIT_RIGHTS || spot->kind == CREDIT_DASH ||
                   in_phrase(l, words, spot->start) || (names->source && names->particle)))
        return CONFIDENCE_NONE;
    if (names->source)
        return clear ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
    if (names->small || (spot->kind == CREDIT_BY && names->particle))
        return judge_small(spot, names);
    if (spot->kind == CREDIT_DASH)
        return spot->lead == LEAD_START ? CONFIDENCE_NONE : CONFIDENCE_LOW;
    /* "Foto von Kindern" is of them */
    if (spot->kind == CREDIT_BY && spot->lead == LEAD_START && names->longest == 1 && !symbol)
        return CONFIDENCE_LOW;
    return clear ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
}

/* "NAME/AP" and "AP" at the end of a text have no word in front. */
static gboolean signed_end(const Letters *l, Spot *spot)
{
    gsize end = l->n;
    while (end > 0 && (l->text[end - 1] == ' ' || l->text[end - 1] == '.'))
        end--;
    gsize first = end > LONGEST_CREDIT ? end - LONGEST_CREDIT : 0, i = end;
    gboolean bracket = end > 0 && is_close(l->text[end - 1]);
    *spot = (Spot){ .kind = CREDIT_SIGNED, .end = end - bracket, .rest = l->n };
    for (; i > first; i--) {
        if (bracket ? is_open(l->text[i - 1]) : i < end && lead_at(l, i) >= LEAD_CLEAN)
            break;
    }
    if (i == first && first > 0)
        return FALSE;
    spot->start = spot->names = letters_skip(l, i, end);
    spot->lead = lead_at(l, spot->start);
    return spot->start < spot->end && (bracket ? spot->lead == LEAD_BRACKET : TRUE);
}

static Confidence judge_signed(const Letters *l, const Words *words, const Spot *spot, const Names *names)
{
    if (!names->known || spot->lead < LEAD_START)
        return CONFIDENCE_NONE;
    if (names->joined)
        return judge(l, words, spot, names);
    if (names->creators->len > 0 || spot->lead == LEAD_START || names->prose)
        return CONFIDENCE_NONE;
    gsize before = spot->start;
    while (before > 0 && (l->text[before - 1] == ' ' || is_open(l->text[before - 1])))
        before--;
    gboolean stop = before > 0 && (l->text[before - 1] == '\n' || l->text[before - 1] == '|' ||
                                   letters_end_sentence(l, before - 1));
    return stop ? CONFIDENCE_HIGH : CONFIDENCE_LOW;
}

/* ---- Taking it off ---- */

/* The caption before start and from rest on, without what joined it with its credit; one sentence loses its
 * full stop. */
static char *without_credit(const Letters *l, gsize start, gsize rest)
{
    gsize end = start;
    while (end > 0) {
        gunichar c = l->text[end - 1];
        if (c == ' ' || c == '\n' || c == ',' || c == ';' || is_open(c) || c == '|' || c == 0x2013 ||
            c == 0x2014 || letters_bar(l, end - 1))
            end--;
        else
            break;
    }
    gboolean tail = letters_skip(l, rest, l->n) < l->n;
    gboolean stop = !tail && end > 0 && l->text[end - 1] == '.' && !(end > 1 && l->text[end - 2] == '.');
    for (gsize i = 0; i + 1 < end && stop; i++)
        stop = l->text[i] != '\n' && !letters_end_sentence(l, i);
    end -= stop;

    g_autofree char *before = letters_part(l, 0, end);
    g_autofree char *behind = letters_part(l, rest, l->n);
    gboolean close_up = tail && g_unichar_ispunct(l->text[letters_skip(l, rest, l->n)]);
    char *text = g_strconcat(before, *before && tail && !close_up ? " " : "", behind, NULL);
    return g_strdelimit(text, "\n", ' ');
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

/* Keeps the surer of two readings; of the same, the first. */
static void offer(Names *best, Spot *where, Confidence *confidence, Names *names, const Spot *spot,
                  Confidence found)
{
    if (found > *confidence) {
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
    for (gsize i = l->n; i-- > 0 && confidence < CONFIDENCE_HIGH;) {
        if (!letters_word_start(l, i) || !begins_credit(l, words, i, &spot))
            continue;
        spot.lead = lead_at(l, i);
        if (g_unichar_type(l->text[i]) == G_UNICODE_OTHER_SYMBOL && spot.lead == LEAD_INSIDE)
            spot.lead = LEAD_SPACE;
        if (spot.lead == LEAD_INSIDE || !find_end(l, &spot))
            continue;
        spot.names = names_skip_front(words, l, spot.names, spot.end);
        names_read(&names, words, l, spot.names, spot.end);
        offer(best, where, &confidence, &names, &spot, judge(l, words, &spot, &names));
    }
    if (confidence < CONFIDENCE_HIGH && signed_end(l, &spot)) {
        names_read(&names, words, l, spot.names, spot.end);
        offer(best, where, &confidence, &names, &spot, judge_signed(l, words, &spot, &names));
    }
    return confidence;
}

/* Reads the text once. */
static void parse_once(Caption *caption, const Words *words, const char *text)
{
    *caption = (Caption){ 0 };
    Letters letters;
    Names names = { 0 };
    Spot spot = { 0 };
    letters_init(&letters, text);
    Confidence confidence = find_credit(&letters, words, &names, &spot);
    if (confidence > CONFIDENCE_NONE)
        take(caption, &names, confidence);
    else
        caption->creators = g_new0(char *, 1);
    if (confidence == CONFIDENCE_HIGH)
        caption->text = without_credit(&letters, spot.start, spot.rest);
    else
        caption->text = g_strdelimit(letters_part(&letters, 0, letters.n), "\n", ' ');
    names_clear(&names);
    letters_clear(&letters);
}

/* Puts what stood further ahead in the text before what is known of it. */
static void put_before(Caption *caption, Caption *earlier)
{
    GStrvBuilder *creators = g_strv_builder_new();
    g_strv_builder_addv(creators, (const char **)earlier->creators);
    for (char **name = caption->creators; *name; name++)
        if (!g_strv_contains((const char *const *)earlier->creators, *name))
            g_strv_builder_add(creators, *name);
    g_strfreev(caption->creators);
    caption->creators = g_strv_builder_end(creators);
    g_strv_builder_unref(creators);

    if (earlier->agency && g_strcmp0(earlier->agency, caption->agency) != 0) {
        char *both = caption->agency ? g_strconcat(earlier->agency, "/", caption->agency, NULL)
                                     : g_strdup(earlier->agency);
        g_free(caption->agency);
        caption->agency = both;
    }
    g_free(caption->text);
    caption->text = g_steal_pointer(&earlier->text);
}

void caption_parse(Caption *caption, const Words *words, const char *text)
{
    parse_once(caption, words, text);
    gboolean more = caption->confidence == CONFIDENCE_HIGH;
    for (int i = 1; i < MOST_CREDITS && more && *caption->text; i++) {
        Caption earlier;
        parse_once(&earlier, words, caption->text);
        more = earlier.confidence == CONFIDENCE_HIGH;
        if (more)
            put_before(caption, &earlier);
        caption_clear(&earlier);
    }
}

void caption_parse_credit(Caption *caption, const Words *words, const char *text)
{
    *caption = (Caption){ .text = g_strdup("") };
    Letters letters;
    Names names;
    letters_init(&letters, text);
    gsize end = letters.n > LONGEST_FIELD ? 0 : letters.n;
    names_read(&names, words, &letters, names_skip_front(words, &letters, 0, end), end);
    gboolean found = names.creators->len + names.agencies->len > 0;
    take(caption, &names, found ? CONFIDENCE_HIGH : CONFIDENCE_NONE);
    names_clear(&names);
    letters_clear(&letters);
}

void caption_clear(Caption *caption)
{
    g_clear_pointer(&caption->text, g_free);
    g_clear_pointer(&caption->creators, g_strfreev);
    g_clear_pointer(&caption->agency, g_free);
    caption->confidence = CONFIDENCE_NONE;
}
