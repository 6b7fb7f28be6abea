/* Another size for one plane of 8-bit samples: Lanczos with three lobes, separable, in fixed point. Integers
 * only touch the samples, so that the result is the same on every processor.
 */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* Which samples of a plane are of the picture: first to first + count - 1. Those outside are never read; the
 * outermost stand for what is beyond them. */
typedef struct {
    guint first, count;
} Span;

/* A part of the plane along one of its sides, in its samples: where it begins, and its length. */
typedef struct {
    Span valid;
    double start, length;
} Stretch;

/* What is made of a value: value / 255 * gain + zero, with gain from 0 to 255. */
typedef struct {
    double gain, zero;
} Levels;

enum { RESAMPLE_MOST = 16 }; /* times smaller, at most */

/* Makes the kernel's table, which is made when it is first needed otherwise: in the parent, before a fork, so
 * that each child need not. */
void resample_prepare(void);

/* Fills n planes of one size, `to`, each with the part of one in `from`, of one size too, that lies at across
 * and down, which is up to RESAMPLE_MOST times as large; pixel centres stay where they are. Within 0.8 of the
 * exact value, rounding to a whole one among it, and what is of one value remains so; what is beyond 0 or 255
 * is cut off there. Takes the memory of some rows. threads is how many may be at it; the result is the same.
 */
void resample_planes(const Plane *from, const Plane *to, guint n, Stretch across, Stretch down, Levels levels,
                     guint threads);
