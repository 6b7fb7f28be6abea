/* What draws the eye in the frame of a photo. Points and sizes are in fractions of the photo. */
#pragma once

#include "render/frame.h"

/* Where the eye goes to: the middle of the area in which edges, skin and red come together, as libvips'
 * attention crop (8.14) weighs them, skin as smartcrop.js does. The middle of a photo that has nothing of all
 * that. */
void salience_attention(const Frame *frame, double *x, double *y);

/* The middle of the part of width x height whose tones have the most entropy; of equal ones, of the first
 * that has more than the one in the photo's middle. */
void salience_entropy(const Frame *frame, double width, double height, double *x, double *y);
