/* All that a photo's own metadata says of it, read from its blocks. Only in a child process. */
#pragma once

#include <glib.h>

#include "photo/blocks.h"
#include "photo/exif.h"
#include "photo/iptc.h"
#include "photo/xmp.h"

typedef struct {
    Exif exif;
    Iptc iptc;
    Xmp xmp;
    gboolean iptc_is_newer; /* both are there, and Photoshop's digest of the IPTC says that it was edited
                               since the XMP was made equal to it (Metadata Working Group, Guidelines 2.0) */
} Metadata;

/* Never fails: what cannot be read is absent, and told in warnings. charset: see charset_decode(); language:
 * of texts that are there in several; NULL for the default one. */
void metadata_read(Metadata *metadata, const Blocks *blocks, const char *charset, const char *language,
                   GPtrArray *warnings);
void metadata_clear(Metadata *metadata);
