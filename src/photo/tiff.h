/* The metadata of a TIFF file (TIFF 6.0), which stands in the file's own directories: found, not understood.
 */
#pragma once

#include <glib.h>

#include "photo/blocks.h"

/* Reads the first picture's directory of bytes that begin with a TIFF header, in either byte order. exif
 * becomes a block of its own: of IFD0 and of the EXIF, interoperability and GPS directories, the tags that
 * say something of the photo rather than of how its pixels lie; absent where there are none. The other blocks
 * are the file's bytes; alpha and apart are told. What does not lie within the file is absent; FALSE where
 * the directory itself does not, and for a camera's raw photo (TIFF/EP, DNG). Only in a child process. */
gboolean tiff_read_blocks(Blocks *blocks, GBytes *bytes, GError **error);

/* Whether the file holds all strips and tiles that its chain of directories lists. */
gboolean tiff_is_whole(GBytes *bytes);
