#include "render/fonts.h"

#include <fontconfig/fontconfig.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"

struct Fonts {
    FcConfig *config;
    GString *families;
};

/* ---- Which font has which script ---- */

typedef struct {
    GUnicodeScript script;
    const char *family;
    const char *package; /* Debian's, that the family is in */
} ScriptFont;

#define CORE "fonts-noto-core"
#define CJK "fonts-noto-cjk"

static const ScriptFont script_fonts[] = {
    { G_UNICODE_SCRIPT_LATIN, "Noto Sans", CORE },
    { G_UNICODE_SCRIPT_GREEK, "Noto Sans", CORE },
    { G_UNICODE_SCRIPT_CYRILLIC, "Noto Sans", CORE },
    { G_UNICODE_SCRIPT_HEBREW, "Noto Sans Hebrew", CORE },
    { G_UNICODE_SCRIPT_ARABIC, "Noto Sans Arabic", CORE },
    { G_UNICODE_SCRIPT_SYRIAC, "Noto Sans Syriac", CORE },
    { G_UNICODE_SCRIPT_THAANA, "Noto Sans Thaana", CORE },
    { G_UNICODE_SCRIPT_NKO, "Noto Sans NKo", CORE },
    { G_UNICODE_SCRIPT_ADLAM, "Noto Sans Adlam", CORE },
    { G_UNICODE_SCRIPT_SAMARITAN, "Noto Sans Samaritan", CORE },
    { G_UNICODE_SCRIPT_ARMENIAN, "Noto Sans Armenian", CORE },
    { G_UNICODE_SCRIPT_GEORGIAN, "Noto Sans Georgian", CORE },
    { G_UNICODE_SCRIPT_ETHIOPIC, "Noto Sans Ethiopic", CORE },
    { G_UNICODE_SCRIPT_COPTIC, "Noto Sans Coptic", CORE },
    { G_UNICODE_SCRIPT_DEVANAGARI, "Noto Sans Devanagari", CORE },
    { G_UNICODE_SCRIPT_BENGALI, "Noto Sans Bengali", CORE },
    { G_UNICODE_SCRIPT_GURMUKHI, "Noto Sans Gurmukhi", CORE },
    { G_UNICODE_SCRIPT_GUJARATI, "Noto Sans Gujarati", CORE },
    { G_UNICODE_SCRIPT_ORIYA, "Noto Sans Oriya", CORE },
    { G_UNICODE_SCRIPT_TAMIL, "Noto Sans Tamil", CORE },
    { G_UNICODE_SCRIPT_TELUGU, "Noto Sans Telugu", CORE },
    { G_UNICODE_SCRIPT_KANNADA, "Noto Sans Kannada", CORE },
    { G_UNICODE_SCRIPT_MALAYALAM, "Noto Sans Malayalam", CORE },
    { G_UNICODE_SCRIPT_SINHALA, "Noto Sans Sinhala", CORE },
    { G_UNICODE_SCRIPT_THAI, "Noto Sans Thai", CORE },
    { G_UNICODE_SCRIPT_LAO, "Noto Sans Lao", CORE },
    { G_UNICODE_SCRIPT_KHMER, "Noto Sans Khmer", CORE },
    { G_UNICODE_SCRIPT_MYANMAR, "Noto Sans Myanmar", CORE },
    { G_UNICODE_SCRIPT_TIBETAN, "Noto Serif Tibetan", CORE },
    { G_UNICODE_SCRIPT_MONGOLIAN, "Noto Sans Mongolian", CORE },
    { G_UNICODE_SCRIPT_CHEROKEE, "Noto Sans Cherokee", CORE },
    { G_UNICODE_SCRIPT_CANADIAN_ABORIGINAL, "Noto Sans Canadian Aboriginal", CORE },
    { G_UNICODE_SCRIPT_TIFINAGH, "Noto Sans Tifinagh", CORE },
    { G_UNICODE_SCRIPT_VAI, "Noto Sans Vai", CORE },
    { G_UNICODE_SCRIPT_OL_CHIKI, "Noto Sans Ol Chiki", CORE },
    { G_UNICODE_SCRIPT_MEETEI_MAYEK, "Noto Sans Meetei Mayek", CORE },
    { G_UNICODE_SCRIPT_YI, "Noto Sans Yi", CORE },
    { G_UNICODE_SCRIPT_HAN, "Noto Sans CJK SC", CJK },
    { G_UNICODE_SCRIPT_BOPOMOFO, "Noto Sans CJK TC", CJK },
    { G_UNICODE_SCRIPT_HIRAGANA, "Noto Sans CJK JP", CJK },
    { G_UNICODE_SCRIPT_KATAKANA, "Noto Sans CJK JP", CJK },
    { G_UNICODE_SCRIPT_HANGUL, "Noto Sans CJK KR", CJK },
    { G_UNICODE_SCRIPT_COMMON, "Noto Sans Symbols", CORE },
    { G_UNICODE_SCRIPT_COMMON, "Noto Sans Symbols2", CORE },
};

