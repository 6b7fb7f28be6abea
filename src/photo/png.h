/* The metadata of a PNG (Portable Network Graphics, third edition), which may stand in front of the pixels or
 * behind them: found, not understood. */
#pragma once

#include <glib.h>

#include "photo/blocks.h"

/* Walks the chunks of bytes that begin with PNG's signature, and takes exif, xmp, and what "Raw profile type"
 * texts hold, and the code points of its colours; tells comments and a C2PA store. A colour profile is left
 * to the decoder. Never fails: a walk that meets nonsense ends there. Only in a child process. */
void png_read_blocks(Blocks *blocks, GBytes *bytes);
