#include "render/stamp.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "render/blend.h"

#define LINES 2
#define DESIGN_PX 64 /* the text height of the layout: every other is this one, scaled */
#define OUTLINE 0.09 /* of the text height, on each side of a stroke */
#define LARGEST_FONT_FILE (256 << 20)

struct Stamp {
    const StampStyle *style;
    gboolean rtl;
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLayout *layout;
};

/* ---- Fonts ---- */

void stamp_init(void)
{
    if (!FcInit())
        g_error("Fontconfig does not start");
}

static FcPattern *match_family(const char *family, int weight)
{
    FcPattern *wanted = FcPatternCreate();
    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(wanted, FC_WEIGHT, FcWeightFromOpenType(weight));
    FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result;
    FcPattern *found = FcFontMatch(NULL, wanted, &result);
    FcPatternDestroy(wanted);
    return found;
}

char *stamp_identity(const StampStyle *style)
{
    stamp_init();
    GString *identity = g_string_new(NULL);
    g_string_append_printf(identity, "pango %s cairo %s fontconfig %d", pango_version_string(),
                           cairo_version_string(), FcGetVersion());
    for (char **family = style->fonts; *family; family++) {
        FcPattern *font = match_family(*family, style->weight);
        FcChar8 *path = NULL;
        if (font && FcPatternGetString(font, FC_FILE, 0, &path) == FcResultMatch) {
            g_autoptr(GBytes) bytes = file_read((const char *)path, LARGEST_FONT_FILE, NULL, NULL, NULL);
            g_autofree char *digest =
                bytes ? digest_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
            g_string_append_printf(identity, "; %s %s", *family, digest ? digest : "unreadable");
        }
        if (font)
            FcPatternDestroy(font);
    }
    return g_string_free(identity, FALSE);
}

/* ---- Layout ---- */

