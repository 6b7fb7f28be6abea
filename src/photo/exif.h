/* What photodesk reads of EXIF (CIPA DC-008), from the raw block of any container. Only in a child process.
 */
#pragma once

#include <glib.h>

typedef struct {
    guint orientation;      /* 1 to 8; 1 where absent or out of range */
    char *artist;           /* UTF-8, or NULL */
    gboolean adobe_rgb;     /* ColorSpace 0xFFFF with interoperability R03 (DCF 2.0) */
    gboolean has_gps;       /* a GPS directory with entries */
    gboolean has_thumbnail; /* an embedded preview */
} Exif;

/* Reads a block that begins with "Exif\0\0" or with the TIFF header. Never fails: what cannot be read is
 * absent. */
void exif_read(Exif *exif, gconstpointer data, gsize size);
void exif_clear(Exif *exif);
