/* The one metadata packet that a published file may carry: XMP (ISO 16684-1) with the rights, written from
 * this list and nothing else: dc:creator, photoshop:Credit, dc:rights, xmpRights:Marked,
 * xmpRights:WebStatement, plus:Licensor, Iptc4xmpExt:DigitalSourceType (IPTC Photo Metadata Standard). */
#pragma once

#include <glib.h>

#include "photo/credit.h"
#include "preset/preset.h"

/* The packet as UTF-8 XML, or NULL where the preset wants none or there is nothing to say. */
GBytes *rights_packet(const Credit *credit, const Rights *rights);

/* Whether a field is one of these: its name space, and its path as XMP has it. */
gboolean rights_has(const char *space, const char *path);
