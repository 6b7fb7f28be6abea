#include "render/crop.h"

#include <math.h>
#include <stdlib.h>

#include "render/salience.h"

/* A point, in fractions of the photo, and who says so. */
typedef struct {
    double x, y;
    const char *by;
} Aim;

static guint lay_side(double centre, guint part, guint whole)
{
    return (guint)CLAMP(lround(centre * whole - part / 2.0), 0, (long)(whole - part));
}

/* The point in the middle, as far as the photo's edges let it. */
static Crop lay(Aim aim, Size part, Size photo)
{
    Box box = { lay_side(aim.x, part.width, photo.width), lay_side(aim.y, part.height, photo.height),
                part.width, part.height };
    return (Crop){ box, MIN((guint)(aim.x * photo.width), photo.width - 1),
                   MIN((guint)(aim.y * photo.height), photo.height - 1), aim.by };
}

/* ---- Faces ---- */

/* The largest first, to a millionth of the photo; of equal ones the leftmost. */
static int compare_faces(const void *a, const void *b)
{
    const Rect *x = a, *y = b;
    long dx = lround(x->width * x->height * 1e6), dy = lround(y->width * y->height * 1e6);
    return dx != dy ? (dx < dy) - (dx > dy) : (x->left > y->left) - (x->left < y->left);
}

static Rect unite(const Rect *a, const Rect *b)
{
    double left = MIN(a->left, b->left), top = MIN(a->top, b->top);
    return (Rect){ left, top, MAX(a->left + a->width, b->left + b->width) - left,
                   MAX(a->top + a->height, b->top + b->height) - top };
}

/* The middle of all faces that fit into the crop together, the largest first: none of them is cut for one
 * that does not. */
static Aim aim_at_faces(const Source *source, Size part, Size photo)
{
    g_autofree Rect *faces = g_memdup2(source->faces, source->n_faces * sizeof *faces);
    qsort(faces, source->n_faces, sizeof *faces, compare_faces);
    Rect all = faces[0];
    for (guint i = 1; i < source->n_faces; i++) {
        Rect more = unite(&all, &faces[i]);
        if (more.width * photo.width <= part.width && more.height * photo.height <= part.height)
            all = more;
    }
    return (Aim){ all.left + all.width / 2, all.top + all.height / 2, "faces" };
}

/* ---- What the photo shows ---- */

static Aim aim_by_content(CropMode mode, const Frame *frame, Size part, Size photo)
{
    Aim aim = { .by = mode == CROP_ENTROPY ? "entropy" : "attention" };
    if (mode == CROP_ENTROPY)
        salience_entropy(frame, (double)part.width / photo.width, (double)part.height / photo.height, &aim.x,
                         &aim.y);
    else
        salience_attention(frame, &aim.x, &aim.y);
    return aim;
}

/* ---- The whole ---- */

Crop crop_find(CropMode mode, Size part, const Source *source, const Frame *frame)
{
    Size photo = load_size(source);
    Aim aim = { 0.5, 0.5, "centre" };
    if (part.width == photo.width && part.height == photo.height)
        aim.by = NULL;
    else if (mode == CROP_FOCUS && source->has_focus)
        aim = (Aim){ source->focus_x, source->focus_y, "captions.csv" };
    else if (mode == CROP_FOCUS && source->n_faces > 0)
        aim = aim_at_faces(source, part, photo);
    else if (mode != CROP_CENTRE)
        aim = aim_by_content(mode, frame, part, photo);
    return lay(aim, part, photo);
}

Rect crop_rect(const Crop *crop, const Source *source)
{
    Size photo = load_size(source);
    return (Rect){ (double)crop->box.x / photo.width, (double)crop->box.y / photo.height,
                   (double)crop->box.width / photo.width, (double)crop->box.height / photo.height };
}