gboolean fonts_fail_missing(gunichar missing, GError **error)
{
    char character[7] = "";
    character[g_unichar_to_utf8(missing, character)] = '\0';
    const char *package = NULL;
    GUnicodeScript script = g_unichar_get_script(missing);
    for (gsize i = 0; i < G_N_ELEMENTS(script_fonts) && script != G_UNICODE_SCRIPT_COMMON; i++)
        if (script_fonts[i].script == script)
            package = script_fonts[i].package;
    gboolean shown = g_unichar_isgraph(missing) && g_unichar_type(missing) != G_UNICODE_PRIVATE_USE;
    g_autofree char *install =
        package ? g_strdup_printf("install Debian's %s, or ", package) : g_strdup("leave it out, or ");
    return error_set(error, PHOTODESK_ERROR_LETTERS,
                     "no font of the stamp has the credit's character %s (U+%04X); %sgive a font that has "
                     "it in the preset keys stamp/fonts or stamp/font-file",
                     shown ? character : "", missing, install);
}

/* ---- Files ---- */

static void start(void)
{
    if (!FcInit())
        g_error("Fontconfig does not start");
}

static gboolean has_family(FcPattern *font, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (g_ascii_strcasecmp((const char *)name, family) == 0)
            return TRUE;
    return FALSE;
}

/* Whether its glyphs are outlines without colours of their own. */
static gboolean is_drawable(FcPattern *font)
{
    FcBool outline = FcFalse, colour = FcFalse;
    FcPatternGetBool(font, FC_OUTLINE, 0, &outline);
    FcPatternGetBool(font, FC_COLOR, 0, &colour);
    return outline && !colour;
}

/* The installed font of this very family that comes nearest to the weight, or NULL. */
static FcPattern *find_installed(const char *family, int weight)
{
    FcFontSet *installed = FcConfigGetFonts(NULL, FcSetSystem), *faces = FcFontSetCreate();
    for (int i = 0; installed && i < installed->nfont; i++)
        if (has_family(installed->fonts[i], family) && is_drawable(installed->fonts[i])) {
            FcPatternReference(installed->fonts[i]);
            FcFontSetAdd(faces, installed->fonts[i]);
        }
    FcPattern *wanted = FcPatternCreate();
    FcPatternAddInteger(wanted, FC_WEIGHT, FcWeightFromOpenType(weight));
    FcPatternAddInteger(wanted, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
    FcResult result;
    FcPattern *found = faces->nfont > 0 ? FcFontSetMatch(NULL, &faces, 1, wanted, &result) : NULL;
    FcPatternDestroy(wanted);
    FcFontSetDestroy(faces);
    return found;
}

static const char *path_of(FcPattern *font)
{
    FcChar8 *path = NULL;
    FcPatternGetString(font, FC_FILE, 0, &path);
    return (const char *)path;
}

/* ---- Identity ---- */

static void append_digest(GString *identity, const char *name, const char *path)
{
    g_autofree char *digest = digest_file(path);
    g_string_append_printf(identity, "; %s %s", name, digest ? digest : "unreadable");
}

char *fonts_identity(const StampStyle *style)
{
    start();
    GString *identity = g_string_new(NULL);
    g_string_append_printf(identity, "fontconfig %d", FcGetVersion());
    if (*style->font_file)
        append_digest(identity, "file", style->font_file);
    for (char **family = style->fonts; *family; family++) {
        FcPattern *font = find_installed(*family, style->weight);
        if (font)
            append_digest(identity, *family, path_of(font));
        if (font)
            FcPatternDestroy(font);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(script_fonts); i++) { /* many, and seldom used: by their versions */
        FcPattern *font = find_installed(script_fonts[i].family, style->weight);
        int version = 0;
        if (font && FcPatternGetInteger(font, FC_FONTVERSION, 0, &version) == FcResultMatch)
            g_string_append_printf(identity, "; %s %d", path_of(font), version);
        if (font)
            FcPatternDestroy(font);
    }
    return g_string_free(identity, FALSE);
}

/* ---- Choosing ---- */

static void add_family(Fonts *fonts, const char *family)
{
    g_string_append_printf(fonts->families, "%s%s", fonts->families->len ? "," : "", family);
}

static gboolean has_chosen(const Fonts *fonts, const char *family)
{
    const FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    for (int i = 0; set && i < set->nfont; i++)
        if (has_family(set->fonts[i], family))
            return TRUE;
    return FALSE;
}

static gboolean add_file(Fonts *fonts, const char *path, GError **error)
{
    const FcFontSet *set = NULL;
    FcChar8 *family = NULL;
    gboolean ok = FcConfigAppFontAddFile(fonts->config, (const FcChar8 *)path) &&
                  (set = FcConfigGetFonts(fonts->config, FcSetApplication)) && set->nfont > 0 &&
                  is_drawable(set->fonts[0]) &&
                  FcPatternGetString(set->fonts[0], FC_FAMILY, 0, &family) == FcResultMatch;
    if (!ok) {
        g_autofree char *shown = file_show(path);
        return error_set(error, PHOTODESK_ERROR_SETUP,
                         "%s (preset key stamp/font-file) is no font of outlines; name a .ttf or "
                         ".otf file",
                         shown);
    }
    add_family(fonts, (const char *)family);
    return TRUE;
}

static gboolean add_installed(Fonts *fonts, const char *family, int weight)
{
    if (has_chosen(fonts, family))
        return FALSE;
    FcPattern *font = find_installed(family, weight);
    if (!font)
        return FALSE;
    gboolean ok = FcConfigAppFontAddFile(fonts->config, (const FcChar8 *)path_of(font));
    if (ok)
        add_family(fonts, family);
    FcPatternDestroy(font);
    return ok;
}

static gboolean has_character(const Fonts *fonts, gunichar c)
{
    const FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    for (int i = 0; set && i < set->nfont; i++) {
        FcCharSet *characters;
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch &&
            FcCharSetHasChar(characters, c))
            return TRUE;
    }
    return FALSE;
}

