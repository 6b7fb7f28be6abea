#include "render/typeset.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "render/fonts.h"

#define LINES 2
#define DESIGN_PX 64 /* the text height of the layout: every other is this one, scaled */
#define PDI "\u2069"

/* A text with its line break where it stands, and the width of its widest line at DESIGN_PX. */
typedef struct {
    char *text; /* or NULL */
    double width;
} Lines;

struct Typeset {
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLayout *layout;
    cairo_font_options_t *options; /* of drawing */
    Lines line[2], broken[2];      /* with the label, without it */
};

const char *typeset_version(void)
{
    static char identity[96];
    if (!*identity)
        g_snprintf(identity, sizeof identity, "pango %s cairo %s harfbuzz %s", pango_version_string(),
                   cairo_version_string(), hb_version_string());
    return identity;
}

/* ---- Setting up ---- */

static void set_font(PangoLayout *layout, const char *families, int weight)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, families);
    pango_font_description_set_weight(font, (PangoWeight)weight);
    pango_font_description_set_absolute_size(font, DESIGN_PX * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/* Glyphs stand where their outlines say: each size is a true picture of the one design, and the same on every
 * machine. */
static PangoContext *make_context(PangoFontMap *fonts, const StampText *text)
{
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
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

/* Letters are fitted to the pixel grid from above and below, where strokes are thin, but never sideways. */
static cairo_font_options_t *drawing_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    return options;
}

/* The first character that got no glyph, or 0. */
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

static double measure(PangoLayout *layout, const char *text)
{
    PangoRectangle lines;
    pango_layout_set_text(layout, text, -1);
    pango_layout_get_extents(layout, NULL, &lines);
    return (double)lines.width / PANGO_SCALE;
}

/* The text in two lines that part between names, as evenly as may be: behind a comma or a slash. */
static Lines break_between_names(PangoLayout *layout, const char *text)
{
    Lines best = { NULL, 0 };
    for (const char *end = strstr(text, PDI); end; end = strstr(end, PDI)) {
        end += strlen(PDI);
        if (*end != ',' && *end != '/')
            continue;
        const char *next = end + 1 + strspn(end + 1, " ");
        g_autofree char *broken = g_strdup_printf("%.*s\n%s", (int)(end + 1 - text), text, next);
        double width = measure(layout, broken);
        if (!best.text || width < best.width) {
            g_free(best.text);
            best = (Lines){ g_steal_pointer(&broken), width };
        }
    }
    return best;
}

Typeset *typeset_new(const StampStyle *style, const StampText *text, GError **error)
{
    g_autofree char *whole = g_strconcat(text->label, *text->label ? " " : "", text->names, NULL);
    g_autofree char *all = g_strconcat(whole, "\u2026", NULL); /* an ellipsis may be needed */
    g_autoptr(Fonts) fonts = fonts_choose(style, all, error);
    if (!fonts)
        return NULL;

    g_autoptr(Typeset) typeset = g_new0(Typeset, 1);
    typeset->fonts = pango_cairo_font_map_new();
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(typeset->fonts), fonts_config(fonts));
    typeset->context = make_context(typeset->fonts, text);
    typeset->layout = pango_layout_new(typeset->context);
    typeset->options = drawing_options();
    pango_layout_set_auto_dir(typeset->layout, FALSE);
    PangoAttrList *attributes =
        pango_attr_list_new(); /* a hyphen within an address would make another of it */
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(typeset->layout, attributes);
    pango_attr_list_unref(attributes);
    set_font(typeset->layout, fonts_families(fonts), style->weight);

    const char *texts[] = { whole, text->names };
    for (int bare = 0; bare < 2; bare++) {
        typeset->line[bare] = (Lines){ g_strdup(texts[bare]), measure(typeset->layout, texts[bare]) };
        gunichar missing = find_missing(typeset->layout);
        if (missing) {
            fonts_fail_missing(missing, error);
            return NULL;
        }
        typeset->broken[bare] = break_between_names(typeset->layout, texts[bare]);
    }
    return g_steal_pointer(&typeset);
}

