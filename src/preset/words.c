#include "preset/words.h"

#include <string.h>

#include "base/file.h"
#include "preset/entries.h"
#include "preset/keys.h"

static const struct {
    const char *group, *help;
} kinds[N_WORDS] = {
    [WORDS_LABEL] = { "words label", "what stands before a photographer's name, with a colon between" },
    [WORDS_SUBJECT] = { "words subject", "which of these labels may head a caption: in front of all, what "
                                         "follows is no clear name" },
    [WORDS_BARE] = { "words bare",
                     "which of these labels stand before a name without a colon, too, in a text "
                     "that is a credit as a whole" },
    [WORDS_BY] = { "words by", "what stands before a photographer's name, without a colon" },
    [WORDS_COPYRIGHT] = { "words copyright",
                          "what stands before the name of who has the copyright; a year may follow" },
    [WORDS_COURTESY] = { "words courtesy",
                         "what stands before a source that gave the photo: an agency, no photographer" },
    [WORDS_VIA] = { "words via", "what stands between a photographer and the agency" },
    [WORDS_FRONT] = { "words front", "what is dropped in front of a credit that stands alone" },
    [WORDS_QUALIFIER] = { "words qualifier", "what is said of the photo behind its credit; dropped" },
    [WORDS_PLACE] = { "words place", "where a picture stands, in front of its credit: two in one credit are "
                                     "dropped" },
    [WORDS_TOWN] = { "words town",
                     "towns and countries: one behind a name is where the picture was taken, and "
                     "dropped" },
    [WORDS_SITE] = { "words site", "what the name of a place begins with: one among the names is not clear" },
    [WORDS_DATE] = { "words date", "what makes a date of the number beside it; dropped behind a name" },
    [WORDS_NAMESAKE] = { "words namesake",
                         "which of these words are names, too: in front of a mere year, without "
                         "a comma, they are kept; and surnames that begin like an article" },
    [WORDS_RIGHTS] = { "words rights",
                       "a right to use the photo, told in the place of a name; shown as the agency" },
    [WORDS_BODY] = { "words body", "a name that has one of these in it is an agency, no person" },
    [WORDS_NOBODY] = { "words nobody", "what stands for somebody without a name; dropped beside a name" },
    [WORDS_TITLE] = { "words title",
                      "what shows that three words behind a label that may head a caption are a "
                      "name" },
    [WORDS_DEVICE] = { "words device", "what cameras and programs write where a name should stand" },
    [WORDS_DOUBT] = { "words doubt",
                      "what says that a name is still to be checked: beside it, the name is not "
                      "clear; alone, it is no name" },
    [WORDS_PHRASE] = { "words phrase", "what makes a label right behind it a part of its sentence" },
    [WORDS_AGENCY] = { "agencies", "each agency by the name it is to have, and its other names" },
};

#define LISTS "lists of words with ; between them; one that ends in * stands for all that begin so"

/* One line of a group. */
typedef struct {
    char *key;
    char **words;
} List;

typedef struct {
    gunichar *text; /* folded */
    gsize n;
    gboolean open;   /* stands for all that begin so */
    const char *key; /* of its list */
} Word;

static void list_free(gpointer data)
{
    List *list = data;
    g_free(list->key);
    g_strfreev(list->words);
    g_free(list);
}

static void word_clear(gpointer data)
{
    g_free(((Word *)data)->text);
}

gunichar words_fold(gunichar c)
{
    switch (c) {
    case 0x60:   /* grave accent */
    case 0xb4:   /* acute accent */
    case 0x2bc:  /* modifier apostrophe */
    case 0x5f3:  /* geresh */
    case 0x2018: /* single quotation marks */
    case 0x2019:
    case 0x201a:
    case 0x201b:
        return '\'';
    case 0xab: /* guillemets */
    case 0xbb:
    case 0x5f4:  /* gershayim */
    case 0x201c: /* double quotation marks */
    case 0x201d:
    case 0x201e:
    case 0x201f:
        return '"';
    case 0x5be:  /* maqaf */
    case 0x2010: /* hyphens */
    case 0x2011:
        return '-';
    case 0x5c3:  /* sof pasuq */
    case 0x2236: /* ratio */
    case 0xff1a: /* full-width colon */
        return ':';
    default:
        return g_unichar_tolower(c);
    }
}

