#include "render/stamp.h"

#include <math.h>

#include "base/error.h"
#include "render/blend.h"
#include "render/contrast.h"
#include "render/fonts.h"
#include "render/logo.h"

#define OUTLINE 0.08 /* of the text height, on each side of a stroke */
#define FADE 0.4     /* of the text height: how far a scrim reaches beyond the box */
#define GAP 0.5      /* of the text height, between logo and text */

/* What is lost by encoding, so that few variants have to be encoded twice. */
#define RESERVE 1.15

struct Stamp {
    const StampStyle *style;
    gboolean rtl;
    Typeset *typeset; /* or NULL: the logo alone */
    Logo *logo;       /* or NULL */
};

struct Mark {
    double px;    /* text height */
    TextFit text; /* 0 x 0: none */
    guint logo_width, logo_height, gap, pad;
    guint width, height; /* of the frame */
    Box box, area;
    Mask *letters, *around; /* of the box: what is inked, and the same with its outline */
    Frame *before;          /* the area as it was */
    guint8 core;            /* coverage that the inside of letters has at least */
    double wanted;          /* contrast before encoding */
    Ink ink;
};

void stamp_prepare(const StampStyle *style)
{
    fonts_prepare(style);
}

char *stamp_identity(const StampStyle *style)
{
    g_autofree char *fonts = fonts_identity(style);
    g_autofree char *logo = *style->logo ? logo_identity(style->logo) : g_strdup("none");
    return g_strdup_printf("%s; logo %s; %s", typeset_version(), logo, fonts);
}

Stamp *stamp_new(const StampStyle *style, const StampText *text, GError **error)
{
    g_autoptr(Stamp) stamp = g_new0(Stamp, 1);
    stamp->style = style;
    stamp->rtl = text->rtl;
    if (*style->logo && !(stamp->logo = logo_new(style->logo, error)))
        return NULL;
    gboolean alone = stamp->logo && style->logo_place == LOGO_INSTEAD;
    if (!alone && !(stamp->typeset = typeset_new(style, text, error)))
        return NULL;
    return g_steal_pointer(&stamp);
}

void stamp_free(Stamp *stamp)
{
    if (!stamp)
        return;
    typeset_free(stamp->typeset);
    logo_free(stamp->logo);
    g_free(stamp);
}

void mark_free(Mark *mark)
{
    if (!mark)
        return;
    mask_free(mark->letters);
    mask_free(mark->around);
    frame_free(mark->before);
    g_free(mark);
}

/* ---- Size ---- */

/* The logo's size beside text of this height, or smaller where it would be wider than room. */
static void fit_logo(const Stamp *stamp, double px, double room, Mark *mark)
{
    double height = px * stamp->style->logo_size / 100, aspect = logo_aspect(stamp->logo);
    double width = MIN(height * aspect, room);
    mark->logo_width = MAX(1, (guint)lround(width));
    mark->logo_height = MAX(1, (guint)lround(width / aspect));
}

/* Sets the mark with text of this height, or smaller where it is too wide otherwise. */
static void fit_at(const Stamp *stamp, double px, Mark *mark)
{
    const StampStyle *style = stamp->style;
    mark->px = px;
    double outline = MAX(1, mark->px * OUTLINE);
    mark->pad = (guint)ceil(outline) + 1;
    double room = mark->width * style->max_width / 100 - 2 * mark->pad;
    if (stamp->logo)
        fit_logo(stamp, mark->px, stamp->typeset ? room / 2 : room, mark);
    if (stamp->logo && stamp->typeset)
        mark->gap = (guint)lround(mark->px * GAP);
    if (stamp->typeset)
        typeset_fit(stamp->typeset, mark->px, style->min_px, MAX(1, room - mark->logo_width - mark->gap),
                    &mark->text);
    mark->box.width = mark->logo_width + mark->gap + mark->text.width + 2 * mark->pad;
    mark->box.height = MAX(mark->logo_height, mark->text.height) + 2 * mark->pad;
}

Mark *stamp_fit(Stamp *stamp, guint width, guint height)
{
    const StampStyle *style = stamp->style;
    double px = CLAMP(round(width * style->size / 100), style->min_px, style->max_px);
    for (;; px = MAX(px - 1, style->min_px)) { /* a panorama is low for its width */
        g_autoptr(Mark) mark = g_new0(Mark, 1);
        mark->width = width;
        mark->height = height;
        mark->wanted = CONTRAST_ENOUGH * RESERVE;
        fit_at(stamp, px, mark);
        Box anywhere = mark->box;
        if (place_box(style, CORNER_BOTTOM_END, stamp->rtl, width, height, &anywhere))
            return g_steal_pointer(&mark);
        if (px <= style->min_px)
            return NULL;
    }
}

void stamp_weigh(const Stamp *stamp, const Mark *mark, const Frame *frame, Rect crop, const Rect *faces,
                 guint n_faces, PlaceCost cost[CORNERS])
{
    for (guint corner = 0; corner < CORNERS; corner++) {
        Box box = mark->box;
        place_box(stamp->style, (Corner)corner, stamp->rtl, mark->width, mark->height, &box);
        place_weigh(&cost[corner], frame, &box, crop, faces, n_faces);
    }
}

