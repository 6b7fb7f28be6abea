#include "render/blend.h"

enum { NEUTRAL = 128 };

static guint8 mix(guint8 below, guint above, guint coverage)
{
    return (guint8)((below * (255 - coverage) + above * coverage + 127) / 255);
}

static guint8 coverage_at(const Mask *mask, gssize x, gssize y)
{
    if (x < 0 || y < 0 || x >= mask->width || y >= mask->height)
        return 0;
    return mask->data[(gsize)y * mask->stride + (gsize)x];
}

static void blend_chroma(const Plane *plane, const Mask *mask, guint x, guint y)
{
    for (guint cy = y / 2; cy <= (y + mask->height - 1) / 2; cy++)
        for (guint cx = x / 2; cx <= (x + mask->width - 1) / 2; cx++) {
            gssize mx = (gssize)cx * 2 - x, my = (gssize)cy * 2 - y;
            guint covered = (coverage_at(mask, mx, my) + coverage_at(mask, mx + 1, my) +
                             coverage_at(mask, mx, my + 1) + coverage_at(mask, mx + 1, my + 1) + 2u) /
                            4;
            guint8 *sample = &plane->data[cy * plane->stride + cx];
            *sample = mix(*sample, NEUTRAL, covered);
        }
}

void blend_mask(Frame *frame, const Mask *mask, guint x, guint y, Ink ink)
{
    const Plane *luma = &frame->plane[FRAME_Y], *alpha = &frame->plane[FRAME_ALPHA];
    guint black = frame->limited ? 16 : 0, white = frame->limited ? 235 : 255; /* BT.601 */
    for (guint row = 0; row < mask->height; row++) {
        const guint8 *covered = mask->data + row * mask->stride;
        guint8 *out = luma->data + (y + row) * luma->stride + x;
        guint8 *opaque = alpha->data ? alpha->data + (y + row) * alpha->stride + x : NULL;
        for (guint i = 0; i < mask->width; i++) {
            out[i] = mix(out[i], ink == INK_WHITE ? white : black, covered[i]);
            if (opaque)
                opaque[i] = mix(opaque[i], 255, covered[i]);
        }
    }
    blend_chroma(&frame->plane[FRAME_CB], mask, x, y);
    blend_chroma(&frame->plane[FRAME_CR], mask, x, y);
}
