/* Whom to name for a photo: the choice among all places that may tell. Pure: no I/O, no state. */
#pragma once

#include <glib.h>

#include "photo/caption.h"
#include "preset/preset.h"

/* What one metadata record says of whom to name: creators and agency of one source. */
typedef struct {
    char *const *creators; /* dc:creator, IPTC 2:80; NULL-terminated, or NULL */
    const char *agency;    /* photoshop:Credit, IPTC 2:110; or NULL */
    char *const *cut;      /* those of these texts that their field's length may have cut; or NULL */
} CreditFields;

/* What the places say, in the order of their authority; NULL or "" is silence. */
typedef struct {
    const char *command_line;
    const char *sidecar;      /* captions.csv, column credit */
    const char *xmp_file;     /* name of the XMP sidecar, where there is one */
    CreditFields xmp_sidecar; /* what that says */
    CreditFields xmp, iptc;   /* embedded */
    gboolean iptc_is_newer;   /* and so goes before the embedded XMP */
    const Caption *caption;   /* the parsed caption, or NULL */
    const char *exif_artist, *xp_author;
} CreditSources;

/* What one place says. */
typedef struct {
    char *source;    /* "command line", "captions.csv", the name of the XMP sidecar, "xmp:dc:creator",
                        "xmp:photoshop:Credit", "iptc:2:80", "iptc:2:110", "caption", "exif:Artist",
                        "exif:XPAuthor";    of a record with creators and agency, the creators' field */
    char *text;      /* as it stands there */
    Caption names;   /* and as it is understood; its text is not used */
    gboolean chosen; /* this is the credit */
} CreditCandidate;

typedef struct {
    char **creators;    /* NULL-terminated, perhaps empty */
    char *agency;       /* or NULL */
    const char *source; /* of the candidate that was chosen; NULL where nothing was found */
    Confidence confidence;
    char **conflicts;      /* "SOURCE: NAMES" of each place that names somebody else; NULL-terminated */
    GPtrArray *candidates; /* CreditCandidate: each place that names somebody, in the order of authority */
} Credit;

/* The first place that speaks clearly wins as a whole: fields of different places are never mixed. A low
 * confidence never wins over silence elsewhere: it is kept, reported, and stamped on nothing. A name that was
 * cut, and is the head of a longer one elsewhere, is that longer one. */
void credit_resolve(Credit *credit, const CreditSources *sources, const Words *words);
void credit_clear(Credit *credit);

/* Whether these are people and agencies that the credit names, too. */
gboolean credit_names(const Credit *credit, const Caption *names);

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
