/* A caption as a news desk writes it, "CAPTION. צילום: NAME", taken apart. Pure: no I/O, no state. */
#pragma once

#include <glib.h>

typedef enum {
    CONFIDENCE_NONE, /* the text has no credit */
    CONFIDENCE_LOW,  /* something like one: reported, never stamped, the caption left whole */
    CONFIDENCE_HIGH,
} Confidence;

const char *confidence_name(Confidence confidence);

typedef struct {
    char *text;      /* the caption without its credit */
    char **creators; /* NULL-terminated, perhaps empty */
    char *agency;    /* or NULL */
    Confidence confidence;
} Caption;

/* Takes the credit off the end of a caption. A credit stands behind a label ("צילום:", "Photo:") that begins
 * the text or follows the end of a sentence, a line break, a dash, a bar or a bracket. A caption of a single
 * sentence loses its closing full stop with the credit. The text is valid UTF-8. */
void caption_parse(Caption *caption, const char *text);

/* Reads a text that is a credit as a whole, with or without a label: "צילום: NAME/AGENCY", "NAME, NAME". */
void caption_parse_credit(Caption *caption, const char *text);

void caption_clear(Caption *caption);
