#include "render/contrast.h"

#include <math.h>

#include "render/colour.h"

#define LEVELS 4096    /* of luminance: near black, a ratio is right to 0.5 % */
#define EXCEPTION 0.02 /* the part of a background that may come nearer to the ink */

double contrast_ratio(double a, double b)
{
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* ---- Luminance ---- */

/* The colours of the pixels that count. */
typedef struct {
    guint8 (*rgb)[3];
    guint n;
} Colours;

/* Y'CbCr to R'G'B', as ITU-R BT.601 has it, in 1/65536. */
typedef struct {
    int zero, luma, red_cr, green_cb, green_cr, blue_cb;
} Matrix;

static const Matrix full = { 0, 65536, 91881, -22554, -46802, 116130 };
static const Matrix limited = { 16, 76309, 104597, -25675, -53279, 132201 };

static guint8 channel(int value)
{
    value = (value + 32768) >> 16;
    return (guint8)CLAMP(value, 0, 255);
}

static void read_pixel(const Frame *frame, const Matrix *m, guint x, guint y, Ink ink, guint8 rgb[3])
{
    const Plane *plane = frame->plane;
    int luma = (plane[FRAME_Y].data[y * plane[FRAME_Y].stride + x] - m->zero) * m->luma;
    gsize chroma = y / 2 * plane[FRAME_CB].stride + x / 2;
    int cb = plane[FRAME_CB].data[chroma] - 128, cr = plane[FRAME_CR].data[chroma] - 128;
    rgb[0] = channel(luma + m->red_cr * cr);
    rgb[1] = channel(luma + m->green_cb * cb + m->green_cr * cr);
    rgb[2] = channel(luma + m->blue_cb * cb);
    if (plane[FRAME_ALPHA].data) {
        guint alpha = plane[FRAME_ALPHA].data[y * plane[FRAME_ALPHA].stride + x];
        guint page = ink == INK_WHITE ? 255 : 0;
        for (int c = 0; c < 3; c++)
            rgb[c] = (guint8)((rgb[c] * alpha + page * (255 - alpha) + 127) / 255);
    }
}

static Colours read_colours(const Patch *patch, Ink ink)
{
    const Matrix *matrix = patch->frame->limited ? &limited : &full;
    Colours colours = { g_malloc((gsize)patch->width * patch->height * 3), 0 };
    for (guint y = 0; y < patch->height; y++) {
        const guint8 *covered = patch->mask ? patch->mask->data + y * patch->mask->stride : NULL;
        for (guint x = 0; x < patch->width; x++)
            if (!covered || (covered[x] >= patch->from && covered[x] <= patch->to))
                read_pixel(patch->frame, matrix, patch->x + x, patch->y + y, ink, colours.rgb[colours.n++]);
    }
    return colours;
}

/* A channel's share in the luminance, under a scrim of the other ink: by sRGB's curve, IEC 61966-2-1. */
static void weigh(float red[256], float green[256], float blue[256], Ink ink, guint8 scrim)
{
    double under = 1 - scrim / 255.0, over = ink == INK_WHITE ? 0 : scrim / 255.0;
    for (int i = 0; i < 256; i++) {
        double linear = colour_linear(i / 255.0 * under + over);
        red[i] = (float)(0.2126 * linear * LEVELS);
        green[i] = (float)(0.7152 * linear * LEVELS);
        blue[i] = (float)(0.0722 * linear * LEVELS);
    }
}

/* Of the pixel that has this rank from the darkest, which is 1; 0 where there is none. */
static double luminance(const Colours *colours, guint rank, Ink ink, guint8 scrim)
{
    float red[256], green[256], blue[256];
    guint levels[LEVELS] = { 0 };
    weigh(red, green, blue, ink, scrim);
    for (guint i = 0; i < colours->n; i++) {
        const guint8 *rgb = colours->rgb[i];
        guint level = (guint)(red[rgb[0]] + green[rgb[1]] + blue[rgb[2]]);
        levels[MIN(level, LEVELS - 1)]++;
    }
    guint below = 0;
    for (guint level = 0; level < LEVELS; level++)
        if ((below += levels[level]) >= rank)
            return (level + 0.5) / LEVELS;
    return 0;
}

double contrast_luminance(const Patch *patch, double part, Ink ink)
{
    Colours colours = read_colours(patch, ink);
    guint rank = MAX(1, (guint)ceil(colours.n * part - 1e-6));
    double found = luminance(&colours, rank, ink, 0);
    g_free(colours.rgb);
    return found;
}

/* ---- Ink and scrim ---- */

/* What ink of a luminance has with the background, but for the exception. */
static double against(const Colours *background, Ink ink, double own, guint8 scrim)
{
    guint let_be = (guint)(background->n * EXCEPTION + 1e-6);
    guint rank = ink == INK_WHITE ? background->n - let_be : let_be + 1;
    return contrast_ratio(own, luminance(background, rank, ink, scrim));
}

static double purely(const Colours *background, Ink ink, guint scrim)
{
    return against(background, ink, ink == INK_WHITE ? 1 : 0, (guint8)scrim);
}

/* The weakest scrim that is enough, if it is weaker than high; else high. */
static guint weakest_scrim(const Colours *background, Ink ink, double wanted, guint high)
{
    if (purely(background, ink, high - 1) < wanted)
        return high;
    guint low = 0; /* too weak */
    for (high--; high - low > 1;) {
        guint middle = (low + high) / 2;
        if (purely(background, ink, middle) >= wanted)
            high = middle;
        else
            low = middle;
    }
    return high;
}

Writing contrast_choose(const Patch *background, double wanted)
{
    Writing writing = { INK_WHITE, 0 };
    Colours for_white = read_colours(background, INK_WHITE);
    if (purely(&for_white, INK_WHITE, 0) < wanted) {
        Colours for_black = read_colours(background, INK_BLACK);
        writing.ink = INK_BLACK;
        if (purely(&for_black, INK_BLACK, 0) < wanted) {
            guint dark = weakest_scrim(&for_white, INK_WHITE, wanted, 255);
            guint light = weakest_scrim(&for_black, INK_BLACK, wanted, dark);
            writing =
                light < dark ? (Writing){ INK_BLACK, (guint8)light } : (Writing){ INK_WHITE, (guint8)dark };
        }
        g_free(for_black.rgb);
    }
    g_free(for_white.rgb);
    return writing;
}

double contrast_measure(const Patch *letters, const Patch *background, Ink ink)
{
    Colours behind = read_colours(background, ink);
    double reached = against(&behind, ink, contrast_luminance(letters, 0.5, ink), 0);
    g_free(behind.rgb);
    return reached;
}
