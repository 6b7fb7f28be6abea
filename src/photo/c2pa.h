/* Whether a picture carries a C2PA manifest store (C2PA Technical Specification, "Embedding manifests"). It
 * is told and never copied: it vouches for other bytes than those that are published. */
#pragma once

#include <glib.h>

#include "base/format.h"

/* In a PNG (chunk caBX), a WebP (chunk C2PA) and a HEIF (a box uuid of C2PA's own): FALSE for other formats.
 */
gboolean c2pa_is_in(Format format, GBytes *bytes);

/* Whether the content of a JPEG's APP11 segment begins a store: a JUMBF box (ISO/IEC 19566-5) labelled c2pa.
 */
gboolean c2pa_is_segment(const guchar *data, gsize size);