void typeset_free(Typeset *typeset)
{
    if (!typeset)
        return;
    for (int bare = 0; bare < 2; bare++) {
        g_free(typeset->line[bare].text);
        g_free(typeset->broken[bare].text);
    }
    g_clear_pointer(&typeset->options, cairo_font_options_destroy);
    g_clear_object(&typeset->layout);
    g_clear_object(&typeset->context);
    g_clear_object(&typeset->fonts);
    g_free(typeset);
}

/* ---- Fitting ---- */

/* Makes the layout that of the fit. */
static void apply(Typeset *typeset, const TextFit *fit)
{
    gboolean bounded = fit->setting == SET_WRAPPED || fit->setting == SET_CUT, cut = fit->setting == SET_CUT;
    const Lines *lines = fit->setting == SET_BROKEN ? typeset->broken : typeset->line;
    PangoLayout *layout = typeset->layout;
    pango_layout_set_text(layout, lines[fit->bare].text, -1);
    pango_layout_set_width(layout, bounded ? (int)(fit->room * DESIGN_PX / fit->px * PANGO_SCALE) : -1);
    pango_layout_set_wrap(layout,
                          cut ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD); /* an address may be one word */
    pango_layout_set_height(layout, cut ? -LINES : -1);
    pango_layout_set_ellipsize(layout, cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
}

/* Whether the text has room when its words are wrapped: no word is broken for it. */
static gboolean wraps(Typeset *typeset, const TextFit *fit)
{
    PangoRectangle lines;
    apply(typeset, fit);
    pango_layout_get_extents(typeset->layout, NULL, &lines);
    return pango_layout_get_line_count(typeset->layout) <= LINES &&
           lines.width <= pango_layout_get_width(typeset->layout);
}

static gboolean try_size(Typeset *typeset, TextFit *fit)
{
    double room = fit->room * DESIGN_PX / fit->px;
    const Lines *broken = &typeset->broken[fit->bare];
    fit->setting = SET_LINE;
    if (typeset->line[fit->bare].width <= room)
        return TRUE;
    fit->setting = SET_BROKEN;
    if (broken->text && broken->width <= room)
        return TRUE;
    fit->setting = SET_WRAPPED;
    return wraps(typeset, fit);
}

/* Whole pixels around the ink of the layout, its lines flush right or left. */
static PangoRectangle find_ink(PangoLayout *layout, gboolean right, double scale)
{
    PangoRectangle ink;
    pango_layout_set_alignment(layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_get_extents(layout, &ink, NULL);
    scale /= PANGO_SCALE;
    int left = (int)floor(ink.x * scale), top = (int)floor(ink.y * scale);
    return (PangoRectangle){ left, top, (int)ceil((ink.x + ink.width) * scale) - left,
                             (int)ceil((ink.y + ink.height) * scale) - top };
}

void typeset_fit(Typeset *typeset, double px, double min_px, double room, TextFit *fit)
{
    *fit = (TextFit){ .room = room };
    gboolean fits = FALSE;
    for (int bare = 0; bare < 2 && !fits; bare++) {
        fit->bare = bare;
        for (fit->px = px; !(fits = try_size(typeset, fit)) && fit->px > min_px;)
            fit->px = MAX(fit->px - 1, min_px);
    }
    if (!fits)
        fit->setting = SET_CUT;
    apply(typeset, fit);
    for (int right = 0; right < 2; right++) { /* lines whose ends are not ink lie otherwise then */
        PangoRectangle ink = find_ink(typeset->layout, right, fit->px / DESIGN_PX);
        fit->width = MAX(fit->width, (guint)ink.width);
        fit->height = MAX(fit->height, (guint)ink.height);
    }
}

/* ---- Drawing ---- */

/* The outlines of a run at its true size, which the layout has only in its design's. */
static void add_run(cairo_t *cairo, const PangoGlyphItem *run, double x, double y, double scale)
{
    cairo_scaled_font_t *font = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run->item->analysis.font));
    g_autofree cairo_glyph_t *glyphs = g_new(cairo_glyph_t, run->glyphs->num_glyphs);
    cairo_matrix_t size;
    int n = 0, at = 0;
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *glyph = &run->glyphs->glyphs[i];
        if (glyph->glyph != PANGO_GLYPH_EMPTY)
            glyphs[n++] = (cairo_glyph_t){ glyph->glyph, x + (at + glyph->geometry.x_offset) * scale,
                                           y + glyph->geometry.y_offset * scale };
        at += glyph->geometry.width;
    }
    cairo_scaled_font_get_font_matrix(font, &size);
    cairo_matrix_scale(&size, scale * PANGO_SCALE, scale * PANGO_SCALE);
    cairo_set_font_face(cairo, cairo_scaled_font_get_font_face(font));
    cairo_set_font_matrix(cairo, &size);
    cairo_glyph_path(cairo, glyphs, n);
}

