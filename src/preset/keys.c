#include "preset/keys.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define FIELD(type, base, key) (*(type *)(void *)((char *)(base) + (key)->offset))

#define IN(field) G_STRUCT_OFFSET(Preset, field)
#define OF(field) G_STRUCT_OFFSET(Rendition, field)

static const char *const missing_choices[] = { "fail", "warn", "omit", NULL };
static const char *const damaged_choices[] = { "refuse", "tolerate", NULL };
static const char *const corner_choices[] = { "bottom-end", "bottom-start", "top-end",
                                              "top-start",  "auto",         NULL };
static const char *const placeholder_choices[] = { "none", "colour", "webp", NULL };
static const char *const logo_places[] = { "beside", "instead", NULL };

static const char *const charset_terms[] = {
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
    "windows-1255", "windows-1256", "windows-1257", "windows-1258", NULL
};

/* As of 2024-10-23, without the terms that are retired: minorHumanEdits, softwareImage, digitalArt. */
static const char *const source_type_terms[] = { "digitalCapture",
                                                 "computationalCapture",
                                                 "negativeFilm",
                                                 "positiveFilm",
                                                 "print",
                                                 "humanEdits",
                                                 "algorithmicallyEnhanced",
                                                 "digitalCreation",
                                                 "dataDrivenMedia",
                                                 "trainedAlgorithmicMedia",
                                                 "algorithmicMedia",
                                                 "screenCapture",
                                                 "virtualRecording",
                                                 "composite",
                                                 "compositeCapture",
                                                 "compositeSynthetic",
                                                 "compositeWithTrainedAlgorithmicMedia",
                                                 NULL };

