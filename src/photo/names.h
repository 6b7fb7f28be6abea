/* Who is named in a credit: "NAME, NAME/AGENCY", "AP Photo/NAME", "NAME via AGENCY", "courtesy of SOURCE".
 * One rule for captions, captions.csv and metadata. Pure. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

typedef struct {
    GPtrArray *creators; /* char*, owned */
    GPtrArray *agencies; /* char*, owned */
    gboolean known;      /* an agency of the preset's table is among them */
    gboolean source;     /* all there is was told by a courtesy phrase or a note of rights */
    gboolean joined;     /* a slash, bar or "via" stood between two of them */
    gboolean others;     /* the names of others are behind theirs, with what they did: "video: NAME" */
    gboolean prose;      /* there are sentences or colons in it, as there are in no credit */
    gboolean small;      /* a name is written as common words are: its script has capitals, it has not */
    gboolean barred;     /* a dash or bar stands in a name, or before one that no table has */
    gboolean told;       /* a dash or bar stands in front of what may be a sentence */
    gboolean doubted;    /* one of them is still to be checked */
    gboolean place;      /* one of the creators is a place */
    gboolean single;   /* behind a creator of several words is one of a single word: a place, or an outlet */
    gboolean labelled; /* a label with a colon stands behind a name */
    gboolean placed;   /* they stand behind where their pictures do: "left: NAME, right: NAME" */
    gboolean tail;     /* the last of several is one that no table has */
    gboolean particle; /* a name begins with a small letter: "von der Leyen", "a crowd" */
    guint longest;     /* words of the longest name that is not in the table */
} Names;

/* Reads from..to. What stands for nobody, says something of the photo or was written by a camera is left out;
 * "Handout" and the like are kept as the agency where nothing else is left. */
void names_read(Names *names, const Words *words, const Letters *letters, gsize from, gsize to);

/* Whether the last word of a name has an article in front, as in Hebrew and Arabic, "the scene of the crash",
 * and is no surname that begins so: "יוסי הלוי". */
gboolean names_have_article(const Words *words, const char *name);

void names_clear(Names *names);