/* Whether a character needs no glyph: isolates, joiners, variation selectors. */
static gboolean is_unseen(gunichar c)
{
    return g_unichar_type(c) == G_UNICODE_FORMAT || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef);
}

static gboolean find_character(Fonts *fonts, gunichar c, int weight, GError **error)
{
    GUnicodeScript script = g_unichar_get_script(c);
    for (gsize i = 0; i < G_N_ELEMENTS(script_fonts) && !has_character(fonts, c); i++)
        if (script_fonts[i].script == script)
            add_installed(fonts, script_fonts[i].family, weight);
    return has_character(fonts, c) || fonts_fail_missing(c, error);
}

static Fonts *fonts_new(void)
{
    Fonts *fonts = g_new0(Fonts, 1);
    fonts->families = g_string_new(NULL);
    fonts->config = FcConfigCreate();
    return fonts;
}

static void add_families(Fonts *fonts, const StampStyle *style)
{
    for (char **family = style->fonts; *family; family++)
        add_installed(fonts, *family, style->weight);
}

/* What fonts_prepare() has made ready, and for which families and weight. */
static struct {
    char *wanted;
    Fonts *fonts;
} prepared;

static char *describe(const StampStyle *style)
{
    g_autofree char *families = g_strjoinv(";", style->fonts);
    return g_strdup_printf("%d;%s", style->weight, families);
}

void fonts_prepare(const StampStyle *style)
{
    start();
    g_autofree char *wanted = describe(style);
    if (*style->font_file || (prepared.fonts && g_str_equal(wanted, prepared.wanted)))
        return;
    g_clear_pointer(&prepared.fonts, fonts_free);
    g_free(prepared.wanted);
    prepared.wanted = g_steal_pointer(&wanted);
    prepared.fonts = fonts_new();
    add_families(prepared.fonts, style);
}

/* For one photo: fonts of other scripts may be added to it. */
static Fonts *take_prepared(const StampStyle *style)
{
    g_autofree char *wanted = describe(style);
    gboolean same = !*style->font_file && g_strcmp0(wanted, prepared.wanted) == 0;
    return same ? g_steal_pointer(&prepared.fonts) : NULL;
}

Fonts *fonts_choose(const StampStyle *style, const char *text, GError **error)
{
    g_autoptr(Fonts) fonts = take_prepared(style);
    if (!fonts) {
        fonts = fonts_new();
        if (*style->font_file && !add_file(fonts, style->font_file, error))
            return NULL;
        add_families(fonts, style);
    }
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!is_unseen(c) && !find_character(fonts, c, style->weight, error))
            return NULL;
    }
    return g_steal_pointer(&fonts);
}

void fonts_free(Fonts *fonts)
{
    if (!fonts)
        return;
    FcConfigDestroy(fonts->config);
    g_string_free(fonts->families, TRUE);
    g_free(fonts);
}

const char *fonts_families(const Fonts *fonts)
{
    return fonts->families->str;
}

FcConfig *fonts_config(const Fonts *fonts)
{
    return fonts->config;
}
