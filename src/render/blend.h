/* Drawing onto Y'CbCr planes in neutral black and white, without a way over RGB. */
#pragma once

#include <glib.h>

#include "render/frame.h"
#include "render/mask.h"

typedef enum { INK_BLACK, INK_WHITE } Ink;

/* Covers the frame with ink where the mask says so, the mask's first sample at (x, y) of the luma plane.
 * Chroma goes to neutral as far as its luma samples are covered. The frame is 4:2:0; the mask lies inside it.
 */
void blend_mask(Frame *frame, const Mask *mask, guint x, guint y, Ink ink);
