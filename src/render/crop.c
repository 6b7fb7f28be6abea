#include "render/crop.h"

#include <math.h>
#include <stdlib.h>
#include <vips/vips.h>

#include "base/error.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VipsImage, g_object_unref)

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

static int side_on(double part, guint photo, guint glance)
{
    return (int)CLAMP(lround(part / photo * glance), 1, (long)glance);
}

/* The point that libvips' smart crop finds for a part of this size. */
static gboolean aim_by_content(Aim *aim, VipsInteresting interest, const Glance *glance, Size part,
                               Size photo, GError **error)
{
    int width = side_on(part.width, photo.width, glance->width), x = 0;
    int height = side_on(part.height, photo.height, glance->height), y = 0;
    gsize size = (gsize)glance->width * glance->height * 3;
    g_autoptr(VipsImage) image = vips_image_new_from_memory(glance->rgb, size, (int)glance->width,
                                                            (int)glance->height, 3, VIPS_FORMAT_UCHAR);
    g_autoptr(VipsImage) tagged = NULL;
    g_autoptr(VipsImage) found = NULL;
    if (!image || vips_copy(image, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) ||
        vips_smartcrop(tagged, &found, width, height, "interesting", interest, "attention_x", &x,
                       "attention_y", &y, NULL)) {
        vips_error_clear();
        return error_failed(error, "what the picture shows cannot be found; crop it by a focus, or centre");
    }
    gboolean point = interest == VIPS_INTERESTING_ATTENTION;
    double centre_x = point ? x + 0.5 : width / 2.0 - vips_image_get_xoffset(found);
    double centre_y = point ? y + 0.5 : height / 2.0 - vips_image_get_yoffset(found);
    *aim = (Aim){ centre_x / glance->width, centre_y / glance->height, point ? "attention" : "entropy" };
    return TRUE;
}

/* ---- The whole ---- */

gboolean crop_find(Crop *crop, CropMode mode, Size part, const Source *source, const Frame *frame,
                   Glance **glance, GError **error)
{
    Size photo = load_size(source);
    Aim aim = { 0.5, 0.5, "centre" };
    if (part.width == photo.width && part.height == photo.height)
        aim.by = NULL;
    else if (mode == CROP_FOCUS && source->has_focus)
        aim = (Aim){ source->focus_x, source->focus_y, "captions.csv" };
    else if (mode == CROP_FOCUS && source->n_faces > 0)
        aim = aim_at_faces(source, part, photo);
    else if (mode != CROP_CENTRE) {
        VipsInteresting interest =
            mode == CROP_ENTROPY ? VIPS_INTERESTING_ENTROPY : VIPS_INTERESTING_ATTENTION;
        if (!*glance)
            *glance = glance_new(frame);
        if (!aim_by_content(&aim, interest, *glance, part, photo, error))
            return FALSE;
    }
    *crop = lay(aim, part, photo);
    return TRUE;
}

Rect crop_rect(const Crop *crop, const Source *source)
{
    Size photo = load_size(source);
    return (Rect){ (double)crop->box.x / photo.width, (double)crop->box.y / photo.height,
                   (double)crop->box.width / photo.width, (double)crop->box.height / photo.height };
}
