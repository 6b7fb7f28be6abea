#include "render/placeholder.h"

#include <math.h>

#include "render/glance.h"
#include "render/scale.h"
#include "render/webp.h"

/* ---- Colour ---- */

enum { LEVELS = 8, BINS = LEVELS * LEVELS * LEVELS }; /* of each channel; of all */

typedef struct {
    guint n, sum[3];
} Bin;

/* The mean of the colours that are nearly the same in most of the photo. */
static char *find_colour(const Glance *glance)
{
    g_autofree Bin *bins = g_new0(Bin, BINS);
    Bin *fullest = bins;
    gsize pixels = (gsize)glance->width * glance->height;
    for (const guint8 *p = glance->rgb; p < glance->rgb + 3 * pixels; p += 3) {
        enum { STEP = 256 / LEVELS };
        Bin *bin = &bins[(p[0] / STEP * LEVELS + p[1] / STEP) * LEVELS + p[2] / STEP];
        bin->n++;
        for (int c = 0; c < 3; c++)
            bin->sum[c] += p[c];
        if (bin->n > fullest->n)
            fullest = bin;
    }
    guint n = fullest->n;
    return g_strdup_printf("#%02x%02x%02x", (fullest->sum[0] + n / 2) / n, (fullest->sum[1] + n / 2) / n,
                           (fullest->sum[2] + n / 2) / n);
}

/* ---- Picture ---- */

enum { SIDE = 32, QUALITY = 30, METHOD = 6 }; /* px of the longer side; of libwebp */

static char *make_picture(const Frame *frame, GError **error)
{
    double scale = MIN(1, SIDE / MAX(frame->width, frame->height));
    guint width = (guint)MAX(1, lround(frame->width * scale));
    guint height = (guint)MAX(1, lround(frame->height * scale));
    g_autoptr(Frame) tiny = frame_scale(frame, RECT_WHOLE, width, height, TRUE, 1);
    g_autoptr(GBytes) bytes = webp_encode(tiny, QUALITY, METHOD, NULL, NULL, error);
    if (!bytes)
        return NULL;
    g_autofree char *code = g_base64_encode(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return g_strconcat("data:image/webp;base64,", code, NULL);
}

gboolean placeholder_make(char **placeholder, PlaceholderKind kind, const Frame *frame, GError **error)
{
    *placeholder = NULL;
    if (kind == PLACEHOLDER_NONE || frame->plane[FRAME_ALPHA].data)
        return TRUE;
    if (kind == PLACEHOLDER_WEBP)
        return (*placeholder = make_picture(frame, error)) != NULL;
    g_autoptr(Glance) glance = glance_new(frame);
    *placeholder = find_colour(glance);
    return TRUE;
}
