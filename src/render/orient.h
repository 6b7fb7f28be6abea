/* Frames of cameras that were held on their side. */
#pragma once

#include <glib.h>

#include "render/frame.h"

/* Turns the frame upright by its EXIF orientation (1 to 8; TIFF 6.0 tag 274) and gives a new frame, or the
 * same one for 1. Takes ownership of the frame. */
Frame *frame_orient(Frame *frame, guint orientation);
