/* Which file format some bytes are, told by their content and never by a name. */
#pragma once

#include <glib.h>

typedef enum {
    FORMAT_UNKNOWN,
    FORMAT_JPEG,
    FORMAT_PNG,
    FORMAT_TIFF,
    FORMAT_WEBP,
    FORMAT_HEIF,    /* HEIC and AVIF: ISO base media files with still images */
    FORMAT_REFUSED, /* a picture, but not a photograph that a page can show: see format_refusal() */
    FORMAT_OTHER,   /* known, and no still picture: a video, a document; likewise */
} Format;

Format format_sniff(gconstpointer data, gsize size);

/* "JPEG", "AVIF": a static string. */
const char *format_name(gconstpointer data, gsize size);

/* For a file that is FORMAT_UNKNOWN, FORMAT_REFUSED or FORMAT_OTHER: what it is and what to send instead, as
 * the end of a sentence that begins with the file's name. A static string. */
const char *format_refusal(gconstpointer data, gsize size);
