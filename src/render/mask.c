#include "render/mask.h"

#include <math.h>

Mask *mask_new(guint width, guint height)
{
    Mask *mask = g_new(Mask, 1);
    *mask = (Mask){ .stride = (width + 3) & ~(gsize)3, .width = width, .height = height };
    mask->data = g_malloc0(mask->stride * height);
    return mask;
}

void mask_free(Mask *mask)
{
    if (mask)
        g_free(mask->data);
    g_free(mask);
}

guint8 mask_most(const Mask *mask)
{
    guint8 most = 0;
    for (gsize i = 0; i < mask->stride * mask->height; i++)
        most = MAX(most, mask->data[i]);
    return most;
}

static void lighten_row(guint8 *restrict out, const guint8 *restrict in, guint n, guint weight)
{
    for (guint i = 0; i < n; i++) {
        guint8 weighted = (guint8)((in[i] * weight + 255) >> 8);
        out[i] = MAX(out[i], weighted);
    }
}

/* Each pixel takes the most that any pixel of the disc around it has, those on the disc's rim by their part.
 */
Mask *mask_spread(const Mask *mask, double radius)
{
    Mask *spread = mask_new(mask->width, mask->height);
    int reach = (int)ceil(radius), width = (int)mask->width, height = (int)mask->height;
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            double part = CLAMP(radius + 0.5 - hypot(dx, dy), 0, 1);
            int left = MAX(0, -dx), n = width - ABS(dx);
            if (part == 0 || n <= 0)
                continue;
            for (int y = MAX(0, -dy); y < height - MAX(0, dy); y++)
                lighten_row(spread->data + (gsize)y * spread->stride + left,
                            mask->data + (gsize)(y + dy) * mask->stride + left + dx, (guint)n,
                            (guint)lround(part * 256));
        }
    return spread;
}

Mask *mask_pad(guint width, guint height, guint fade, guint8 coverage)
{
    Mask *pad = mask_new(width, height);
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++) {
            double dx = MAX(0, (double)fade - MIN(x, width - 1 - x));
            double dy = MAX(0, (double)fade - MIN(y, height - 1 - y));
            double part = 1 - sqrt(dx * dx + dy * dy) / (fade + 1.0);
            pad->data[y * pad->stride + x] = (guint8)(coverage * CLAMP(part, 0, 1) + 0.5);
        }
    return pad;
}