/* All runs, their lines on whole pixels. (x, y) is where the layout's left top is. */
static void add_layout(cairo_t *cairo, PangoLayout *layout, double x, double y, double scale)
{
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoGlyphItem *run = pango_layout_iter_get_run_readonly(at);
        PangoRectangle extents;
        if (!run)
            continue;
        pango_layout_iter_get_run_extents(at, NULL, &extents);
        add_run(cairo, run, x + extents.x * scale, round(y + pango_layout_iter_get_baseline(at) * scale),
                scale);
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
}

gboolean typeset_draw(Typeset *typeset, const TextFit *fit, gboolean right, Mask *mask, guint x, guint y)
{
    PangoLayout *layout = typeset->layout;
    apply(typeset, fit);
    PangoRectangle ink = find_ink(layout, right, fit->px / DESIGN_PX);
    int left = (int)x + (right ? (int)fit->width - ink.width : 0);

    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        mask->data, CAIRO_FORMAT_A8, (int)mask->width, (int)mask->height, (int)mask->stride);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST);
    cairo_set_font_options(cairo, typeset->options);
    add_layout(cairo, layout, left - ink.x, (int)y - ink.y, fit->px / DESIGN_PX / PANGO_SCALE);
    cairo_fill(cairo);
    gboolean ok = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return ok;
}

/* ---- Order ---- */

/* The characters of a cluster that begins at this byte and ends where the next one does. */
static void add_cluster(GString *order, const char *text, const PangoGlyphItem *run, int cluster)
{
    const PangoItem *item = run->item;
    int end = item->length;
    for (int i = 0; i < run->glyphs->num_glyphs; i++)
        if (run->glyphs->log_clusters[i] > cluster)
            end = MIN(end, run->glyphs->log_clusters[i]);
    for (const char *p = text + item->offset + cluster; p < text + item->offset + end;
         p = g_utf8_next_char(p))
        if (g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_FORMAT)
            g_string_append_unichar(order, g_utf8_get_char(p));
}

char *typeset_order(Typeset *typeset, const TextFit *fit)
{
    apply(typeset, fit);
    const char *text = pango_layout_get_text(typeset->layout);
    GString *order = g_string_new(NULL);
    PangoLayoutIter *at = pango_layout_get_iter(typeset->layout);
    do {
        PangoGlyphItem *run = pango_layout_iter_get_run_readonly(at);
        int before = -1;
        for (int i = 0; run && i < run->glyphs->num_glyphs; i++) {
            int cluster = run->glyphs->log_clusters[i];
            if (cluster != before)
                add_cluster(order, text, run, cluster);
            before = cluster;
        }
        if (!run && !pango_layout_iter_at_last_line(at)) /* a line ends */
            g_string_append_c(order, '\n');
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    return g_string_free(order, FALSE);
}
