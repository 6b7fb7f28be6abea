/* Extended XMP (XMP Specification part 3, 1.1.3.1): what does not fit into the one JPEG segment of the main
 * packet, cut over several of its own. */
#pragma once

#include <glib.h>

/* Joins the parts (GBytes: a GUID of 32 hexadecimal digits, the length of the whole, the offset of this part,
 * then its bytes) that have this GUID. NULL where they do not make a whole of at most max bytes, each byte in
 * it given once. */
GBytes *extended_join(const GPtrArray *parts, const char *guid, gsize max);
