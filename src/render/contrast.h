/* Contrast as WCAG 2 has it: the ratio of relative luminances, from 1:1 to 21:1, and which ink reaches how
 * much of it on a picture. */
#pragma once

#include <glib.h>

#include "render/blend.h"
#include "render/frame.h"

/* What text needs (WCAG 2.1, success criterion 1.4.3). */
#define CONTRAST_ENOUGH 4.5

/* The same in a file as we decode it, with some to spare for decoders that scale chroma up more finely. */
#define CONTRAST_SAFE 4.65

/* Of two relative luminances, 0 to 1, in any order. */
double contrast_ratio(double a, double b);

/* Pixels of a 4:2:0 frame: those of an area where a mask of its size has a coverage within bounds, or all of
 * them. */
typedef struct {
    const Frame *frame;
    guint x, y, width, height;
    const Mask *mask; /* or NULL */
    guint8 from, to;
} Patch;

/* The relative luminance that this part (0 to 1) of the pixels do not exceed. What is clear in the picture
 * counts as a page of the colour of the ink, the worst that can be behind it. 0 where no pixel counts. */
double contrast_luminance(const Patch *patch, double part, Ink ink);

/* How to write on a background: in which ink, over a scrim of the other ink with which coverage. */
typedef struct {
    Ink ink;
    guint8 scrim; /* 0: none */
} Writing;

/* White where all but the brightest 2 % of the background leave it this contrast, else black where all but
 * the darkest 2 % do, else the one that needs the weaker scrim. */
Writing contrast_choose(const Patch *background, double wanted);

/* The contrast that letters have, by their median, with all but the 2 % of the background that come nearest
 * to them. */
double contrast_measure(const Patch *letters, const Patch *background, Ink ink);
