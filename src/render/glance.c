#include "render/glance.h"

#include <math.h>

#include "render/colour.h"
#include "render/scale.h"

Glance *glance_new(const Frame *frame)
{
    double scale = MIN(1, GLANCE_SIDE / MAX(frame->width, frame->height));
    guint width = (guint)MAX(1, lround(frame->width * scale));
    guint height = (guint)MAX(1, lround(frame->height * scale));
    g_autoptr(Frame) small = frame_scale(frame, RECT_WHOLE, width, height, frame->limited, 1);
    frame_flatten(small);
    Glance *glance = g_new(Glance, 1);
    *glance = (Glance){ frame_to_rgb(small), width, height };
    return glance;
}

void glance_free(Glance *glance)
{
    if (glance)
        g_free(glance->rgb);
    g_free(glance);
}
