#include "base/format.h"

#include <string.h>

typedef struct {
    gsize offset;
    gsize length;
    const char *bytes;
    Format format;
    const char *refusal;
} Signature;

#define SIGNATURE(offset, bytes, format, refusal)                                                            \
    {                                                                                                        \
        offset, sizeof(bytes) - 1, bytes, format, refusal                                                    \
    }
#define SEND_JPEG "; send a JPEG, PNG, TIFF, WebP or HEIC instead"

/* First match wins: camera raws that dress as TIFF stand before TIFF, the brands of ISO media before its box.
 */
static const Signature signatures[] = {
    SIGNATURE(0, "\xff\xd8\xff", FORMAT_JPEG, NULL),
    SIGNATURE(0, "\x89PNG\r\n\x1a\n", FORMAT_PNG, NULL),
    SIGNATURE(8, "WEBP", FORMAT_WEBP, NULL),
    SIGNATURE(8, "CR\x02\x00", FORMAT_REFUSED, "is a Canon raw photo; export it as JPEG or TIFF first"),
    SIGNATURE(0, "II*\0", FORMAT_TIFF, NULL),
    SIGNATURE(0, "MM\0*", FORMAT_TIFF, NULL),
    SIGNATURE(4, "ftypheic", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypheix", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypmif1", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypavif", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypcrx ", FORMAT_REFUSED, "is a Canon raw photo; export it as JPEG or TIFF first"),
    SIGNATURE(4, "ftyp", FORMAT_REFUSED, "is a video; send a photo (JPEG, PNG, TIFF, WebP or HEIC)"),
    SIGNATURE(0, "FUJIFILMCCD-RAW", FORMAT_REFUSED,
              "is a Fujifilm raw photo; export it as JPEG or TIFF first"),
    SIGNATURE(0, "GIF8", FORMAT_REFUSED, "is a GIF" SEND_JPEG),
    SIGNATURE(0, "8BPS", FORMAT_REFUSED, "is a Photoshop document" SEND_JPEG),
    SIGNATURE(0, "%PDF", FORMAT_REFUSED, "is a PDF" SEND_JPEG),
    SIGNATURE(0, "BM", FORMAT_REFUSED, "is a Windows bitmap" SEND_JPEG),
    SIGNATURE(0, "\0\0\0\x0cJXL ", FORMAT_REFUSED, "is a JPEG XL" SEND_JPEG),
    SIGNATURE(0, "\xff\x0a", FORMAT_REFUSED, "is a JPEG XL" SEND_JPEG),
    SIGNATURE(0, "\0\0\0\x0cjP  ", FORMAT_REFUSED, "is a JPEG 2000" SEND_JPEG),
    SIGNATURE(36, "acsp", FORMAT_REFUSED, "is a colour profile, not a photo"),
    SIGNATURE(0, "PK\x03\x04", FORMAT_REFUSED,
              "is a ZIP archive or office document; send the photos themselves"),
};

/* An SVG may begin with an XML declaration, comments and a document type. */
static const Signature svg = SIGNATURE(0, "<", FORMAT_REFUSED, "is an SVG drawing" SEND_JPEG);
#define PROLOG 1024 /* bytes to look for its element in */

static const Signature *find(gconstpointer data, gsize size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        const Signature *s = &signatures[i];
        if (size >= s->offset + s->length && memcmp((const char *)data + s->offset, s->bytes, s->length) == 0)
            return s;
    }
    if (size > 0 && *(const char *)data == '<' && memmem(data, MIN(size, PROLOG), "<svg", 4))
        return &svg;
    return NULL;
}

Format format_sniff(gconstpointer data, gsize size)
{
    const Signature *s = find(data, size);
    return s ? s->format : FORMAT_UNKNOWN;
}

const char *format_refusal(gconstpointer data, gsize size)
{
    const Signature *s = find(data, size);
    if (s && s->refusal)
        return s->refusal;
    if (size == 0)
        return "is empty; send it again";
    return "is not a photo in a format that photodesk knows" SEND_JPEG;
}
