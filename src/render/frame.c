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
