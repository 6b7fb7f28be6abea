/* A frame: the pixels of a picture in memory, as planes of 8-bit Y'CbCr (ITU-R BT.601 matrix, JFIF) and
 * perhaps alpha.
 *
 * Chroma samples sit in the centre of the luma samples they cover, as JFIF and WebP have them. Rows are
 * aligned to FRAME_ALIGN bytes. A frame's owner frees it with frame_free().
 */
#pragma once

#include <glib.h>

#define FRAME_ALIGN 64

enum { FRAME_Y, FRAME_CB, FRAME_CR, FRAME_ALPHA, FRAME_PLANES };

typedef struct {
    guint8 *data; /* NULL: no such plane */
    gsize stride; /* bytes from row to row, a multiple of FRAME_ALIGN */
    guint width, height;
} Plane;

typedef struct {
    Plane plane[FRAME_PLANES];
    double left, top, width,
        height;         /* where in the luma plane the picture is: it may begin and end inside a sample */
    guint sub_x, sub_y; /* luma samples to a chroma sample: 1, 2 or 4 */
    gboolean limited;   /* Y' 16 to 235, Cb and Cr 16 to 240; else all 0 to 255. Alpha is always 0 to 255 */
    gboolean premultiplied; /* Y' and chroma are weighted with alpha */
    gpointer memory;
} Frame;

/* A frame of width x height with uninitialised planes. Luma and alpha are padded to whole chroma samples, so
 * that all planes cover the same area. */
Frame *frame_new(guint width, guint height, guint sub_x, guint sub_y, gboolean alpha);
void frame_free(Frame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Frame, frame_free)

/* A copy of an area of a 4:2:0 frame; it begins on a chroma sample, and ends on one or at the edge of the
 * planes. */
Frame *frame_cut(const Frame *frame, guint x, guint y, guint width, guint height);

/* Puts such a copy back. */
void frame_paste(Frame *frame, const Frame *part, guint x, guint y);

/* Undoes the weighting with alpha, in place; no-op on other frames. */
void frame_unpremultiply(Frame *frame);

/* Lays a premultiplied frame on white, in place: its alpha is gone. No-op on one without alpha. */
void frame_flatten(Frame *frame);
