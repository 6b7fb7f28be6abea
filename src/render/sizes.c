#include "render/sizes.h"

#include <math.h>

#define WEBP_MAX 16383
#define OWN_WIDTH_STEP 1.25

Size sizes_part(const Rendition *rendition, guint width, guint height)
{
    double aspect = rendition->crop == CROP_NONE ? 0 : rendition->aspect;
    Size part = { width, height };
    if (aspect > 0 && width > aspect * height)
        part.width = (guint)MAX(1, floor(aspect * height + 1e-9));
    else if (aspect > 0)
        part.height = (guint)MAX(1, floor(width / aspect + 1e-9));
    return part;
}

/* The width of a photo that is wholly shown within a shape of this width. */
static guint fit(const Rendition *rendition, Size part, guint width)
{
    double shape = rendition->aspect, own = (double)part.width / part.height;
    if (rendition->crop != CROP_NONE || shape == 0 || own >= shape)
        return width;
    return (guint)MAX(1, floor(width * own / shape + 1e-9));
}

static void add(GArray *sizes, guint64 width, const Rendition *rendition, Size part)
{
    gboolean cropped = rendition->aspect > 0 && rendition->crop != CROP_NONE;
    guint64 height = cropped ? (guint64)MAX(1, lround((double)width / rendition->aspect))
                             : MAX(1, (2 * width * part.height + part.width) / (2 * (guint64)part.width));
    Size size = { (guint)width, (guint)height };
    if (height <= WEBP_MAX && width <= WEBP_MAX)
        g_array_append_val(sizes, size);
}

GArray *sizes_of(const Rendition *rendition, guint width, guint height)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(Size));
    Size part = sizes_part(rendition, width, height);
    guint last = 0;

    for (guint i = 0; i < rendition->widths.n; i++) {
        guint next = fit(rendition, part, rendition->widths.widths[i]);
        if (next > part.width) {
            if (last == 0 || (double)part.width >= OWN_WIDTH_STEP * (double)last)
                add(sizes, part.width, rendition, part);
            break;
        }
        if (next != last)
            add(sizes, next, rendition, part);
        last = next;
    }
    return sizes;
}
