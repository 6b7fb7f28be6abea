#include "render/sizes.h"

#include <math.h>

#define WEBP_MAX 16383
#define OWN_WIDTH_STEP 1.25

typedef struct {
    guint64 width, height; /* the crop, px of the photo */
} Crop;

static Crop find_crop(double aspect, guint width, guint height)
{
    Crop crop = { width, height };
    if (aspect > 0 && width > aspect * height)
        crop.width = (guint64)MAX(1, floor(aspect * height + 1e-9));
    else if (aspect > 0)
        crop.height = (guint64)MAX(1, floor(width / aspect + 1e-9));
    return crop;
}

Rect sizes_crop(double aspect, guint width, guint height)
{
    Crop crop = find_crop(aspect, width, height);
    double w = (double)crop.width / width, h = (double)crop.height / height;
    return (Rect){ (1 - w) / 2, (1 - h) / 2, w, h };
}

static void add(GArray *sizes, guint64 width, const Crop *crop, double aspect)
{
    guint64 height = aspect > 0 ? (guint64)MAX(1, lround((double)width / aspect))
                                : MAX(1, (2 * width * crop->height + crop->width) / (2 * crop->width));
    Size size = { (guint)width, (guint)height };
    if (height <= WEBP_MAX && width <= WEBP_MAX)
        g_array_append_val(sizes, size);
}

GArray *sizes_of(const Rendition *rendition, guint width, guint height)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(Size));
    Crop crop = find_crop(rendition->aspect, width, height);
    guint64 last = 0;

    for (guint i = 0; i < rendition->widths.n; i++) {
        guint64 next = rendition->widths.widths[i];
        if (next > crop.width) {
            if (last == 0 || (double)crop.width >= OWN_WIDTH_STEP * (double)last)
                add(sizes, crop.width, &crop, rendition->aspect);
            break;
        }
        add(sizes, next, &crop, rendition->aspect);
        last = next;
    }
    return sizes;
}
