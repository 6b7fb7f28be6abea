/* Where on a picture a stamp stands: in which corner, and which corner is the calmest. Pure. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/frame.h"
#include "render/scale.h"

/* A part of a picture, px. */
typedef struct {
    guint x, y, width, height;
} Box;

/* Puts a box of this size into a corner, start and end as the direction has them. FALSE where the picture has
 * no room for it and its margins. */
gboolean place_box(const StampStyle *style, Corner corner, gboolean rtl, guint picture_width,
                   guint picture_height, Box *box);

/* Whether the corner is at the picture's right. */
gboolean place_is_right(Corner corner, gboolean rtl);

/* An area of a picture as it is stored, in fractions, as one of the upright picture; by its EXIF orientation.
 */
Rect place_upright(Rect stored, guint orientation);

/* What speaks against each corner, summed up over the variants of a photo. */
typedef struct {
    double faces;   /* the part of the box that lies on faces */
    double unquiet; /* mean difference of neighbouring pixels in the box, levels */
} PlaceCost;

/* Adds what the box has against it. faces are in fractions of the upright photo, of which the frame shows the
 * part crop. */
void place_weigh(PlaceCost *cost, const Frame *frame, const Box *box, Rect crop, const Rect *faces,
                 guint n_faces);

/* The corner with the least of faces, and among those the calmest; the first one of several. */
Corner place_choose(const PlaceCost cost[CORNERS]);
