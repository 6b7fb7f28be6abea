#include "render/glance.h"

#include <math.h>
#include <vips/vips.h>

#include "base/error.h"
#include "render/colour.h"
#include "render/scale.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VipsImage, g_object_unref)

Glance *glance_new(const Frame *frame)
{
    double scale = MIN(1, GLANCE_SIDE / MAX(frame->width, frame->height));
    guint width = (guint)MAX(1, lround(frame->width * scale));
    guint height = (guint)MAX(1, lround(frame->height * scale));
    g_autoptr(Frame) small = frame_scale(frame, RECT_WHOLE, width, height, frame->limited, 1);
    frame_flatten(small);
    Glance *glance = g_new(Glance, 1);
    *glance = (Glance){ .rgb = frame_to_rgb(small), .width = width, .height = height };
    return glance;
}

void glance_free(Glance *glance)
{
    if (glance)
        g_free(glance->rgb);
    g_free(glance);
}

/* The part of width x height px that it cuts out, and what draws attention, in px. NULL on failure. */
static VipsImage *smart_crop(const Glance *glance, VipsInteresting interest, int width, int height, int *x,
                             int *y, GError **error)
{
    gsize size = (gsize)glance->width * glance->height * 3;
    g_autoptr(VipsImage) image = vips_image_new_from_memory(glance->rgb, size, (int)glance->width,
                                                            (int)glance->height, 3, VIPS_FORMAT_UCHAR);
    g_autoptr(VipsImage) tagged = NULL;
    VipsImage *part = NULL;
    if (!image || vips_copy(image, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) ||
        vips_smartcrop(tagged, &part, width, height, "interesting", interest, "attention_x", x, "attention_y",
                       y, NULL)) {
        vips_error_clear();
        error_failed(error, "what the picture shows cannot be found; crop it by a focus, or centre");
        return NULL;
    }
    return part;
}

gboolean glance_attention(Glance *glance, double *x, double *y, GError **error)
{
    if (!glance->attended) {
        int side = (int)MIN(glance->width, glance->height), px, py;
        g_autoptr(VipsImage) part =
            smart_crop(glance, VIPS_INTERESTING_ATTENTION, side, side, &px, &py, error);
        if (!part)
            return FALSE;
        glance->attended = TRUE;
        glance->x = px + 0.5;
        glance->y = py + 0.5;
    }
    *x = glance->x / glance->width;
    *y = glance->y / glance->height;
    return TRUE;
}

static int side_of(double part, guint whole)
{
    return (int)CLAMP(lround(part * whole), 1, (long)whole);
}

gboolean glance_entropy(const Glance *glance, double width, double height, double *x, double *y,
                        GError **error)
{
    int w = side_of(width, glance->width), h = side_of(height, glance->height), px, py;
    g_autoptr(VipsImage) part = smart_crop(glance, VIPS_INTERESTING_ENTROPY, w, h, &px, &py, error);
    if (!part)
        return FALSE;
    *x = (w / 2.0 - vips_image_get_xoffset(part)) / glance->width;
    *y = (h / 2.0 - vips_image_get_yoffset(part)) / glance->height;
    return TRUE;
}
