/* A preset: what to make of every photo, read from a key file into one immutable, validated struct.
 *
 * The file is a key file (Desktop Entry syntax) named NAME.preset. It is read strictly: an unknown group or
 * key, a value out of its range and a missing key are errors that name file, group, key and the allowed
 * values. A preset may extend another one; its own keys then stand over that one's.
 *
 * Found, in this order, in ./presets, in photodesk/presets of the user's config folder, in
 * ../share/photodesk/presets as the program's own folder sees it, and in photodesk/presets of the system's
 * data folders (XDG Base Directory).
 */
#pragma once

#include <glib.h>

#include "preset/words.h"

typedef struct {
    guint *widths; /* px, ascending, no two the same */
    guint n;
} Widths;

typedef enum { IMAGE_WEBP, IMAGE_JPEG } ImageFormat;

typedef enum { PHOTOS_ALL, PHOTOS_LEAD } RenditionPhotos; /* lead: the one that stands for its gallery */

/* Which part of a photo a rendition of another shape shows. */
typedef enum {
    CROP_NONE,      /* all of it: it fits into the shape */
    CROP_CENTRE,    /* the largest of the shape, in the middle */
    CROP_ATTENTION, /* or about what the eye goes to */
    CROP_ENTROPY,   /* or with the most detail */
    CROP_FOCUS,     /* or about what captions.csv says, else faces, else what the eye goes to */
} CropMode;

typedef struct {
    char *name;      /* letters, digits, hyphen; part of file names */
    int photos;      /* a RenditionPhotos: which have it */
    Widths widths;   /* of the variants, 1 to 16383 each */
    int least_width; /* px: where a photo is too small for one so wide, that is told */
    double aspect;   /* width / height; 0 keeps the photo's own shape */
    int crop;        /* a CropMode */
    int format;      /* an ImageFormat */
    double quality;  /* of the encoder, 0 to 100 */
    int method;      /* WebP effort, 0 (fast) to 6 (small) */
    int max_kib;     /* of a file, for which quality is lowered; 0: no bound */
    gboolean stamp;  /* the credit is drawn on it */
} Rendition;

typedef enum {
    CORNER_BOTTOM_END,
    CORNER_BOTTOM_START,
    CORNER_TOP_END,
    CORNER_TOP_START,
    CORNERS,
    CORNER_AUTO = CORNERS, /* the calmest of the four, away from faces */
} Corner; /* start and end follow the credit's direction: bottom-end of a Hebrew credit is at the left */

typedef enum { LOGO_BESIDE, LOGO_INSTEAD } LogoPlace; /* of the text */

typedef struct {
    char **fonts;          /* families, first choice first; a script that one lacks comes from a later one */
    char *font_file;       /* path of a font that goes before them; "" for none */
    int weight;            /* 100 to 900; 400 is regular, 700 bold */
    double size;           /* text height, % of the variant's width */
    int min_px, max_px;    /* bounds of the text height, px */
    double max_width;      /* of the stamp, % of the variant's width */
    int min_variant_width; /* px: no stamp on narrower variants */
    double margin;         /* from the edges, % of the variant's width */
    int corner;            /* a Corner */
    char *logo;            /* path of a PNG or SVG; "" for none */
    int logo_place;        /* a LogoPlace */
    double logo_size;      /* its height, % of the text height */
} StampStyle;

/* Where IPTC's Digital Source Type vocabulary stands: with a term behind it, the address of that term. */
#define DIGITAL_SOURCE_TYPES "http://cv.iptc.org/newscodes/digitalsourcetype/"

typedef struct {
    gboolean write; /* put one XMP packet with the fields below and the credit into each variant */
    char *copyright;
    char *web_statement;
    char *licensor_name, *licensor_url;
    char *digital_source_type; /* a term of IPTC's Digital Source Type vocabulary */
} Rights;                      /* an empty field is not written */

/* What a figure shows until its picture is there. */
typedef enum {
    PLACEHOLDER_NONE,
    PLACEHOLDER_COLOUR, /* of most of the photo */
    PLACEHOLDER_WEBP,   /* the photo itself, tiny, in the page */
} PlaceholderKind;

typedef struct {
    char *figure;    /* renditions with ; between them: formats of one picture; "" is the first rendition */
    char *sizes;     /* the width of a figure in the article's layout: HTML's sizes attribute */
    char *social;    /* renditions for link previews and search, with ; between them; "" for none */
    int placeholder; /* a PlaceholderKind */
    char *base_url;  /* of the output folder on the web; "" where it is not known */
} PageStyle;

typedef struct {
    double megapixels;
    int file_mib;
    int cpu_seconds, wall_seconds; /* for one photo */
    int memory_mib;                /* address space of one child */
    int resident_mib;              /* memory of one child */
    int bands, pages;              /* of a source: channels; pictures in one file */
} Limits;

typedef enum { MISSING_FAIL, MISSING_WARN, MISSING_OMIT } MissingCredit;
typedef enum { DAMAGED_REFUSE, DAMAGED_TOLERATE } Damaged;

typedef struct {
    char *name;     /* "article" */
    char *path;     /* the file it was read from */
    char **files;   /* that one and those whose values it has inherited: NULL-terminated */
    char *title;    /* one line for people */
    char *language; /* of a caption whose script does not tell: BCP 47 */
    Limits limits;
    StampStyle stamp;
    Rights rights;
    PageStyle page;
    int damaged;           /* a Damaged: what to do with a photo that decodes with warnings */
    char *charset;         /* of metadata's text that is not UTF-8: a name that iconv knows */
    int missing_credit;    /* a MissingCredit */
    char *credit_language; /* of every credit's label and direction: BCP 47; "": by the credit's script */
    GHashTable *labels;    /* language -> credit label: "he" -> "צילום:" */
    Words words;           /* by which a credit is known in a text */
    Rendition *renditions;
    guint n_renditions;
    char *digest; /* of every value above but name, title and paths: two presets that make the same have the
                     same. What lies at the paths of [stamp] is stamp_identity()'s */
    char *look;   /* likewise of those values that a variant's pixels and placeholder hang from, and not only
                     the   text that is stamped or what pages say */
} Preset;

/* Loads a preset by name, or by path where name contains a slash or ends in ".preset".
 * Errors are PHOTODESK_ERROR_USAGE. Free with preset_free(). */
Preset *preset_load(const char *name, GError **error);

/* All presets that can be found by name, sorted, a later folder's hidden by an earlier one's: NULL-terminated
 * paths. */
char **preset_list(void);

/* The whole preset, what it inherits included, as a key file that loads to the same preset.
 * With help, each key has its meaning and range in a comment. Free with g_free(). */
char *preset_show(const Preset *preset, gboolean help);

void preset_free(Preset *preset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Preset, preset_free)

/* Whether a photo, its gallery's lead or not, has a rendition; and whether that lies about the photo's focus.
 */
gboolean rendition_is_for(const Rendition *rendition, gboolean lead);
gboolean rendition_has_focus(const Rendition *rendition);

/* The rendition of this name, or NULL. */
const Rendition *preset_rendition(const Preset *preset, const char *name);

/* Whether a gallery's lead has renditions that its other photos have not. */
gboolean preset_has_lead(const Preset *preset);

/* The label that stands before a credit in this language, or NULL. */
const char *preset_label(const Preset *preset, const char *language);
