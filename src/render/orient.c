#include "render/orient.h"

#include <string.h>

#include "render/turn.h"

/* Each orientation is a walk through the source: from which corner it begins, and whether the upright
 * picture's rows lie along the source's rows or columns. */
typedef struct {
    gboolean flip_x, flip_y; /* begin at the source's right, bottom edge */
    gboolean swap;           /* rows become columns */
} Turn;

static const Turn turns[] = {
    [2] = { TRUE, FALSE, FALSE }, [3] = { TRUE, TRUE, FALSE }, [4] = { FALSE, TRUE, FALSE },
    [5] = { FALSE, FALSE, TRUE }, [6] = { FALSE, TRUE, TRUE }, [7] = { TRUE, TRUE, TRUE },
    [8] = { TRUE, FALSE, TRUE },
};

/* Sample by sample. */
static void walk(const Plane *from, const Plane *to, const Turn *turn)
{
    gssize step_x = turn->flip_x ? -1 : 1;
    gssize step_y = turn->flip_y ? -(gssize)from->stride : (gssize)from->stride;
    const guint8 *start = from->data + (turn->flip_x ? from->width - 1 : 0) +
                          (turn->flip_y ? (from->height - 1) * from->stride : 0);
    gssize along_row = turn->swap ? step_y : step_x, along_column = turn->swap ? step_x : step_y;
    for (guint y = 0; y < to->height; y++) {
        const guint8 *in = start + (gssize)y * along_column;
        guint8 *out = to->data + y * to->stride;
        for (guint x = 0; x < to->width; x++)
            out[x] = in[(gssize)x * along_row];
    }
}

/* The square of the upright plane at (x, y), whose rows are columns of the source. */
static void turn_square(const Plane *from, const Plane *to, const Turn *turn, guint x, guint y)
{
    Bytes square[BYTES];
    guint column = turn->flip_x ? from->width - y - BYTES : y;
    for (guint i = 0; i < BYTES; i++) {
        guint row = turn->flip_y ? from->height - 1 - x - i : x + i;
        memcpy(&square[i], from->data + row * from->stride + column, BYTES);
    }
    turn_bytes(square);
    for (guint i = 0; i < BYTES; i++) {
        guint row = turn->flip_x ? y + BYTES - 1 - i : y + i;
        memcpy(to->data + row * to->stride + x, &square[i], BYTES);
    }
}

/* By squares, of which the last ones of a row and of a column overlap those before them. Going by columns of
 * squares keeps a line of the cache of each row that is read until it is used up. */
static void turn_plane(const Plane *from, const Plane *to, const Turn *turn)
{
    for (guint x = 0; x < to->width; x += BYTES)
        for (guint y = 0; y < to->height; y += BYTES)
            turn_square(from, to, turn, MIN(x, to->width - BYTES), MIN(y, to->height - BYTES));
}

static void orient_plane(const Plane *from, const Plane *to, const Turn *turn)
{
    if (turn->swap && MIN(to->width, to->height) >= BYTES)
        turn_plane(from, to, turn);
    else
        walk(from, to, turn);
}

Frame *frame_orient(Frame *frame, guint orientation)
{
    if (orientation < 2 || orientation > 8)
        return frame;

    const Turn *turn = &turns[orientation];
    const Plane *luma = &frame->plane[FRAME_Y];
    double left = turn->flip_x ? luma->width - frame->left - frame->width : frame->left;
    double top = turn->flip_y ? luma->height - frame->top - frame->height : frame->top;
    gboolean alpha = frame->plane[FRAME_ALPHA].data != NULL;
    Frame *upright = turn->swap ? frame_new(luma->height, luma->width, frame->sub_y, frame->sub_x, alpha)
                                : frame_new(luma->width, luma->height, frame->sub_x, frame->sub_y, alpha);
    upright->left = turn->swap ? top : left;
    upright->top = turn->swap ? left : top;
    upright->width = turn->swap ? frame->height : frame->width;
    upright->height = turn->swap ? frame->width : frame->height;
    upright->limited = frame->limited;
    upright->premultiplied = frame->premultiplied;
    for (int p = 0; p < FRAME_PLANES; p++)
        if (frame->plane[p].data)
            orient_plane(&frame->plane[p], &upright->plane[p], turn);
    frame_free(frame);
    return upright;
}
