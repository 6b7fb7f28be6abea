#include "render/contrast.h"

#include <math.h>

#define LEVELS 4096    /* of luminance: near black, a ratio is right to 0.5 % */
#define EXCEPTION 0.02 /* the part of a background that may come nearer to the ink */

double contrast_ratio(double a, double b)
{
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* ---- Luminance ---- */

typedef struct {
    float red[256], green[256], blue[256]; /* a channel's share in the luminance */
} Shares;

/* The shares of channels that a scrim covers. sRGB's curve, IEC 61966-2-1. */
static void weigh(Shares *shares, Ink ink, guint8 scrim)
{
    double under = 1 - scrim / 255.0, over = ink == INK_WHITE ? 0 : scrim / 255.0;
    for (int i = 0; i < 256; i++) {
        double c = i / 255.0 * under + over;
        double linear = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
        shares->red[i] = (float)(0.2126 * linear);
        shares->green[i] = (float)(0.7152 * linear);
        shares->blue[i] = (float)(0.0722 * linear);
    }
}

/* Y'CbCr to R'G'B', as ITU-R BT.601 has it, in 1/65536. */
typedef struct {
    int zero, luma, red_cr, green_cb, green_cr, blue_cb;
} Matrix;

static const Matrix full = { 0, 65536, 91881, -22554, -46802, 116130 };
static const Matrix limited = { 16, 76309, 104597, -25675, -53279, 132201 };

static int channel(int value)
{
    value = (value + 32768) >> 16;
    return CLAMP(value, 0, 255);
}

static guint8 over_page(int value, guint8 alpha, Ink ink)
{
    int page = ink == INK_WHITE ? 255 : 0;
    return (guint8)((value * alpha + page * (255 - alpha) + 127) / 255);
}

static float pixel_luminance(const Frame *frame, const Matrix *m, const Shares *shares, guint x, guint y,
                             Ink ink)
{
    const Plane *plane = frame->plane;
    int luma = (plane[FRAME_Y].data[y * plane[FRAME_Y].stride + x] - m->zero) * m->luma;
    gsize chroma = y / 2 * plane[FRAME_CB].stride + x / 2;
    int cb = plane[FRAME_CB].data[chroma] - 128, cr = plane[FRAME_CR].data[chroma] - 128;
    int red = channel(luma + m->red_cr * cr);
    int green = channel(luma + m->green_cb * cb + m->green_cr * cr);
    int blue = channel(luma + m->blue_cb * cb);
    if (plane[FRAME_ALPHA].data) {
        guint8 alpha = plane[FRAME_ALPHA].data[y * plane[FRAME_ALPHA].stride + x];
        red = over_page(red, alpha, ink);
        green = over_page(green, alpha, ink);
        blue = over_page(blue, alpha, ink);
    }
    return shares->red[red] + shares->green[green] + shares->blue[blue];
}

static guint count_levels(const Patch *patch, Ink ink, const Shares *shares, guint *levels)
{
    const Matrix *matrix = patch->frame->limited ? &limited : &full;
    guint n = 0;
    for (guint y = 0; y < patch->height; y++) {
        const guint8 *covered = patch->mask ? patch->mask->data + y * patch->mask->stride : NULL;
        for (guint x = 0; x < patch->width; x++) {
            if (covered && (covered[x] < patch->from || covered[x] > patch->to))
                continue;
            float l = pixel_luminance(patch->frame, matrix, shares, patch->x + x, patch->y + y, ink);
            levels[MIN((guint)(l * LEVELS), LEVELS - 1)]++;
            n++;
        }
    }
    return n;
}

double contrast_luminance(const Patch *patch, double part, Ink ink, guint8 scrim)
{
    Shares shares;
    guint levels[LEVELS] = { 0 };
    weigh(&shares, ink, scrim);
    guint n = count_levels(patch, ink, &shares, levels);
    guint wanted = (guint)ceil(n * part), below = 0;
    for (guint level = 0; level < LEVELS; level++) {
        below += levels[level];
        if (below > 0 && below >= wanted)
            return (level + 0.5) / LEVELS;
    }
    return 0;
}

/* ---- Ink and scrim ---- */

/* What ink of a luminance has with the background, but for the exception. */
static double against(const Patch *background, Ink ink, double luminance, guint8 scrim)
{
    double part = ink == INK_WHITE ? 1 - EXCEPTION : EXCEPTION;
    return contrast_ratio(luminance, contrast_luminance(background, part, ink, scrim));
}

static guint weakest_scrim(const Patch *background, Ink ink, double wanted)
{
    double own = ink == INK_WHITE ? 1 : 0;
    guint low = 0, high = 255; /* too weak, strong enough */
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (against(background, ink, own, (guint8)middle) >= wanted)
            high = middle;
        else
            low = middle;
    }
    return high;
}

Writing contrast_choose(const Patch *background, double wanted)
{
    if (against(background, INK_WHITE, 1, 0) >= wanted)
        return (Writing){ INK_WHITE, 0 };
    if (against(background, INK_BLACK, 0, 0) >= wanted)
        return (Writing){ INK_BLACK, 0 };
    guint dark = weakest_scrim(background, INK_WHITE, wanted);
    guint light = weakest_scrim(background, INK_BLACK, wanted);
    return dark <= light ? (Writing){ INK_WHITE, (guint8)dark } : (Writing){ INK_BLACK, (guint8)light };
}

double contrast_measure(const Patch *letters, const Patch *background, Ink ink)
{
    return against(background, ink, contrast_luminance(letters, 0.5, ink, 0), 0);
}
