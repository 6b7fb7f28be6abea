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

#define FAINT 64 /* alpha below which a sample of chroma tells its colour badly */

static guint8 divide(int value, int zero, int alpha)
{
    if (alpha == 0)
        return (guint8)zero;
    int weighted = (value - zero) * 255;
    int whole = zero + (weighted + (weighted < 0 ? -alpha : alpha) / 2) / alpha;
    return (guint8)CLAMP(whole, 0, 255);
}

/* For each sample of chroma the mean of the luma samples' alpha that it covers. */
static guint8 *mean_alpha(const Frame *frame)
{
    const Plane *alpha = &frame->plane[FRAME_ALPHA], *chroma = &frame->plane[FRAME_CB];
    guint n = frame->sub_x * frame->sub_y;
    guint8 *mean = g_malloc((gsize)chroma->width * chroma->height);
    for (guint y = 0; y < chroma->height; y++)
        for (guint x = 0; x < chroma->width; x++) {
            guint sum = n / 2;
            for (guint i = 0; i < n; i++)
                sum += alpha->data[(y * frame->sub_y + i / frame->sub_x) * alpha->stride + x * frame->sub_x +
                                   i % frame->sub_x];
            mean[(gsize)y * chroma->width + x] = (guint8)(sum / n);
        }
    return mean;
}

/* The mean of the samples around one that are opaque enough, by their alpha; or that one. */
static guint8 spread(const Plane *plane, const guint8 *opaque, guint x, guint y)
{
    guint sum = 0, n = 0;
    for (guint ny = MAX(y, 1) - 1; ny <= MIN(y + 1, plane->height - 1); ny++)
        for (guint nx = MAX(x, 1) - 1; nx <= MIN(x + 1, plane->width - 1); nx++) {
            guint weight = opaque[(gsize)ny * plane->width + nx];
            if (weight < FAINT)
                continue;
            sum += weight * plane->data[ny * plane->stride + nx];
            n += weight;
        }
    return n ? (guint8)((sum + n / 2) / n) : plane->data[y * plane->stride + x];
}

/* At an edge of what is clear, little is left of a faint sample's colour, and decoders interpolate between
 * samples: so it takes that of the samples beside it. */
static void unpremultiply_chroma(const Plane *plane, const guint8 *opaque)
{
    for (guint y = 0; y < plane->height; y++)
        for (guint x = 0; x < plane->width; x++) {
            guint8 *sample = &plane->data[y * plane->stride + x];
            *sample = divide(*sample, 128, opaque[(gsize)y * plane->width + x]);
        }
    for (guint y = 0; y < plane->height; y++)
        for (guint x = 0; x < plane->width; x++)
            if (opaque[(gsize)y * plane->width + x] < FAINT)
                plane->data[y * plane->stride + x] = spread(plane, opaque, x, y);
}

void frame_unpremultiply(Frame *frame)
{
    const Plane *alpha = &frame->plane[FRAME_ALPHA], *luma = &frame->plane[FRAME_Y];
    if (!frame->premultiplied || !alpha->data)
        return;

    for (guint y = 0; y < luma->height; y++) {
        guint8 *sample = luma->data + y * luma->stride;
        for (guint x = 0; x < luma->width; x++)
            sample[x] = divide(sample[x], frame->limited ? 16 : 0, alpha->data[y * alpha->stride + x]);
    }
    g_autofree guint8 *opaque = mean_alpha(frame);
    unpremultiply_chroma(&frame->plane[FRAME_CB], opaque);
    unpremultiply_chroma(&frame->plane[FRAME_CR], opaque);
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
