#include "render/colour.h"

#include <math.h>

/* ---- To sRGB ---- */

enum { SHAPER_ONE = 1 << 14 }; /* full linear light */

#define FRACTION 8   /* bits of a sum below its unit */
#define MOST_SHARE 4 /* of one channel in another, however odd the profile is */

double colour_linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* And its inverse. */
static double encode(double linear)
{
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

/* What value v of channel c adds to the linear channel `to`, in 1 / SHAPER_ONE. */
static double share(const double curve[3][256], const double matrix[3][3], int c, int v, int to)
{
    return CLAMP(curve[c][v] * matrix[to][c], -MOST_SHARE, MOST_SHARE) * SHAPER_ONE;
}

/* The least and the largest sum that there can be. */
static void find_range(const double curve[3][256], const double matrix[3][3], int *least, int *most)
{
    double low = 0, high = SHAPER_ONE;
    for (int to = 0; to < 3; to++) {
        double lowest = 0, highest = 0;
        for (int c = 0; c < 3; c++) {
            double down = share(curve, matrix, c, 0, to), up = down;
            for (int v = 1; v < 256; v++) {
                down = MIN(down, share(curve, matrix, c, v, to));
                up = MAX(up, share(curve, matrix, c, v, to));
            }
            lowest += down;
            highest += up;
        }
        low = MIN(low, lowest);
        high = MAX(high, highest);
    }
    *least = (int)floor(low) - 1;
    *most = (int)ceil(high) + 1;
}

Shaper *shaper_new(const double curve[3][256], const double matrix[3][3])
{
    int least, most;
    find_range(curve, matrix, &least, &most);
    Shaper *shaper = g_malloc(sizeof *shaper + (gsize)(most - least + 1));
    for (int c = 0; c < 3; c++)
        for (int v = 0; v < 256; v++) {
            /* once in a sum: that it begins at 0, and that halves go up */
            gint32 once = c == 0 ? (-least << FRACTION) + (1 << (FRACTION - 1)) : 0;
            shaper->linear[c][v] = (Quad){ 0 };
            for (int to = 0; to < 3; to++)
                shaper->linear[c][v][to] =
                    (gint32)lround(share(curve, matrix, c, v, to) * (1 << FRACTION)) + once;
        }
    for (int sum = least; sum <= most; sum++) {
        double linear = CLAMP((double)sum / SHAPER_ONE, 0, 1);
        shaper->encoded[sum - least] = (guint8)lround(encode(linear) * 255);
    }
    return shaper;
}

static void shape_row(const Shaper *shaper, const guint8 *in, guint bands, guint8 *restrict r,
                      guint8 *restrict g, guint8 *restrict b, guint width)
{
    for (guint x = 0; x < width; x++, in += bands) {
        Quad sum = shaper->linear[0][in[0]] + shaper->linear[1][in[1]] + shaper->linear[2][in[2]];
        sum >>= FRACTION;
        r[x] = shaper->encoded[sum[0]];
        g[x] = shaper->encoded[sum[1]];
        b[x] = shaper->encoded[sum[2]];
    }
}

static void split_row(const guint8 *in, guint bands, guint8 *restrict r, guint8 *restrict g,
                      guint8 *restrict b, guint width)
{
    for (guint x = 0; x < width; x++, in += bands) {
        r[x] = in[0];
        g[x] = in[1];
        b[x] = in[2];
    }
}

/* ---- To Y'CbCr ---- */

/* value * factor / 65536 with eight bits of fraction */
static inline guint16 part(guint8 value, guint16 factor)
{
    return (guint16)(((guint32)(guint16)(value << 8) * factor) >> 16);
}

/* ITU-R BT.601 as JFIF has it, within 1/64 of exact before rounding. Of chroma halves go down, so that its
 * largest is 255. */
enum { HALF = 127, CENTRE = (128 << 8) + HALF };

static void luma_row(const guint8 *restrict r, const guint8 *restrict g, const guint8 *restrict b,
                     guint8 *restrict y, guint width)
{
    for (guint x = 0; x < width; x++)
        y[x] = (guint8)((guint16)(part(r[x], 19595) + part(g[x], 38470) + part(b[x], 7471) + HALF + 2) >> 8);
}

static void chroma_row(const guint8 *restrict r, const guint8 *restrict g, const guint8 *restrict b,
                       guint8 *restrict cb, guint8 *restrict cr, guint width)
{
    for (guint x = 0; x < width; x++) {
        cb[x] = (guint8)((guint16)(CENTRE + part(b[x], 32768) - part(r[x], 11059) - part(g[x], 21709)) >> 8);
        cr[x] = (guint8)((guint16)(CENTRE + part(r[x], 32768) - part(g[x], 27440) - part(b[x], 5328)) >> 8);
    }
}

static guint8 mean(guint8 a, guint8 b)
{
    return (guint8)((a + b + 1) >> 1);
}

/* Of two rows; of each pair in a row, whose length is even. */
static void halve_rows(const guint8 *restrict below, guint8 *restrict row, guint width)
{
    for (guint x = 0; x < width; x++)
        row[x] = mean(row[x], below[x]);
}

static void halve_row(const guint8 *restrict row, guint8 *restrict half, guint width)
{
    for (guint x = 0; x < width / 2; x++)
        half[x] = mean(row[2 * x], row[2 * x + 1]);
}

static gboolean take_alpha(const guint8 *packed, guint bands, guint width, guint height, const Plane *alpha)
{
    gboolean opaque = TRUE;
    for (guint y = 0; y < height; y++) {
        const guint8 *in = packed + (gsize)y * width * bands + 3;
        guint8 *out = alpha->data + y * alpha->stride;
        for (guint x = 0; x < width; x++) {
            out[x] = in[x * bands];
            opaque = opaque && out[x] == 255;
        }
    }
    return !opaque;
}

/* A row of each channel, one after the other, of which each is as long as a row of luma. */
static void read_row(const guint8 *packed, guint bands, guint width, const Shaper *shaper, guint8 *row,
                     guint length)
{
    guint8 *r = row, *g = r + length, *b = g + length;
    if (shaper)
        shape_row(shaper, packed, bands, r, g, b, width);
    else
        split_row(packed, bands, r, g, b, width);
    for (guint8 *end = row + width; length > width && end < row + 3 * length; end += length)
        end[0] = end[-1];
}

gsize colour_room(const Frame *frame)
{
    return (gsize)frame->plane[FRAME_Y].width * 3 * 3;
}

void frame_take_rows(Frame *frame, guint y, const guint8 *upper, const guint8 *lower, guint bands,
                     const Shaper *shaper, guint8 *room)
{
    const Plane *luma = &frame->plane[FRAME_Y], *cb = &frame->plane[FRAME_CB], *cr = &frame->plane[FRAME_CR];
    guint length = luma->width;
    guint8 *first = room, *second = room + 3 * (gsize)length, *half = room + 6 * (gsize)length;
    for (guint i = 0; i < frame->sub_y; i++) {
        guint8 *row = i == 0 ? first : second;
        read_row(i == 0 ? upper : lower, bands, (guint)frame->width, shaper, row, length);
        luma_row(row, row + length, row + 2 * length, luma->data + (y + i) * luma->stride, length);
    }
    if (frame->sub_y == 2)
        halve_rows(second, first, 3 * length);
    if (frame->sub_x == 2)
        halve_row(first, half, 3 * length);
    const guint8 *r = frame->sub_x == 2 ? half : first;
    chroma_row(r, r + cb->width, r + 2 * cb->width, cb->data + y / frame->sub_y * cb->stride,
               cr->data + y / frame->sub_y * cr->stride, cb->width);
}

Frame *frame_from_rgb(const guint8 *packed, guint bands, guint width, guint height, guint sub_x, guint sub_y,
                      const Shaper *shaper)
{
    Frame *frame = frame_new(width, height, sub_x, sub_y, bands == 4);
    if (bands == 4 && !take_alpha(packed, bands, width, height, &frame->plane[FRAME_ALPHA]))
        frame->plane[FRAME_ALPHA].data = NULL;
    g_autofree guint8 *room = g_malloc(colour_room(frame));
    gsize stride = (gsize)width * bands;
    for (guint y = 0; y < height; y += sub_y)
        frame_take_rows(frame, y, packed + y * stride, packed + MIN(y + sub_y, height) * stride - stride,
                        bands, shaper, room);
    return frame;
}

/* ---- And back ---- */

static guint8 level(double value)
{
    return (guint8)(CLAMP(value, 0, 255) + 0.5);
}

guint8 *frame_to_rgb(const Frame *frame)
{
    guint width = (guint)frame->width, height = (guint)frame->height;
    const Plane *luma = &frame->plane[FRAME_Y], *blue = &frame->plane[FRAME_CB],
                *red = &frame->plane[FRAME_CR];
    int black = frame->limited ? 16 : 0;
    double gain = frame->limited ? 255 / 219.0 : 1, gain_colour = frame->limited ? 255 / 224.0 : 1;
    guint8 *packed = g_malloc((gsize)width * height * 3), *out = packed;
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++, out += 3) {
            double light = (luma->data[y * luma->stride + x] - black) * gain;
            double cb = (blue->data[y / 2 * blue->stride + x / 2] - 128) * gain_colour;
            double cr = (red->data[y / 2 * red->stride + x / 2] - 128) * gain_colour;
            out[0] = level(light + 1.402 * cr);
            out[1] = level(light - 0.344136 * cb - 0.714136 * cr);
            out[2] = level(light + 1.772 * cb);
        }
    return packed;
}
