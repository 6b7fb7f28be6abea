#include "render/place.h"

#include <math.h>

#define LEAST_MARGIN 2 /* px */

gboolean place_is_right(Corner corner, gboolean rtl)
{
    return (corner == CORNER_BOTTOM_END || corner == CORNER_TOP_END) != rtl;
}

gboolean place_box(const StampStyle *style, Corner corner, gboolean rtl, guint picture_width,
                   guint picture_height, Box *box)
{
    guint margin = MAX(LEAST_MARGIN, (guint)lround(picture_width * style->margin / 100));
    if (box->width + 2 * margin > picture_width || box->height + 2 * margin > picture_height)
        return FALSE;
    gboolean bottom = corner == CORNER_BOTTOM_END || corner == CORNER_BOTTOM_START;
    box->x = place_is_right(corner, rtl) ? picture_width - margin - box->width : margin;
    box->y = bottom ? picture_height - margin - box->height : margin;
    return TRUE;
}

/* TIFF 6.0 tag 274: 5 to 8 lie on their side. */
Rect place_upright(Rect stored, guint orientation)
{
    Rect upright = orientation >= 5 ? (Rect){ stored.top, stored.left, stored.height, stored.width } : stored;
    if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7)
        upright.left = 1 - upright.left - upright.width;
    if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8)
        upright.top = 1 - upright.top - upright.height;
    return upright;
}

/* ---- The calmest corner ---- */

static double unquiet(const Plane *luma, const Box *box)
{
    guint64 sum = 0;
    for (guint y = box->y; y + 1 < box->y + box->height; y++) {
        const guint8 *row = luma->data + y * luma->stride + box->x, *next = row + luma->stride;
        guint differences = 0;
        for (guint x = 0; x + 1 < box->width; x++)
            differences += (guint)ABS(row[x] - row[x + 1]) + (guint)ABS(row[x] - next[x]);
        sum += differences;
    }
    return (double)sum / ((double)box->width * box->height);
}

static double overlap(double a, double a_length, double b, double b_length)
{
    return MAX(0, MIN(a + a_length, b + b_length) - MAX(a, b));
}

/* The part of the box that a face covers. */
static double on_face(const Frame *frame, const Box *box, Rect crop, const Rect *face)
{
    double x = (face->left - crop.left) / crop.width * frame->width;
    double y = (face->top - crop.top) / crop.height * frame->height;
    double width = face->width / crop.width * frame->width;
    double height = face->height / crop.height * frame->height;
    return overlap(box->x, box->width, x, width) * overlap(box->y, box->height, y, height) /
           ((double)box->width * box->height);
}

void place_weigh(PlaceCost *cost, const Frame *frame, const Box *box, Rect crop, const Rect *faces,
                 guint n_faces)
{
    cost->unquiet += unquiet(&frame->plane[FRAME_Y], box);
    for (guint i = 0; i < n_faces; i++)
        cost->faces += on_face(frame, box, crop, &faces[i]);
}

Corner place_choose(const PlaceCost cost[CORNERS])
{
    guint best = 0;
    for (guint corner = 1; corner < CORNERS; corner++)
        if (cost[corner].faces < cost[best].faces ||
            (cost[corner].faces == cost[best].faces && cost[corner].unquiet < cost[best].unquiet))
            best = corner;
    return (Corner)best;
}
