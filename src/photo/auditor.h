/* What the walks of the containers share, each of which is one file: audit_jpeg.c, audit_chunks.c (PNG, WebP,
 * GIF), audit_tiff.c, audit_heif.c. For these and audit.c only. */
#pragma once

#include "photo/audit.h"

/* What a block of metadata is and says. extended: parts of extended XMP, or NULL. */
void auditor_exif(GPtrArray *findings, GBytes *exif);
void auditor_xmp(GPtrArray *findings, GBytes *xmp, const GPtrArray *extended);
void auditor_iptc(GPtrArray *findings);
void auditor_icc(GPtrArray *findings, gsize size);
void auditor_photoshop(GPtrArray *findings, GBytes *resources);

/* Bytes behind the picture's end, if any. */
void auditor_trailing(GPtrArray *findings, gsize size);

void audit_jpeg(GBytes *bytes, GPtrArray *findings);
void audit_png(GBytes *bytes, GPtrArray *findings);
void audit_webp(GBytes *bytes, GPtrArray *findings);
void audit_gif(GBytes *bytes, GPtrArray *findings);
void audit_tiff(GBytes *bytes, GPtrArray *findings);
void audit_heif(GBytes *bytes, GPtrArray *findings);
