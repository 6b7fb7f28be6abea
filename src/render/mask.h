/* A coverage mask: where something is drawn, and how much of each pixel it covers. */
#pragma once

#include <glib.h>

/* 0 is nothing, 255 full. Rows are stride bytes apart, a multiple of 4. */
typedef struct {
    guint8 *data;
    gsize stride;
    guint width, height;
} Mask;

/* An empty mask. Free with mask_free(). */
Mask *mask_new(guint width, guint height);
void mask_free(Mask *mask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mask, mask_free)

/* The most that any pixel is covered. */
guint8 mask_most(const Mask *mask);

/* A mask of the same size that covers all within radius px of what mask covers, softly at its edge. */
Mask *mask_spread(const Mask *mask, double radius);

/* A mask that has this coverage in its middle and fades out to its edges within fade px, its corners round.
 */
Mask *mask_pad(guint width, guint height, guint fade, guint8 coverage);
