#include "render/glance.h"

#include <math.h>

#include "render/colour.h"
#include "render/scale.h"

static Glance *make(const Frame *frame, guint width, guint height)
{
    g_autoptr(Frame) small = frame_scale(frame, RECT_WHOLE, width, height, frame->limited, 1);
    frame_flatten(small);
    Glance *glance = g_new(Glance, 1);
    *glance = (Glance){ .rgb = frame_to_rgb(small), .width = width, .height = height };
    return glance;
}

Glance *glance_new(const Frame *frame)
{
    double scale = MIN(1, GLANCE_SIDE / MAX(frame->width, frame->height));
    return make(frame, (guint)MAX(1, lround(frame->width * scale)),
                (guint)MAX(1, lround(frame->height * scale)));
}

Glance *glance_squared(const Frame *frame, guint side)
{
    return make(frame, (guint)CLAMP(frame->width, 1, side), (guint)CLAMP(frame->height, 1, side));
}

void glance_free(Glance *glance)
{
    if (glance)
        g_free(glance->rgb);
    g_free(glance);
}