static void set_font(PangoLayout *layout, const StampStyle *style)
{
    PangoFontDescription *font = pango_font_description_new();
    g_autofree char *families = g_strjoinv(",", style->fonts);
    pango_font_description_set_family(font, families);
    pango_font_description_set_weight(font, (PangoWeight)style->weight);
    pango_font_description_set_absolute_size(font, DESIGN_PX * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/* The first character that no font has, or 0. */
static gunichar find_missing(PangoLayout *layout)
{
    gunichar missing = 0;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoGlyphItem *run = pango_layout_iter_get_run_readonly(at);
        for (int i = 0; run && i < run->glyphs->num_glyphs && !missing; i++)
            if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
                missing = run->glyphs->glyphs[i].glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
    } while (!missing && pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    return missing;
}

/* Glyphs go where their outlines say, not where a pixel grid would pull them: each size is a true picture of
 * the one design, and the same on every machine. */
static PangoContext *make_context(PangoFontMap *fonts, const StampText *text)
{
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(text->language));
    pango_context_set_base_dir(context, text->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    return context;
}

Stamp *stamp_new(const StampStyle *style, const StampText *text, GError **error)
{
    g_autoptr(Stamp) stamp = g_new0(Stamp, 1);
    stamp->style = style;
    stamp->rtl = text->rtl;
    stamp->fonts = pango_cairo_font_map_new();
    stamp->context = make_context(stamp->fonts, text);
    stamp->layout = pango_layout_new(stamp->context);
    pango_layout_set_auto_dir(stamp->layout, FALSE);
    pango_layout_set_wrap(stamp->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(stamp->layout, text->text, -1);
    set_font(stamp->layout, style);

    gunichar missing = find_missing(stamp->layout);
    if (missing) {
        char character[7] = "";
        character[g_unichar_to_utf8(missing, character)] = '\0';
        error_failed(
            error,
            "no installed font has the credit's character %s (U+%04X); install a font for its script, "
            "such as Debian's fonts-noto-core",
            g_unichar_isprint(missing) ? character : "", missing);
        return NULL;
    }
    return g_steal_pointer(&stamp);
}

void stamp_free(Stamp *stamp)
{
    if (!stamp)
        return;
    g_clear_object(&stamp->layout);
    g_clear_object(&stamp->context);
    g_clear_object(&stamp->fonts);
    g_free(stamp);
}

/* Sets the layout for a variant's width and gives the text height: as large as the style says; smaller where
 * it would take more than two lines; cut with an ellipsis where even the smallest does. */
static double fit(Stamp *stamp, double width)
{
    const StampStyle *style = stamp->style;
    pango_layout_set_height(stamp->layout, -1);
    pango_layout_set_ellipsize(stamp->layout, PANGO_ELLIPSIZE_NONE);

    double px = CLAMP(round(width * style->size / 100), style->min_px, style->max_px);
    for (;; px = MAX(px - 1, style->min_px)) {
        double room = width * style->max_width / 100 * DESIGN_PX / px;
        pango_layout_set_width(stamp->layout, (int)(room * PANGO_SCALE));
        if (pango_layout_get_line_count(stamp->layout) <= LINES)
            return px;
        if (px <= style->min_px)
            break;
    }
    pango_layout_set_height(stamp->layout, -LINES);
    pango_layout_set_ellipsize(stamp->layout, PANGO_ELLIPSIZE_END);
    return px;
}

/* ---- Drawing ---- */

/* The layout's coverage at a scale, with stroke > 0 (px) that of its outline. left and top bring the ink into
 * the mask. */
static cairo_surface_t *draw_mask(PangoLayout *layout, double scale, int width, int height, double left,
                                  double top, double stroke)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST);
    cairo_translate(cairo, left, top);
    cairo_scale(cairo, scale, scale);
    pango_cairo_layout_path(cairo, layout);
    if (stroke > 0) {
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cairo, stroke * 2 / scale);
        cairo_stroke_preserve(cairo);
    }
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

/* Whole pixels around the layout's ink at a scale. */
static PangoRectangle find_ink(PangoLayout *layout, double scale)
{
    PangoRectangle ink;
    pango_layout_get_extents(layout, &ink, NULL);
    scale /= PANGO_SCALE;
    int left = (int)floor(ink.x * scale), top = (int)floor(ink.y * scale);
    return (PangoRectangle){ left, top, (int)ceil((ink.x + ink.width) * scale) - left,
                             (int)ceil((ink.y + ink.height) * scale) - top };
}

static Mask as_mask(cairo_surface_t *surface)
{
    return (Mask){ cairo_image_surface_get_data(surface), (gsize)cairo_image_surface_get_stride(surface),
                   (guint)cairo_image_surface_get_width(surface),
                   (guint)cairo_image_surface_get_height(surface) };
}

gboolean stamp_draw(Stamp *stamp, Frame *frame)
{
    const StampStyle *style = stamp->style;
    int width = (int)frame->width, height = (int)frame->height;
    if (width < style->min_variant_width)
        return FALSE;

    Corner corner = (Corner)style->corner;
    gboolean end = corner == CORNER_BOTTOM_END || corner == CORNER_TOP_END;
    gboolean right = end != stamp->rtl;
    pango_layout_set_alignment(stamp->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    double px = fit(stamp, width);

    double scale = px / DESIGN_PX;
    PangoRectangle ink = find_ink(stamp->layout, scale);
    double outline = MAX(1, px * OUTLINE);
    int pad = (int)ceil(outline) + 1;
    int box_width = ink.width + 2 * pad, box_height = ink.height + 2 * pad;
    int margin = MAX(2, (int)lround(width * style->margin / 100) - pad);
    if (box_width + 2 * margin > width || box_height + 2 * margin > height)
        return FALSE;

    gboolean bottom = corner == CORNER_BOTTOM_END || corner == CORNER_BOTTOM_START;
    guint x = (guint)(right ? width - margin - box_width : margin);
    guint y = (guint)(bottom ? height - margin - box_height : margin);
    double left = pad - ink.x, top = pad - ink.y;
    cairo_surface_t *around = draw_mask(stamp->layout, scale, box_width, box_height, left, top, outline);
    cairo_surface_t *letters = draw_mask(stamp->layout, scale, box_width, box_height, left, top, 0);
    gboolean ok = cairo_surface_status(around) == CAIRO_STATUS_SUCCESS &&
                  cairo_surface_status(letters) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        Mask dark = as_mask(around), light = as_mask(letters);
        blend_mask(frame, &dark, x, y, INK_BLACK);
        blend_mask(frame, &light, x, y, INK_WHITE);
    }
    cairo_surface_destroy(around);
    cairo_surface_destroy(letters);
    return ok;
}
