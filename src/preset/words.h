/* The words by which a credit is known in a text: labels, courtesy phrases, agencies and the like.
 *
 * Each kind is a group of the preset with one list of words for each language, as "en = Photo;Photos"; the
 * agencies have one list for each agency, under the name that it is to have. A preset that extends another
 * one adds lists to it or puts its own in their place; an empty list takes one away.
 *
 * A word may be a phrase. Letter case makes no difference, nor which of the quotation marks, apostrophes and
 * hyphens are used, nor the points of Hebrew and the vowel signs and stretching of Arabic. One that ends in *
 * stands for all texts that begin so.
 */
#pragma once

#include <glib.h>

typedef enum {
    WORDS_LABEL,     /* "Photo", with a colon behind it */
    WORDS_SUBJECT,   /* "Image": a label that may also head a caption, "Image: the hall" */
    WORDS_BARE,      /* "Photo": a label that stands before a name without its colon, too */
    WORDS_BY,        /* "Photo by" */
    WORDS_COPYRIGHT, /* "©", perhaps with a year */
    WORDS_COURTESY,  /* "Courtesy of": a source follows, not a photographer */
    WORDS_VIA,       /* "via": an agency follows */
    WORDS_FRONT,     /* "By": dropped in front of a text that is a credit as a whole */
    WORDS_QUALIFIER, /* "archive": says something of the photo, and is dropped */
    WORDS_PLACE,     /* "left": where the picture of a credit that follows stands */
    WORDS_TOWN,      /* "Tel Aviv": where the picture was taken, dropped behind a name */
    WORDS_SITE,      /* "Square": what the name of a place begins with, and a person's does not */
    WORDS_DATE,      /* "May": makes a date of the number beside it, which is dropped */
    WORDS_NAMESAKE,  /* "May": such a word that is a name, too */
    WORDS_RIGHTS,    /* a note of a right to use it, in the place of a name */
    WORDS_BODY,      /* "Ministry": a name with this word in it is no person's */
    WORDS_NOBODY,    /* "Handout": stands for somebody without a name */
    WORDS_TITLE,     /* "Dr.", "studio": has a name with it */
    WORDS_DEVICE,    /* what cameras and programs write into the field for a name */
    WORDS_DOUBT,     /* "to be checked": says that the name beside it is not certain */
    WORDS_PHRASE,    /* "in the": makes a label behind it a part of its sentence */
    WORDS_AGENCY,    /* the names of agencies */
    N_WORDS,
} WordKind;

typedef struct {
    GPtrArray *lists; /* as written, by key */
    GArray *index;    /* every word, folded, in the order in which they are looked for */
} WordSet;

typedef struct {
    WordSet sets[N_WORDS];
} Words;

/* The character by which all that count as the same are compared. */
gunichar words_fold(gunichar c);

/* Whether the character may stand inside a word: a letter, a digit or a mark upon one. */
gboolean words_inside(gunichar c);

/* The length of the longest word of this kind that the n folded characters at text begin with, up to a word's
 * end; 0 where there is none. key (may be NULL) gets the key of its list: an agency's name. */
gsize words_match(const Words *words, WordKind kind, const gunichar *text, gsize n, const char **key);

/* Takes the lists out of a preset's entries (see preset/entries.h). */
gboolean words_read(Words *words, GPtrArray *entries, GError **error);

/* Appends the groups as a key file has them; with help, each has its meaning in a comment. */
void words_show(GString *out, const Words *words, gboolean help);

/* Whether this is the name of such a group, and all such names, with commas between. Free with g_free(). */
gboolean words_is_group(const char *group);
char *words_groups(void);

void words_clear(Words *words);
