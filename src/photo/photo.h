/* What the page says of a photo: its caption, alt text, language and credit, from all that is known. Pure. */
#pragma once

#include <glib.h>

#include "photo/credit.h"
#include "photo/metadata.h"
#include "photo/sidecar.h"
#include "preset/preset.h"

/* What a person said about the photo, on the command line and in the sidecar, and what its metadata says. */
typedef struct {
    const char *credit, *caption, *alt; /* command line; NULL where not given */
    SidecarRow row;
    const char *xmp_file;     /* name of its XMP sidecar, UTF-8; NULL for none */
    const Xmp *xmp_sidecar;   /* what that says, or NULL */
    const Metadata *metadata; /* its own */
} PhotoSources;

typedef struct {
    char *caption; /* without its credit; "" for none */
    char *alt;     /* never with a credit; "" for none */
    const char *language;
    gboolean rtl;
    Credit credit;
} PhotoText;

void photo_describe(PhotoText *text, const PhotoSources *sources, const Preset *preset);
void photo_text_clear(PhotoText *text);