const Key preset_keys[] = {
    { "preset", "title", KEY_TEXT, IN(title), 0, 0, NULL, TRUE, "one line that says what the preset is for" },
    { "preset", "language", KEY_TEXT, IN(language), 0, 0, NULL, TRUE,
      "language of a photo whose caption does not tell (BCP 47)" },

    { "limits", "megapixels", KEY_REAL, IN(limits.megapixels), 0.1, 1000, NULL, FALSE, "largest photo" },
    { "limits", "file-mib", KEY_INT, IN(limits.file_mib), 1, 4096, NULL, FALSE, "largest file, MiB" },
    { "limits", "cpu-seconds", KEY_INT, IN(limits.cpu_seconds), 1, 3600, NULL, FALSE,
      "processor time one photo may take" },
    { "limits", "wall-seconds", KEY_INT, IN(limits.wall_seconds), 1, 3600, NULL, FALSE,
      "time one photo may take by the clock" },
    { "limits", "memory-mib", KEY_INT, IN(limits.memory_mib), 2048, 65536, NULL, FALSE,
      "address space of the process that renders one photo, MiB" },
    { "limits", "resident-mib", KEY_INT, IN(limits.resident_mib), 128, 65536, NULL, FALSE,
      "memory that one photo may take, MiB" },
    { "limits", "bands", KEY_INT, IN(limits.bands), 1, 64, NULL, FALSE,
      "most channels of a photo; CMYK with alpha has 5" },
    { "limits", "pages", KEY_INT, IN(limits.pages), 1, 65535, NULL, FALSE,
      "pages or frames of a file; of one that has more, the first is published with a warning" },

    { "source", "damaged", KEY_CHOICE, IN(damaged), 0, 0, damaged_choices, FALSE,
      "a photo that can be decoded only with warnings" },
    { "source", "charset", KEY_TERM, IN(charset), 0, 0, charset_terms, TRUE,
      "of metadata's text that is not UTF-8; over a Latin one, Hebrew (windows-1255) is told by its "
      "letters" },

    { "credit", "missing-credit", KEY_CHOICE, IN(missing_credit), 0, 0, missing_choices, FALSE,
      "a photo without a credit: fails, is published unstamped with a warning, or without one" },

    { "credit", "language", KEY_TEXT, IN(credit_language), 0, 0, NULL, FALSE,
      "language of every credit's label and direction (BCP 47); nothing: as the credit's script tells", "" },

    { "stamp", "fonts", KEY_LIST, IN(stamp.fonts), 0, 0, NULL, TRUE,
      "font families, first choice first; a script that none of them has comes from its Noto font" },
    { "stamp", "font-file", KEY_FILE, IN(stamp.font_file), 0, 0, NULL, FALSE,
      "font that goes before the families", "" },
    { "stamp", "weight", KEY_INT, IN(stamp.weight), 100, 900, NULL, FALSE,
      "font weight; 400 regular, 700 bold" },
    { "stamp", "size", KEY_REAL, IN(stamp.size), 0.5, 20, NULL, FALSE,
      "text height, % of the variant's width" },
    { "stamp", "min-px", KEY_INT, IN(stamp.min_px), 6, 200, NULL, FALSE, "smallest text height, px" },
    { "stamp", "max-px", KEY_INT, IN(stamp.max_px), 6, 400, NULL, FALSE, "largest text height, px" },
    { "stamp", "max-width", KEY_REAL, IN(stamp.max_width), 10, 100, NULL, FALSE,
      "widest stamp, % of the variant's width" },
    { "stamp", "min-variant-width", KEY_INT, IN(stamp.min_variant_width), 1, 16383, NULL, FALSE,
      "narrower variants carry no stamp, px" },
    { "stamp", "margin", KEY_REAL, IN(stamp.margin), 0, 20, NULL, FALSE,
      "distance from the edges, % of the variant's width" },
    { "stamp", "corner", KEY_CHOICE, IN(stamp.corner), 0, 0, corner_choices, FALSE,
      "where; start and end follow the credit's direction; auto is the calmest corner, away from faces" },
    { "stamp", "logo", KEY_FILE, IN(stamp.logo), 0, 0, NULL, FALSE,
      "logo that is drawn in the credit's colour: a PNG or SVG", "" },
    { "stamp", "logo-place", KEY_CHOICE, IN(stamp.logo_place), 0, 0, logo_places, FALSE,
      "the logo stands beside the credit or instead of it", "beside" },
    { "stamp", "logo-size", KEY_REAL, IN(stamp.logo_size), 50, 1000, NULL, FALSE,
      "height of the logo, % of the text height", "160" },

    { "rights", "write", KEY_BOOL, IN(rights.write), 0, 0, NULL, FALSE,
      "write one XMP packet with the rights" },
    { "rights", "copyright", KEY_TEXT, IN(rights.copyright), 0, 0, NULL, FALSE, "copyright notice" },
    { "rights", "web-statement", KEY_TEXT, IN(rights.web_statement), 0, 0, NULL, FALSE,
      "address of the page that states the rights" },
    { "rights", "licensor-name", KEY_TEXT, IN(rights.licensor_name), 0, 0, NULL, FALSE,
      "who grants licences" },
    { "rights", "licensor-url", KEY_TEXT, IN(rights.licensor_url), 0, 0, NULL, FALSE,
      "address where a licence is to be had" },
    { "rights", "digital-source-type", KEY_TERM, IN(rights.digital_source_type), 0, 0, source_type_terms,
      FALSE, "how the photos came to be: a term of IPTC's Digital Source Type vocabulary, or its address" },

    { "page", "figure", KEY_TEXT, IN(page.figure), 0, 0, NULL, FALSE,
      "the rendition that figures show, or several with ; between them that are formats of one picture, the "
      "best first; nothing: the first one",
      "" },
    { "page", "sizes", KEY_TEXT, IN(page.sizes), 0, 0, NULL, TRUE,
      "how wide a figure is in the article's layout (sizes in HTML)", "100vw" },
    { "page", "social", KEY_TEXT, IN(page.social), 0, 0, NULL, FALSE,
      "renditions for link previews and search, the first choice first, with ; between them; nothing: what "
      "figures show",
      "" },
    { "page", "placeholder", KEY_CHOICE, IN(page.placeholder), 0, 0, placeholder_choices, FALSE,
      "what a figure shows until its picture is there: nothing, the colour of most of the photo, or the "
      "photo "
      "itself, tiny, as a data: address",
      "none" },
    { "page", "base-url", KEY_TEXT, IN(page.base_url), 0, 0, NULL, FALSE,
      "address of the output folder on the web, https://...; nothing: addresses are relative", "" },
};
const guint n_preset_keys = G_N_ELEMENTS(preset_keys);

static const char *const photos_choices[] = { "all", "lead", NULL };
static const char *const crop_choices[] = { "none", "centre", "attention", "entropy", "focus", NULL };
static const char *const format_choices[] = { "webp", "jpeg", NULL };

