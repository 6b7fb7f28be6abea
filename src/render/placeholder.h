/* What an article shows in the place of a picture until that is there, made from the photo itself. */
#pragma once

#include <glib.h>

#include "preset/preset.h"
#include "render/frame.h"

/* From a frame of the whole photo: a CSS colour ("#8a7f6d"), or a WebP of 32 px as a data: address. NULL for
 * none: where none is wanted, or the photo is clear somewhere, through which it would always be seen. FALSE
 * with an error where it cannot be made. Free with g_free(). */
gboolean placeholder_make(char **placeholder, PlaceholderKind kind, const Frame *frame, GError **error);