gboolean words_inside(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* An apostrophe or gershayim goes on with the word if a letter follows: AP's, לע"מ. */
static gboolean ends_word(const gunichar *text, gsize n, gsize at)
{
    if (at >= n || !words_inside(text[at - 1]))
        return TRUE;
    if (text[at] == '\'' || text[at] == '"')
        return at + 1 >= n || !words_inside(text[at + 1]);
    return !words_inside(text[at]);
}

/* Hebrew points and Arabic vowel signs, and the stroke that stretches an Arabic word: with them or without,
 * it is the same word. */
static gboolean is_point(gunichar c)
{
    return c == 0x640 || (((c >= 0x591 && c <= 0x5c7) || (c >= 0x610 && c <= 0x6ed)) && g_unichar_ismark(c));
}

/* How many characters at text are the word, points inside it included; 0 where it is another. */
static gsize match_word(const Word *word, const gunichar *text, gsize n)
{
    gsize at = 0;
    for (gsize i = 0; i < word->n; i++, at++) {
        while (i > 0 && at < n && is_point(text[at]))
            at++;
        if (at >= n || text[at] != word->text[i])
            return 0;
    }
    return at;
}

/* The first word of the index that begins with c or what is behind it. */
static guint first_with(const GArray *index, gunichar c)
{
    guint low = 0, high = index->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(index, Word, middle).text[0] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gsize words_match(const Words *words, WordKind kind, const gunichar *text, gsize n, const char **key)
{
    const GArray *index = words->sets[kind].index;
    for (guint i = n > 0 ? first_with(index, text[0]) : index->len; i < index->len; i++) {
        const Word *word = &g_array_index(index, Word, i);
        if (word->text[0] != text[0])
            break;
        gsize length = match_word(word, text, n);
        if (length == 0 || (!word->open && !ends_word(text, n, length)))
            continue;
        if (key)
            *key = word->key;
        return word->open ? n : length;
    }
    return 0;
}

/* ---- Reading ---- */

static int compare_lists(gconstpointer a, gconstpointer b)
{
    return strcmp((*(List *const *)a)->key, (*(List *const *)b)->key);
}

/* By the first character, the longest first. */
static int compare_words(gconstpointer a, gconstpointer b)
{
    const Word *x = a, *y = b;
    if (x->text[0] != y->text[0])
        return x->text[0] < y->text[0] ? -1 : 1;
    return (x->n < y->n) - (x->n > y->n);
}

static void add_word(GArray *index, const char *text, const char *key)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    Word word = { .open = g_str_has_suffix(composed, "*"), .key = key };
    if (word.open)
        composed[strlen(composed) - 1] = '\0';
    glong n;
    word.text = g_utf8_to_ucs4_fast(composed, -1, &n);
    for (glong i = 0; i < n; i++)
        if (!is_point(word.text[i]))
            word.text[word.n++] = words_fold(word.text[i]);
    if (word.n > 0)
        g_array_append_val(index, word);
    else
        word_clear(&word);
}

static void make_index(WordSet *set, gboolean keys_are_words)
{
    g_ptr_array_sort(set->lists, compare_lists);
    for (guint i = 0; i < set->lists->len; i++) {
        const List *list = set->lists->pdata[i];
        if (keys_are_words)
            add_word(set->index, list->key, list->key);
        for (char **word = list->words; *word; word++)
            add_word(set->index, *word, list->key);
    }
    g_array_sort(set->index, compare_words); /* stable: of the same length, the first by its key */
}

static gboolean is_language(const char *key)
{
    return g_regex_match_simple("^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", key, 0, 0);
}

/* Two agencies of one name: which would be meant? */
static gboolean check_agencies(const WordSet *set, const char *path, GError **error)
{
    for (guint i = 0; i + 1 < set->index->len; i++) {
        const Word *word = &g_array_index(set->index, Word, i), *other = word + 1;
        for (; other < (const Word *)(gpointer)set->index->data + set->index->len && other->n == word->n;
             other++)
            if (memcmp(other->text, word->text, word->n * sizeof *word->text) == 0 &&
                strcmp(other->key, word->key) != 0) {
                g_autofree char *name = g_ucs4_to_utf8(word->text, (glong)word->n, NULL, NULL, NULL);
                g_autofree char *where = file_show(path);
                return entries_fault(error,
                                     "%s: [agencies] '%s' is a name of both %s and %s; take it from one of "
                                     "them ('%s =' takes that one away)",
                                     where, name, word->key, other->key, word->key);
            }
    }
    return TRUE;
}

static gboolean read_kind(WordSet *set, WordKind kind, GPtrArray *entries, GError **error)
{
    g_autofree char *path = NULL;
    for (guint i = 0; i < entries->len;) {
        Entry *e = entries->pdata[i];
        gboolean ours = strcmp(e->group, kinds[kind].group) == 0;
        if (!ours || (kind != WORDS_AGENCY && !is_language(e->key))) {
            i++;
            continue;
        }
        List *list = g_new0(List, 1);
        list->key = g_strdup(e->key);
        list->words = key_split(e->value);
        g_ptr_array_add(set->lists, list);
        if (!*list->words)
            g_ptr_array_remove(set->lists, list);
        g_free(path);
        path = g_strdup(e->path);
        g_ptr_array_remove_index(entries, i);
    }
    make_index(set, kind == WORDS_AGENCY);
    return kind != WORDS_AGENCY || check_agencies(set, path, error);
}

gboolean words_read(Words *words, GPtrArray *entries, GError **error)
{
    for (WordKind kind = 0; kind < N_WORDS; kind++) {
        words->sets[kind].lists = g_ptr_array_new_with_free_func(list_free);
        words->sets[kind].index = g_array_new(FALSE, FALSE, sizeof(Word));
        g_array_set_clear_func(words->sets[kind].index, word_clear);
    }
    for (WordKind kind = 0; kind < N_WORDS; kind++)
        if (!read_kind(&words->sets[kind], kind, entries, error))
            return FALSE;
    return TRUE;
}

void words_show(GString *out, const Words *words, gboolean help)
{
    for (WordKind kind = 0; kind < N_WORDS; kind++) {
        const GPtrArray *lists = words->sets[kind].lists;
        if (lists->len == 0)
            continue;
        g_string_append_printf(out, "\n[%s]\n", kinds[kind].group);
        if (help)
            g_string_append_printf(out, "# %s: " LISTS "\n", kinds[kind].help);
        for (guint i = 0; i < lists->len; i++) {
            const List *list = lists->pdata[i];
            g_autofree char *value = g_strjoinv(";", list->words);
            entries_show(out, list->key, value);
        }
    }
}

gboolean words_is_group(const char *group)
{
    for (WordKind kind = 0; kind < N_WORDS; kind++)
        if (strcmp(kinds[kind].group, group) == 0)
            return TRUE;
    return FALSE;
}

char *words_groups(void)
{
    GString *names = g_string_new(NULL);
    for (WordKind kind = 0; kind < N_WORDS; kind++)
        g_string_append_printf(names, "%s%s", kind > 0 ? ", " : "", kinds[kind].group);
    return g_string_free(names, FALSE);
}

void words_clear(Words *words)
{
    for (WordKind kind = 0; kind < N_WORDS; kind++) {
        g_clear_pointer(&words->sets[kind].lists, g_ptr_array_unref);
        g_clear_pointer(&words->sets[kind].index, g_array_unref);
    }
}
