/* The metadata items of a HEIF file (ISO/IEC 23008-12): found, not understood. */
#pragma once

#include <glib.h>

#include "photo/blocks.h"

/* Takes exif and xmp of the primary picture where they are not in the blocks yet. Never fails: what cannot be
 * read is absent. Decodes no pixel. Only in a child process. */
void heif_read_blocks(Blocks *blocks, GBytes *bytes);
