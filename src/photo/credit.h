/* Whom to name for a photo: the choice among all places that may tell. Pure: no I/O, no state. */
#pragma once

#include <glib.h>

#include "photo/caption.h"
#include "preset/preset.h"

/* What the places say, in the order of their authority; NULL or "" is silence. */
typedef struct {
    const char *command_line;
    const char *sidecar;    /* captions.csv, column credit */
    const Caption *caption; /* the parsed caption, or NULL */
    const char *exif_artist;
} CreditSources;

typedef struct {
    char **creators; /* NULL-terminated, perhaps empty */
    char *agency;    /* or NULL */
    const char
        *source; /* "command line", "captions.csv", "caption", "exif:Artist"; NULL where nothing was found */
    Confidence confidence;
    char **conflicts; /* "SOURCE: TEXT" of each place that names somebody else; NULL-terminated */
} Credit;

/* The first place that speaks clearly wins as a whole: fields of different places are never mixed. A low
 * confidence never wins over silence elsewhere: it is kept, reported, and stamped on nothing. */
void credit_resolve(Credit *credit, const CreditSources *sources);
void credit_clear(Credit *credit);

/* Creators and agency as one line: "NAME, NAME/AGENCY". With isolates, each name stands in Unicode bidi
 * isolates (UAX #9: FSI ... PDI), as text to be drawn needs it, and no character in a name can end its own.
 * Free with g_free(). */
char *credit_line(const Credit *credit, gboolean isolates);

/* The line with the label in front: "צילום: NAME". Free with g_free(). */
char *credit_labelled(const Credit *credit, const Preset *preset);

/* The preset's label for the language of the credit; "" for none. */
const char *credit_label(const Credit *credit, const Preset *preset);

/* The language of the credit: the preset's, or else by its script. */
const char *credit_language(const Credit *credit, const Preset *preset);