const Key rendition_keys[] = {
    { NULL, "widths", KEY_WIDTHS, OF(widths), 1, 16383, NULL, TRUE, "of the variants, px" },
    { NULL, "least-width", KEY_INT, OF(least_width), 0, 16383, NULL, FALSE,
      "a photo that is too small for one so wide is published with a warning, px; 0: with none", "0" },
    { NULL, "photos", KEY_CHOICE, OF(photos), 0, 0, photos_choices, FALSE,
      "which photos have it: all, or the one that stands for its gallery", "all" },
    { NULL, "aspect", KEY_ASPECT, OF(aspect), 0, 0, NULL, FALSE, "shape; photos of other shapes are cropped",
      "source" },
    { NULL, "crop", KEY_CHOICE, OF(crop), 0, 0, crop_choices, FALSE,
      "the part that is shown: all of it within the shape, the middle, what the eye goes to, what has the "
      "most "
      "detail, or about the focus of captions.csv, else faces, else what the eye goes to",
      "centre" },
    { NULL, "format", KEY_CHOICE, OF(format), 0, 0, format_choices, FALSE,
      "file format; JPEG has no transparency: what is clear becomes white", "webp" },
    { NULL, "quality", KEY_REAL, OF(quality), 0, 100, NULL, FALSE, "quality of the encoder", "78" },
    { NULL, "method", KEY_INT, OF(method), 0, 6, NULL, FALSE, "WebP effort: 0 fast, 6 small", "4" },
    { NULL, "max-kib", KEY_INT, OF(max_kib), 0, 65536, NULL, FALSE,
      "largest file, KiB: quality is lowered until it fits, to 40 at the least; 0: of any size", "0" },
    { NULL, "stamp", KEY_BOOL, OF(stamp), 0, 0, NULL, FALSE, "draw the credit on it", "true" },
};
const guint n_rendition_keys = G_N_ELEMENTS(rendition_keys);

static gboolean wrong(const Key *key, GError **error)
{
    g_autofree char *range = key_range(key);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE, "must be %s", range);
    return FALSE;
}

static gboolean parse_number(const Key *key, const char *text, double *number)
{
    char *end;
    *number = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number) && *number >= key->min && *number <= key->max &&
           (key->type == KEY_REAL || *number == floor(*number));
}

static int compare_widths(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    return (x > y) - (x < y);
}

char **key_split(const char *text)
{
    char **parts = g_strsplit(text, ";", -1);
    guint n = 0;
    for (guint i = 0; parts[i]; i++) {
        g_strstrip(parts[i]);
        if (*parts[i])
            parts[n++] = parts[i];
        else
            g_free(parts[i]);
    }
    parts[n] = NULL;
    return parts;
}

static gboolean parse_widths(const Key *key, const char *text, Widths *widths)
{
    g_auto(GStrv) parts = key_split(text);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; parts[i]; i++) {
        double number;
        if (!parse_number(key, parts[i], &number))
            return FALSE;
        guint width = (guint)number;
        g_array_append_val(found, width);
    }
    g_array_sort(found, compare_widths);
    for (guint i = 1; i < found->len; i++)
        if (g_array_index(found, guint, i) == g_array_index(found, guint, i - 1))
            return FALSE;
    if (found->len == 0)
        return FALSE;

    g_free(widths->widths);
    widths->n = found->len;
    widths->widths = (guint *)(gpointer)g_array_free(g_steal_pointer(&found), FALSE);
    return TRUE;
}

static gboolean parse_aspect(const char *text, double *aspect)
{
    *aspect = 0;
    if (strcmp(text, "source") == 0)
        return TRUE;

    g_auto(GStrv) sides = g_strsplit(text, ":", -1);
    if (g_strv_length(sides) != 2)
        return FALSE;
    guint64 w, h;
    if (!g_ascii_string_to_unsigned(sides[0], 10, 1, 10000, &w, NULL) ||
        !g_ascii_string_to_unsigned(sides[1], 10, 1, 10000, &h, NULL))
        return FALSE;
    *aspect = (double)w / (double)h;
    return *aspect >= 0.05 && *aspect <= 20;
}

/* A term may be written as its address. Keeps the term. */
static gboolean parse_term(const Key *key, const char *text, char **term)
{
    gboolean address = g_str_has_prefix(text, DIGITAL_SOURCE_TYPES);
    const char *bare = address ? text + strlen(DIGITAL_SOURCE_TYPES) : text;
    if ((*text || key->required) && !g_strv_contains(key->choices, bare))
        return FALSE;
    g_free(*term);
    *term = g_strdup(bare);
    return TRUE;
}

