/* A text as an array of characters, beside the same folded for comparing: what captions and credits are read
 * from. Positions are indexes; "n" is one past the end. */
#pragma once

#include <glib.h>

#include "preset/words.h"

typedef struct {
    gunichar *text;   /* as it is */
    gunichar *folded; /* by words_fold(), of the same length */
    gunichar *mark;   /* of direction, in front of each, and at n of the end; 0: none */
    gsize n;
} Letters;

/* Decodes the text (see entities_decode()) and cleans it (see script_clean()), line by line; lines are kept,
 * and empty ones dropped. Its marks of direction are kept apart: nothing is the less found for them. Two
 * apostrophes in a row become a double quotation mark, between Hebrew letters or around words. */
void letters_init(Letters *letters, const char *text);
void letters_clear(Letters *letters);

/* Takes from..to out. What stood around it stays apart by a blank, where no stop or comma follows. */
void letters_cut(Letters *letters, gsize from, gsize to);

/* The part from..to, without white space at its ends. Free with g_free(). */
char *letters_part(const Letters *letters, gsize from, gsize to);

/* The same with its marks of direction, but for one in front of all. */
char *letters_marked(const Letters *letters, gsize from, gsize to);

/* Where the longest word of this kind that stands at i ends, or i where none does. */
gsize letters_word(const Letters *letters, const Words *words, WordKind kind, gsize i, gsize to);

/* Whether from..to is a word of this kind and nothing else. key (may be NULL) gets its list's key. */
gboolean letters_are(const Letters *letters, const Words *words, WordKind kind, gsize from, gsize to,
                     const char **key);

/* Whether a word of this kind stands anywhere in from..to. */
gboolean letters_have(const Letters *letters, const Words *words, WordKind kind, gsize from, gsize to);

/* Behind the blanks at i. */
gsize letters_skip(const Letters *letters, gsize i, gsize to);

/* Whether a word may begin at i. */
gboolean letters_word_start(const Letters *letters, gsize i);

/* Whether the character at i ends a sentence: not the stop of an initial ("J. Cohen") or a title ("Dr. X"),
 * or one inside a number or name. */
gboolean letters_end_sentence(const Letters *letters, gsize i);

/* Whether the character at i is a dash or bullet that stands apart: " – ". */
gboolean letters_bar(const Letters *letters, gsize i);
