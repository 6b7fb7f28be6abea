/* What photodesk reads of EXIF (CIPA DC-008), from the raw block of any container. Only in a child process.
 */
#pragma once

#include <glib.h>

/* Texts are UTF-8, NULL where absent or empty. */
typedef struct {
    guint orientation; /* 1 to 8; 1 where absent or out of range */
    char *artist, *copyright, *description;
    char *xp_author, *xp_title; /* Windows' own tags */
    char *taken;                /* DateTimeOriginal: "YYYY:MM:DD HH:MM:SS" */
    gboolean adobe_rgb;         /* ColorSpace 0xFFFF with interoperability R03 (DCF 2.0) */
    gboolean has_gps;           /* a GPS directory with entries */
    gboolean has_thumbnail;     /* an embedded preview */
    gboolean has_serial;        /* of the camera's body or lens */
    gboolean has_owner;         /* CameraOwnerName */
} Exif;

/* Reads a block that begins with "Exif\0\0" or with the TIFF header. Never fails: what cannot be read is
 * absent. Text that is not UTF-8 is decoded by charset_decode() with this fallback; what that cannot decode
 * is told in warnings. */
void exif_read(Exif *exif, gconstpointer data, gsize size, const char *charset, GPtrArray *warnings);
void exif_clear(Exif *exif);
