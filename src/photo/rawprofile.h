/* Metadata in a PNG's text chunks "Raw profile type NAME", as ImageMagick writes them: a name, a length in
 * bytes, and the bytes in hexadecimal. */
#pragma once

#include <glib.h>

#include "photo/blocks.h"

/* Adds what the text holds to the blocks that are not there yet: exif, xmp, iptc and Photoshop's resources.
 * Leaves the blocks alone where it is something else, or not whole. */
void rawprofile_add(Blocks *blocks, const char *text);
