/* What libheif tells of a HEIF file (ISO/IEC 23008-12) and libvips does not: metadata items, and colours by
 * code points. Decodes no pixel. Only in a child process. */
#pragma once

#include <glib.h>

#include "base/module.h"
#include "photo/blocks.h"

typedef struct {
    /* Takes exif and xmp of the primary picture where they are not in the blocks yet, its code points, and
     * whether alpha weights its colours. Never fails: what cannot be read is absent. */
    void (*read_blocks)(Blocks *blocks, GBytes *bytes);
} Heif;

/* A static table; NULL without the program's module (base/module.h), which it is in. */
static inline const Heif *heif_find(GError **error)
{
    return module_find("heif_functions", error);
}
