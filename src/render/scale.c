#include "render/scale.h"

#include <math.h>

#include "render/resample.h"

/* What is too large to be scaled at once is first made so many times larger than it shall be. */
enum { BETWEEN = 4 };

/* Each plane is resampled by itself: so odd sizes work, and each plane's part is told exactly. */

/* From a full-range plane to a limited-range one, or as it is. */
static Levels find_levels(int plane, gboolean same_range)
{
    if (plane == FRAME_ALPHA || same_range)
        return (Levels){ 255, 0 };
    if (plane == FRAME_Y)
        return (Levels){ 219, 16 };
    return (Levels){ 224, 128 - 128 * 224 / 255.0 };
}

/* Along one side of a plane: where the part from start on, length luma samples long, lies in it, if its
 * samples cover sub luma samples each and the picture takes up luma samples from begin to end. Samples wholly
 * beyond the picture are left out, lest padding bleed into its edge. */
static Stretch find_stretch(double start, double length, double begin, double end, guint sub, guint samples)
{
    guint first = (guint)floor(begin / sub + 1e-6);
    guint last = MIN(samples, (guint)ceil(end / sub - 1e-6));
    return (Stretch){ { first, last - first }, start / sub, length / sub };
}

typedef struct {
    const Frame *frame;
    Frame *scaled;
    Rect area; /* of the luma plane, px */
    guint threads;
} Scaling;

/* n planes of one geometry, from p on. */
static void scale_planes(const Scaling *scaling, int p, guint n)
{
    const Frame *frame = scaling->frame;
    const Plane *in = &frame->plane[p];
    const Rect *area = &scaling->area;
    gboolean chroma = p == FRAME_CB;
    Stretch across = find_stretch(area->left, area->width, frame->left, frame->left + frame->width,
                                  chroma ? frame->sub_x : 1, in->width);
    Stretch down = find_stretch(area->top, area->height, frame->top, frame->top + frame->height,
                                chroma ? frame->sub_y : 1, in->height);
    resample_planes(in, &scaling->scaled->plane[p], n, across, down,
                    find_levels(p, frame->limited == scaling->scaled->limited), scaling->threads);
}

static Frame *scale(const Frame *frame, Rect rect, guint width, guint height, gboolean limited, guint threads)
{
    gboolean alpha = frame->plane[FRAME_ALPHA].data != NULL;
    Frame *scaled = frame_new(width, height, 2, 2, alpha);
    scaled->limited = limited;
    scaled->premultiplied = frame->premultiplied;

    /* All planes of an odd-sized picture reach to the end of its last chroma sample, beyond its edge. */
    const Plane *luma = &scaled->plane[FRAME_Y];
    double pad_x = (double)luma->width / width, pad_y = (double)luma->height / height;
    Scaling scaling = { frame,
                        scaled,
                        { frame->left + rect.left * frame->width, frame->top + rect.top * frame->height,
                          rect.width * frame->width * pad_x, rect.height * frame->height * pad_y },
                        threads };
    scale_planes(&scaling, FRAME_Y, 1);
    scale_planes(&scaling, FRAME_CB, 2);
    if (alpha)
        scale_planes(&scaling, FRAME_ALPHA, 1);
    return scaled;
}

Frame *frame_scale(const Frame *frame, Rect rect, guint width, guint height, gboolean limited, guint threads)
{
    double factor = MAX(rect.width * frame->width / width, rect.height * frame->height / height);
    if (factor <= RESAMPLE_MOST)
        return scale(frame, rect, width, height, limited, threads);
    g_autoptr(Frame) between = frame_scale(frame, rect, width * BETWEEN, height * BETWEEN, limited, threads);
    return scale(between, RECT_WHOLE, width, height, limited, threads);
}
