/* Where in a caption a credit may stand: what begins one, what is in front of it, how far it goes. */
#pragma once

#include <glib.h>

#include "photo/letters.h"

#define LONGEST_CREDIT 160 /* characters; more is a sentence */

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
    CREDIT_SLASH,     /* "Photo/ NAME" */
    CREDIT_DASH,      /* "Photo - NAME" */
    CREDIT_PLAIN,     /* "Photo NAME" */
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

/* Whether a credit may begin at i: tells what and where. FALSE where nothing does, or it is too long for one.
 */
gboolean spot_at(Spot *spot, const Letters *letters, const Words *words, gsize i);

/* Whether a label with a colon and something behind it, at *behind, stands at i, be it where no credit is
 * read; not one that may head a caption. */
gboolean spot_is_label(const Letters *letters, const Words *words, gsize i, gsize *behind);

/* The end of a text, which may be a credit without any word for it, "NAME/AP": its last bracket, or what is
 * behind its last sentence, line, dash or bar. FALSE where there is none, or where it has such a word. */
gboolean spot_at_end(Spot *spot, const Letters *letters, const Words *words);

/* Whether a word in front of i makes a phrase with the label there: "tax credit:". */
gboolean spot_in_phrase(const Letters *letters, const Words *words, gsize i);

/* Whether the sentence, line or part in front of the spot is at its end, a bracket aside. */
gboolean spot_behind_stop(const Letters *letters, const Spot *spot);

/* Whether the character opens a bracket. */
gboolean spot_is_open(gunichar c);
