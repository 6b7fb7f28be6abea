/* A caption as a news desk writes it, "CAPTION. צילום: NAME", taken apart. Pure: no I/O, no state. */
#pragma once

#include <glib.h>

#include "preset/words.h"

typedef enum {
    CONFIDENCE_NONE, /* the text has no credit */
    CONFIDENCE_LOW,  /* something like one: reported, never stamped, the caption left whole */
    CONFIDENCE_HIGH,
} Confidence;

const char *confidence_name(Confidence confidence);

typedef struct {
    char *text;      /* the caption without its credit, on one line: bare or whole, as confidence has it */
    char *bare;      /* without even one of low confidence */
    char *whole;     /* with it */
    char **creators; /* NULL-terminated, perhaps empty */
    char *agency;    /* or NULL; several are joined by slashes */
    Confidence confidence;
} Caption;

/* Takes the credit off a caption. The words of the preset tell where one stands: behind "צילום:" or "Photo
 * by", "©" or "Courtesy of", or where an agency has its name, as "(AP Photo/NAME)". It must begin the text or
 * follow the end of a sentence, a line break, a dash, a bar or a bracket, and end the text, its line or its
 * bracket; behind a mere space it has a low confidence, and inside a sentence none. What it names must look
 * like names. A caption of a single sentence loses its closing full stop with the credit. Of a press agency's
 * text in two languages, parted by "*** Local Caption ***", the first is the caption.
 *
 * The text is valid UTF-8. Takes time in proportion to its length. */
void caption_parse(Caption *caption, const Words *words, const char *text);

/* Reads a text that is a credit as a whole, as the column of a table or a field of metadata has it: with or
 * without a label, "© 2026", "Photo by" in front. What a camera wrote is none; nor is an address, a path,
 * markup, or what is too long for one. Where it reads like a whole caption, the credit of that counts, if it
 * is clear. What says that it is still to be checked, has a place among its names, or a sentence behind a
 * dash, has a low confidence. */
void caption_parse_credit(Caption *caption, const Words *words, const char *text);

void caption_clear(Caption *caption);
