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

/* How much of a pixel's colour is ink, where the picture below is clear in part: what is clear has none. */
static guint ink_share(guint covered, guint8 opaque)
{
    guint both = covered * 255 + (255 - covered) * opaque;
    return both ? (covered * 255 * 255 + both / 2) / both : 0;
}

static void blend_chroma(const Plane *plane, const Plane *alpha, const Mask *mask, guint x, guint y)
{
    for (guint cy = y / 2; cy <= (y + mask->height - 1) / 2; cy++)
        for (guint cx = x / 2; cx <= (x + mask->width - 1) / 2; cx++) {
            guint share = 2;
            for (guint i = 0; i < 4; i++) {
                guint px = cx * 2 + (i & 1), py = cy * 2 + (i >> 1);
                guint covered = coverage_at(mask, (gssize)px - x, (gssize)py - y);
                share += alpha->data ? ink_share(covered, alpha->data[py * alpha->stride + px]) : covered;
            }
            guint8 *sample = &plane->data[cy * plane->stride + cx];
            *sample = mix(*sample, NEUTRAL, share / 4);
        }
}

void blend_mask(Frame *frame, const Mask *mask, guint x, guint y, Ink ink)
{
    const Plane *luma = &frame->plane[FRAME_Y], *alpha = &frame->plane[FRAME_ALPHA];
    blend_chroma(&frame->plane[FRAME_CB], alpha, mask, x, y);
    blend_chroma(&frame->plane[FRAME_CR], alpha, mask, x, y);

    guint black = frame->limited ? 16 : 0, white = frame->limited ? 235 : 255; /* BT.601 */
    guint level = ink == INK_WHITE ? white : black;
    for (guint row = 0; row < mask->height; row++) {
        const guint8 *covered = mask->data + row * mask->stride;
        guint8 *out = luma->data + (y + row) * luma->stride + x;
        guint8 *opaque = alpha->data ? alpha->data + (y + row) * alpha->stride + x : NULL;
        for (guint i = 0; i < mask->width; i++) {
            out[i] = mix(out[i], level, opaque ? ink_share(covered[i], opaque[i]) : covered[i]);
            if (opaque)
                opaque[i] = mix(opaque[i], 255, covered[i]);
        }
    }
}
