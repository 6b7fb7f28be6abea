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
#define EXPORT "; export it as JPEG or TIFF first"
#define SEND_PHOTO "; send a photo (JPEG, PNG, TIFF, WebP or HEIC)"
#define SEND_JPEG "; send a JPEG, PNG, TIFF, WebP or HEIC instead"

/* First match wins: camera raws that dress as TIFF stand before TIFF, the brands of ISO media before its box.
 */
static const Signature signatures[] = {
    SIGNATURE(0, "\xff\xd8\xff", FORMAT_JPEG, NULL),
    SIGNATURE(0, "\x89PNG\r\n\x1a\n", FORMAT_PNG, NULL),
    SIGNATURE(8, "WEBP", FORMAT_WEBP, NULL),
    SIGNATURE(8, "CR\x02\x00", FORMAT_REFUSED, "is a Canon raw photo" EXPORT),
    SIGNATURE(0, "II*\0", FORMAT_TIFF, NULL),
    SIGNATURE(0, "MM\0*", FORMAT_TIFF, NULL),
    SIGNATURE(4, "ftypheic", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypheix", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypheim", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypheis", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftyphevc", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypmif1", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypmsf1", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypavif", FORMAT_HEIF, NULL),
    SIGNATURE(4, "ftypcrx ", FORMAT_REFUSED, "is a Canon raw photo" EXPORT),
    SIGNATURE(4, "ftypavis", FORMAT_REFUSED, "is an animated AVIF; send one picture of it"),
    SIGNATURE(4, "ftyp", FORMAT_OTHER, "is a video" SEND_PHOTO),
    SIGNATURE(8, "AVI LIST", FORMAT_OTHER, "is a video" SEND_PHOTO),
    SIGNATURE(0, "\x1a\x45\xdf\xa3", FORMAT_OTHER, "is a video" SEND_PHOTO),
    SIGNATURE(0, "\0\0\1\xba", FORMAT_OTHER, "is a video" SEND_PHOTO),
    SIGNATURE(6, "HEAPCCDR", FORMAT_REFUSED, "is a Canon raw photo" EXPORT),
    SIGNATURE(0, "FUJIFILMCCD-RAW", FORMAT_REFUSED, "is a Fujifilm raw photo" EXPORT),
    SIGNATURE(0, "IIU\0", FORMAT_REFUSED, "is a Panasonic raw photo" EXPORT),
    SIGNATURE(0, "IIRO", FORMAT_REFUSED, "is an Olympus raw photo" EXPORT),
    SIGNATURE(0, "IIRS", FORMAT_REFUSED, "is an Olympus raw photo" EXPORT),
    SIGNATURE(0, "MMOR", FORMAT_REFUSED, "is an Olympus raw photo" EXPORT),
    SIGNATURE(0, "\0MRM", FORMAT_REFUSED, "is a Minolta raw photo" EXPORT),
    SIGNATURE(0, "FOVb", FORMAT_REFUSED, "is a Sigma raw photo" EXPORT),
    SIGNATURE(0, "II+\0", FORMAT_REFUSED, "is a BigTIFF; save it as a plain TIFF"),
    SIGNATURE(0, "MM\0+", FORMAT_REFUSED, "is a BigTIFF; save it as a plain TIFF"),
    SIGNATURE(0, "GIF8", FORMAT_REFUSED, "is a GIF" SEND_JPEG),
    SIGNATURE(0, "8BPS", FORMAT_REFUSED, "is a Photoshop document" SEND_JPEG),
    SIGNATURE(0, "%PDF", FORMAT_OTHER, "is a PDF" SEND_JPEG),
    SIGNATURE(0, "BM", FORMAT_REFUSED, "is a Windows bitmap" SEND_JPEG),
    SIGNATURE(0, "\0\0\0\x0cJXL ", FORMAT_REFUSED, "is a JPEG XL" SEND_JPEG),
    SIGNATURE(0, "\xff\x0a", FORMAT_REFUSED, "is a JPEG XL" SEND_JPEG),
    SIGNATURE(0, "\0\0\0\x0cjP  ", FORMAT_REFUSED, "is a JPEG 2000" SEND_JPEG),
    SIGNATURE(0, "\xff\x4f\xff\x51", FORMAT_REFUSED, "is a JPEG 2000" SEND_JPEG),
    SIGNATURE(0, "%!PS", FORMAT_OTHER, "is a PostScript file" SEND_JPEG),
    SIGNATURE(0, "\xc5\xd0\xd3\xc6", FORMAT_OTHER, "is a PostScript file" SEND_JPEG),
    SIGNATURE(36, "acsp", FORMAT_OTHER, "is a colour profile, not a photo"),
    SIGNATURE(0, "PK\x03\x04", FORMAT_OTHER,
              "is a ZIP archive or office document; send the photos themselves"),
};

/* Markup may begin with white space, a declaration, comments and a document type. */
static const Signature markup[] = {
    SIGNATURE(0, "<svg", FORMAT_REFUSED, "is an SVG drawing" SEND_JPEG),
    SIGNATURE(0, "<html", FORMAT_OTHER, "is a web page, not a photo; save the picture that it shows"),
    SIGNATURE(0, "<!doctype html", FORMAT_OTHER,
              "is a web page, not a photo; save the picture that it shows"),
};
#define PROLOG 1024 /* bytes to look in */

static const Signature *find_markup(const char *data, gsize size)
{
    g_autofree char *text = g_ascii_strdown(data, (gssize)MIN(size, PROLOG));
    const char *start = g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text;
    for (gsize i = 0; i < G_N_ELEMENTS(markup) && start[strspn(start, " \t\r\n")] == '<'; i++)
        if (strstr(start, markup[i].bytes))
            return &markup[i];
    return NULL;
}

static const Signature *find(gconstpointer data, gsize size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        const Signature *s = &signatures[i];
        if (size >= s->offset + s->length && memcmp((const char *)data + s->offset, s->bytes, s->length) == 0)
            return s;
    }
    return size > 0 ? find_markup(data, size) : NULL;
}

Format format_sniff(gconstpointer data, gsize size)
{
    const Signature *s = find(data, size);
    return s ? s->format : FORMAT_UNKNOWN;
}

const char *format_name(gconstpointer data, gsize size)
{
    static const char *const names[] = {
        [FORMAT_UNKNOWN] = "unknown", [FORMAT_JPEG] = "JPEG",     [FORMAT_PNG] = "PNG",
        [FORMAT_TIFF] = "TIFF",       [FORMAT_WEBP] = "WebP",     [FORMAT_HEIF] = "HEIC",
        [FORMAT_REFUSED] = "refused", [FORMAT_OTHER] = "refused",
    };
    gboolean avif = size >= 12 && memcmp((const char *)data + 4, "ftypavif", 8) == 0;
    return avif ? "AVIF" : names[format_sniff(data, size)];
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
