#include "render/frame.h"

#include <stdlib.h>
#include <string.h>

static gsize align(gsize n)
{
    return (n + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
}

Frame *frame_new(guint width, guint height, guint sub_x, guint sub_y, gboolean alpha)
{
    Frame *frame = g_new0(Frame, 1);
    frame->width = width;
    frame->height = height;
    frame->sub_x = sub_x;
    frame->sub_y = sub_y;

    gsize size = 0;
    for (int p = 0; p < (alpha ? FRAME_PLANES : FRAME_ALPHA); p++) {
        Plane *plane = &frame->plane[p];
        gboolean chroma = p == FRAME_CB || p == FRAME_CR;
        plane->width = (width + sub_x - 1) / sub_x * (chroma ? 1 : sub_x);
        plane->height = (height + sub_y - 1) / sub_y * (chroma ? 1 : sub_y);
        plane->stride = align(plane->width);
        size += plane->stride * plane->height;
    }
    frame->memory = aligned_alloc(FRAME_ALIGN, size);
    if (!frame->memory)
        g_error("out of memory for a frame of %u x %u", width, height);

    guint8 *next = frame->memory;
    for (int p = 0; p < (alpha ? FRAME_PLANES : FRAME_ALPHA); p++) {
        frame->plane[p].data = next;
        next += frame->plane[p].stride * frame->plane[p].height;
    }
    return frame;
}

void frame_free(Frame *frame)
{
    if (frame)
        free(frame->memory);
    g_free(frame);
}

/* ---- Orientation ----
 *
 * Each orientation is a walk through the source: from which corner it begins, and whether the upright
 * picture's rows lie along the source's rows or columns. Going by tiles keeps both sides in the cache. */

enum { TILE = 32 };

typedef struct {
    gboolean flip_x, flip_y; /* begin at the source's right, bottom edge */
    gboolean swap;           /* rows become columns */
} Turn;

static const Turn turns[] = {
    [2] = { TRUE, FALSE, FALSE }, [3] = { TRUE, TRUE, FALSE }, [4] = { FALSE, TRUE, FALSE },
    [5] = { FALSE, FALSE, TRUE }, [6] = { FALSE, TRUE, TRUE }, [7] = { TRUE, TRUE, TRUE },
    [8] = { TRUE, FALSE, TRUE },
};

static void orient_plane(const Plane *from, const Plane *to, const Turn *turn)
{
    gssize step_x = turn->flip_x ? -1 : 1;
    gssize step_y = turn->flip_y ? -(gssize)from->stride : (gssize)from->stride;
    const guint8 *start = from->data + (turn->flip_x ? from->width - 1 : 0) +
                          (turn->flip_y ? (from->height - 1) * from->stride : 0);
    gssize along_row = turn->swap ? step_y : step_x, along_column = turn->swap ? step_x : step_y;

    for (guint ty = 0; ty < to->height; ty += TILE)
        for (guint tx = 0; tx < to->width; tx += TILE) {
            guint end_y = MIN(ty + TILE, to->height), end_x = MIN(tx + TILE, to->width);
            for (guint y = ty; y < end_y; y++) {
                const guint8 *in = start + (gssize)y * along_column + (gssize)tx * along_row;
                guint8 *out = to->data + y * to->stride + tx;
                for (guint x = 0; x < end_x - tx; x++)
                    out[x] = in[(gssize)x * along_row];
            }
        }
}

Frame *frame_orient(Frame *frame, guint orientation)
{
    if (orientation < 2 || orientation > 8)
        return frame;

    const Turn *turn = &turns[orientation];
    const Plane *luma = &frame->plane[FRAME_Y];
    double left = turn->flip_x ? luma->width - frame->left - frame->width : frame->left;
    double top = turn->flip_y ? luma->height - frame->top - frame->height : frame->top;
    gboolean alpha = frame->plane[FRAME_ALPHA].data != NULL;
    Frame *upright = turn->swap ? frame_new(luma->height, luma->width, frame->sub_y, frame->sub_x, alpha)
                                : frame_new(luma->width, luma->height, frame->sub_x, frame->sub_y, alpha);
    upright->left = turn->swap ? top : left;
    upright->top = turn->swap ? left : top;
    upright->width = turn->swap ? frame->height : frame->width;
    upright->height = turn->swap ? frame->width : frame->height;
    upright->limited = frame->limited;
    upright->premultiplied = frame->premultiplied;
    for (int p = 0; p < FRAME_PLANES; p++)
        if (frame->plane[p].data)
            orient_plane(&frame->plane[p], &upright->plane[p], turn);
    frame_free(frame);
    return upright;
}

/* ---- Parts ---- */

static void copy_plane(const Plane *from, guint from_x, guint from_y, const Plane *to, guint to_x, guint to_y,
                       guint width, guint height)
{
    for (guint y = 0; y < height; y++)
        memcpy(to->data + (to_y + y) * to->stride + to_x, from->data + (from_y + y) * from->stride + from_x,
               width);
}

Frame *frame_cut(const Frame *frame, guint x, guint y, guint width, guint height)
{
    Frame *part = frame_new(width, height, 2, 2, frame->plane[FRAME_ALPHA].data != NULL);
    part->limited = frame->limited;
    part->premultiplied = frame->premultiplied;
    for (int p = 0; p < FRAME_PLANES; p++) {
        guint sub = p == FRAME_CB || p == FRAME_CR ? 2 : 1;
        const Plane *to = &part->plane[p];
        if (to->data)
            copy_plane(&frame->plane[p], x / sub, y / sub, to, 0, 0, to->width, to->height);
    }
    return part;
}

void frame_paste(Frame *frame, const Frame *part, guint x, guint y)
{
    for (int p = 0; p < FRAME_PLANES; p++) {
        guint sub = p == FRAME_CB || p == FRAME_CR ? 2 : 1;
        const Plane *from = &part->plane[p];
        if (from->data)
            copy_plane(from, 0, 0, &frame->plane[p], x / sub, y / sub, from->width, from->height);
    }
}

/* ---- Alpha ---- */

static guint8 divide(int value, int zero, int alpha)
{
    if (alpha == 0)
        return (guint8)zero;
    int weighted = (value - zero) * 255;
    int whole = zero + (weighted + (weighted < 0 ? -alpha : alpha) / 2) / alpha;
    return (guint8)CLAMP(whole, 0, 255);
}

void frame_unpremultiply(Frame *frame)
{
    const Plane *alpha = &frame->plane[FRAME_ALPHA];
    if (!frame->premultiplied || !alpha->data)
        return;

    int zero[] = { frame->limited ? 16 : 0, 128, 128 };
    for (int p = FRAME_Y; p <= FRAME_CR; p++) {
        Plane *plane = &frame->plane[p];
        guint step_x = p == FRAME_Y ? 1 : frame->sub_x, step_y = p == FRAME_Y ? 1 : frame->sub_y;
        for (guint y = 0; y < plane->height; y++)
            for (guint x = 0; x < plane->width; x++) {
                guint ax = MIN(x * step_x, alpha->width - 1), ay = MIN(y * step_y, alpha->height - 1);
                guint8 *sample = &plane->data[y * plane->stride + x];
                *sample = divide(*sample, zero[p], alpha->data[ay * alpha->stride + ax]);
            }
    }
    frame->premultiplied = FALSE;
}

void frame_flatten(Frame *frame)
{
    Plane *alpha = &frame->plane[FRAME_ALPHA];
    if (!alpha->data)
        return;

    /* white's chroma is neutral: only luma is lighter where the picture is clear */
    const Plane *luma = &frame->plane[FRAME_Y];
    int range = frame->limited ? 219 : 255;
    for (guint y = 0; y < luma->height; y++) {
        guint8 *out = luma->data + y * luma->stride;
        const guint8 *opaque = alpha->data + y * alpha->stride;
        for (guint x = 0; x < luma->width; x++)
            out[x] = (guint8)MIN(255, out[x] + ((255 - opaque[x]) * range + 127) / 255);
    }
    alpha->data = NULL; /* its memory goes with the frame's */
    frame->premultiplied = FALSE;
}
