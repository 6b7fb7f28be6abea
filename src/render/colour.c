#include "render/colour.h"

#include <math.h>

/* ---- To sRGB ---- */

#define FRACTION 8 /* bits of a sum below SHAPER_ONE's unit */

/* IEC 61966-2-1 */
static double encode(double linear)
{
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

Shaper *shaper_new(const double curve[3][256], const double matrix[3][3])
{
    Shaper *shaper = g_new0(Shaper, 1);
    for (int c = 0; c < 3; c++)
        for (int v = 0; v < 256; v++)
            for (int to = 0; to < 3; to++)
                shaper->linear[c][v][to] =
                    (gint32)lround(curve[c][v] * matrix[to][c] * (SHAPER_ONE << FRACTION));
    for (int i = 0; i <= SHAPER_ONE; i++)
        shaper->encoded[i] = (guint8)lround(encode((double)i / SHAPER_ONE) * 255);
    return shaper;
}

static Quad clamp(Quad sum)
{
    Quad above = sum > SHAPER_ONE;
    return (sum & ~above & (sum > 0)) | (above & SHAPER_ONE);
}

static void shape_row(const Shaper *shaper, const guint8 *in, guint bands, guint8 *restrict r,
                      guint8 *restrict g, guint8 *restrict b, guint width)
{
    for (guint x = 0; x < width; x++, in += bands) {
        Quad sum = shaper->linear[0][in[0]] + shaper->linear[1][in[1]] + shaper->linear[2][in[2]];
        sum = clamp((sum + (1 << (FRACTION - 1))) >> FRACTION);
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

/* ITU-R BT.601 as JFIF has it, within 1/64 of exact before rounding. Halves go down, so that the largest
 * chroma is 255. */
static void ycc_row(const guint8 *restrict r, const guint8 *restrict g, const guint8 *restrict b,
                    guint8 *restrict y, guint8 *restrict cb, guint8 *restrict cr, guint width)
{
    enum { HALF = 127, CENTRE = (128 << 8) + HALF };
    for (guint x = 0; x < width; x++) {
        y[x] = (guint8)((guint16)(part(r[x], 19595) + part(g[x], 38470) + part(b[x], 7471) + HALF + 2) >> 8);
        cb[x] = (guint8)((guint16)(CENTRE + part(b[x], 32768) - part(r[x], 11059) - part(g[x], 21709)) >> 8);
        cr[x] = (guint8)((guint16)(CENTRE + part(r[x], 32768) - part(g[x], 27440) - part(b[x], 5328)) >> 8);
    }
}

static gboolean take_alpha(const guint8 *packed, guint bands, const Plane *alpha)
{
    gboolean opaque = TRUE;
    for (guint y = 0; y < alpha->height; y++) {
        const guint8 *in = packed + (gsize)y * alpha->width * bands + 3;
        guint8 *out = alpha->data + y * alpha->stride;
        for (guint x = 0; x < alpha->width; x++) {
            out[x] = in[x * bands];
            opaque = opaque && out[x] == 255;
        }
    }
    return !opaque;
}

Frame *frame_from_rgb(const guint8 *packed, guint bands, guint width, guint height, const Shaper *shaper)
{
    Frame *frame = frame_new(width, height, 1, 1, bands == 4);
    if (bands == 4 && !take_alpha(packed, bands, &frame->plane[FRAME_ALPHA]))
        frame->plane[FRAME_ALPHA].data = NULL;

    g_autofree guint8 *row = g_malloc((gsize)width * 3);
    guint8 *r = row, *g = row + width, *b = row + 2 * (gsize)width;
    const Plane *luma = &frame->plane[FRAME_Y], *cb = &frame->plane[FRAME_CB], *cr = &frame->plane[FRAME_CR];
    for (guint y = 0; y < height; y++, packed += (gsize)width * bands) {
        if (shaper)
            shape_row(shaper, packed, bands, r, g, b, width);
        else
            split_row(packed, bands, r, g, b, width);
        ycc_row(r, g, b, luma->data + y * luma->stride, cb->data + y * cb->stride, cr->data + y * cr->stride,
                width);
    }
    return frame;
}

/* ---- And back ---- */

static guint8 level(double value)
{
    return (guint8)CLAMP(lround(value), 0, 255);
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