gboolean mark_is_cut(const Mark *mark)
{
    return mark->text.setting == SET_CUT;
}

Box mark_box(const Mark *mark)
{
    return mark->box;
}

Box mark_area(const Mark *mark)
{
    return mark->area;
}

/* ---- Drawing ---- */

/* The logo stands where reading begins. */
static gboolean draw_letters(Stamp *stamp, Mark *mark, gboolean right)
{
    guint inner = mark->box.height - 2 * mark->pad, pad = mark->pad;
    guint logo_x = stamp->rtl ? pad + mark->text.width + mark->gap : pad;
    guint text_x = stamp->rtl ? pad : pad + mark->logo_width + mark->gap;
    mark->letters = mask_new(mark->box.width, mark->box.height);
    gboolean ok = !stamp->typeset || typeset_draw(stamp->typeset, &mark->text, right, mark->letters, text_x,
                                                  pad + (inner - mark->text.height) / 2);
    ok = ok &&
         (!stamp->logo || logo_draw(stamp->logo, mark->letters, logo_x, pad + (inner - mark->logo_height) / 2,
                                    mark->logo_width, mark->logo_height));
    mark->around = mask_spread(mark->letters, MAX(1, mark->px * OUTLINE));
    mark->core = (guint8)(mask_most(mark->letters) * 7 / 8);
    return ok;
}

/* The box and what a scrim may reach around it, from chroma sample to chroma sample. */
static Box find_area(const Mark *mark)
{
    guint fade = (guint)ceil(mark->px * FADE);
    const Box *box = &mark->box;
    guint left = (box->x - MIN(fade, box->x)) & ~1U, top = (box->y - MIN(fade, box->y)) & ~1U;
    guint right = MIN(box->x + box->width + fade, mark->width);
    guint bottom = MIN(box->y + box->height + fade, mark->height);
    return (Box){ left, top, (right - left + 1) & ~1U, (bottom - top + 1) & ~1U };
}

/* A scrim is full in the whole box, and fades out beyond it. */
static void draw_scrim(const Mark *mark, Frame *frame, Writing writing)
{
    guint fade = (guint)ceil(mark->px * FADE), width = mark->box.width + 2 * fade;
    g_autoptr(Mask) pad = mask_pad(width, mark->box.height + 2 * fade, fade, writing.scrim);
    guint left = mark->box.x - MIN(fade, mark->box.x), top = mark->box.y - MIN(fade, mark->box.y);
    guint cut_x = fade - (mark->box.x - left), cut_y = fade - (mark->box.y - top);
    Mask inside = *pad;
    inside.data += cut_y * pad->stride + cut_x;
    inside.width = MIN(width - cut_x, mark->width - left);
    inside.height = MIN(pad->height - cut_y, mark->height - top);
    blend_mask(frame, &inside, left, top, writing.ink == INK_WHITE ? INK_BLACK : INK_WHITE);
}

/* The part of the box that neither letters nor their outline cover: what they are seen against. The frame
 * begins at (left, top) of the variant. */
static Patch background(const Mark *mark, const Frame *frame, guint left, guint top)
{
    return (Patch){ .frame = frame,
                    .x = mark->box.x - left,
                    .y = mark->box.y - top,
                    .width = mark->box.width,
                    .height = mark->box.height,
                    .mask = mark->around,
                    .from = 0,
                    .to = 0 };
}

static void draw(Mark *mark, Frame *frame)
{
    const Box *box = &mark->box;
    Patch behind = background(mark, frame, 0, 0);
    Writing writing = contrast_choose(&behind, mark->wanted);
    mark->ink = writing.ink;
    if (writing.scrim > 0)
        draw_scrim(mark, frame, writing);
    blend_mask(frame, mark->around, box->x, box->y, writing.ink == INK_WHITE ? INK_BLACK : INK_WHITE);
    blend_mask(frame, mark->letters, box->x, box->y, writing.ink);
}

gboolean stamp_draw(Stamp *stamp, Mark *mark, Frame *frame, Corner corner, GError **error)
{
    place_box(stamp->style, corner, stamp->rtl, mark->width, mark->height, &mark->box);
    mark->area = find_area(mark);
    if (!draw_letters(stamp, mark, place_is_right(corner, stamp->rtl)))
        return error_no_memory(error);
    mark->before = frame_cut(frame, mark->area.x, mark->area.y, mark->area.width, mark->area.height);
    draw(mark, frame);
    return TRUE;
}

/* ---- Contrast ---- */

double mark_contrast(const Mark *mark, const Frame *part)
{
    Patch behind = background(mark, part, mark->area.x, mark->area.y), letters = behind;
    letters.mask = mark->letters;
    letters.from = mark->core;
    letters.to = 255;
    return contrast_measure(&letters, &behind, mark->ink);
}

void mark_strengthen(Mark *mark, Frame *frame, double had)
{
    mark->wanted = MIN(mark->wanted * CONTRAST_SAFE / had * 1.05, 21);
    frame_paste(frame, mark->before, mark->area.x, mark->area.y);
    draw(mark, frame);
}