gboolean key_parse(const Key *key, const char *text, gpointer base, GError **error)
{
    double number;

    switch (key->type) {
    case KEY_TEXT:
    case KEY_FILE:
        if (key->required && !*text)
            return wrong(key, error);
        g_free(FIELD(char *, base, key));
        FIELD(char *, base, key) = g_strdup(text);
        return TRUE;
    case KEY_LIST:
        g_strfreev(FIELD(char **, base, key));
        FIELD(char **, base, key) = key_split(text);
        return *FIELD(char **, base, key) ? TRUE : wrong(key, error);
    case KEY_INT:
        if (!parse_number(key, text, &number))
            return wrong(key, error);
        FIELD(int, base, key) = (int)number;
        return TRUE;
    case KEY_REAL:
        if (!parse_number(key, text, &number))
            return wrong(key, error);
        FIELD(double, base, key) = number;
        return TRUE;
    case KEY_BOOL:
        if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            return wrong(key, error);
        FIELD(gboolean, base, key) = *text == 't';
        return TRUE;
    case KEY_CHOICE:
        for (int i = 0; key->choices[i]; i++)
            if (strcmp(text, key->choices[i]) == 0) {
                FIELD(int, base, key) = i;
                return TRUE;
            }
        return wrong(key, error);
    case KEY_TERM:
        return parse_term(key, text, &FIELD(char *, base, key)) ? TRUE : wrong(key, error);
    case KEY_WIDTHS:
        return parse_widths(key, text, &FIELD(Widths, base, key)) ? TRUE : wrong(key, error);
    case KEY_ASPECT:
        return parse_aspect(text, &FIELD(double, base, key)) ? TRUE : wrong(key, error);
    }
    g_assert_not_reached();
}

static char *format_real(double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.10g", number); /* as it was written, as a rule: 2.4 */
    if (g_ascii_strtod(text, NULL) != number)
        g_ascii_dtostr(text, sizeof text, number);
    return g_strdup(text);
}

static char *format_widths(const Widths *widths)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < widths->n; i++)
        g_string_append_printf(text, "%s%u", i ? ";" : "", widths->widths[i]);
    return g_string_free(text, FALSE);
}

/* The smallest whole numbers with this ratio: 1.5 -> "3:2". Every aspect that parse_aspect() takes has some.
 */
static char *format_aspect(double aspect)
{
    if (aspect == 0)
        return g_strdup("source");
    for (int h = 1; h <= 10000; h++) {
        double w = round(aspect * h);
        if (w / h == aspect)
            return g_strdup_printf("%d:%d", (int)w, h);
    }
    g_assert_not_reached();
}

char *key_format(const Key *key, gconstpointer base)
{
    switch (key->type) {
    case KEY_TEXT:
    case KEY_TERM:
    case KEY_FILE:
        return g_strdup(FIELD(char *const, base, key));
    case KEY_LIST:
        return g_strjoinv(";", FIELD(char **const, base, key));
    case KEY_INT:
        return g_strdup_printf("%d", FIELD(const int, base, key));
    case KEY_REAL:
        return format_real(FIELD(const double, base, key));
    case KEY_BOOL:
        return g_strdup(FIELD(const gboolean, base, key) ? "true" : "false");
    case KEY_CHOICE:
        return g_strdup(key->choices[FIELD(const int, base, key)]);
    case KEY_WIDTHS:
        return format_widths(&FIELD(const Widths, base, key));
    case KEY_ASPECT:
        return format_aspect(FIELD(const double, base, key));
    }
    g_assert_not_reached();
}

char *key_range(const Key *key)
{
    switch (key->type) {
    case KEY_TEXT:
        return g_strdup(key->required ? "some text" : "text, or nothing");
    case KEY_FILE:
        return g_strdup("the path of a file, seen from the preset's folder, or nothing");
    case KEY_LIST:
        return g_strdup("one or more names with ; between them");
    case KEY_INT:
        return g_strdup_printf("a whole number from %g to %g", key->min, key->max);
    case KEY_REAL:
        return g_strdup_printf("a number from %g to %g", key->min, key->max);
    case KEY_BOOL:
        return g_strdup("true or false");
    case KEY_CHOICE:
        return g_strjoinv(" | ", (char **)key->choices);
    case KEY_TERM: {
        g_autofree char *terms = g_strjoinv(" | ", (char **)key->choices);
        return g_strconcat(key->required ? "one of " : "nothing, or one of ", terms, NULL);
    }
    case KEY_WIDTHS:
        return g_strdup_printf("different whole numbers from %g to %g with ; between them", key->min,
                               key->max);
    case KEY_ASPECT:
        return g_strdup("source, or W:H from 1:20 to 20:1");
    }
    g_assert_not_reached();
}

void key_clear(const Key *key, gpointer base)
{
    if (key->type == KEY_TEXT || key->type == KEY_TERM || key->type == KEY_FILE)
        g_clear_pointer(&FIELD(char *, base, key), g_free);
    else if (key->type == KEY_LIST)
        g_clear_pointer(&FIELD(char **, base, key), g_strfreev);
    else if (key->type == KEY_WIDTHS)
        g_clear_pointer(&FIELD(Widths, base, key).widths, g_free);
}
