#include <string.h>

#include "photo/auditor.h"
#include "photo/png.h"

static gboolean is_any(const guchar *type, const char *known)
{
    for (; *known; known += 4)
        if (memcmp(type, known, 4) == 0)
            return TRUE;
    return FALSE;
}

static char *name_chunk(const guchar *type)
{
    g_autofree char *raw = g_strndup((const char *)type, 4);
    return g_strescape(raw, NULL);
}

static void unknown_chunk(GPtrArray *findings, const guchar *type, guint64 size)
{
    g_autofree char *name = name_chunk(type);
    audit_say(findings, "unknown", "a chunk %s of %" G_GUINT64_FORMAT " bytes", name, size);
}

/* ---- PNG (W3C PNG, third edition): pixels, animation, and numbers that say how colours are meant ---- */

#define PNG_PIXELS                                                                                           \
    "IHDR"                                                                                                   \
    "PLTE"                                                                                                   \
    "IDAT"                                                                                                   \
    "IEND"                                                                                                   \
    "tRNS"                                                                                                   \
    "gAMA"                                                                                                   \
    "cHRM"                                                                                                   \
    "sRGB"                                                                                                   \
    "cICP"                                                                                                   \
    "sBIT"                                                                                                   \
    "bKGD"                                                                                                   \
    "hIST"                                                                                                   \
    "pHYs"                                                                                                   \
    "acTL"                                                                                                   \
    "fcTL"                                                                                                   \
    "fdAT"

static void audit_png_chunk(GPtrArray *findings, GBytes *file, gsize at, gsize length)
{
    const guchar *type = (const guchar *)g_bytes_get_data(file, NULL) + at + 4;
    if (is_any(type, PNG_PIXELS))
        return;
    if (is_any(type, "iCCP"))
        auditor_icc(findings, length);
    else if (is_any(type, "tEXtzTXtiTXt"))
        audit_say(findings, "comment", "a text of %" G_GSIZE_FORMAT " bytes", length);
    else if (is_any(type, "caBX"))
        audit_say(findings, "c2pa", "a C2PA manifest store");
    else if (is_any(type, "eXIf")) {
        g_autoptr(GBytes) exif = g_bytes_new_from_bytes(file, at + 8, length);
        auditor_exif(findings, exif);
    } else
        unknown_chunk(findings, type, length);
}

/* What texts hold, by the reader that photos are read with. */
static void audit_png_texts(GPtrArray *findings, GBytes *bytes)
{
    Blocks blocks = { 0 };
    png_read_blocks(&blocks, bytes);
    if (blocks.exif)
        auditor_exif(findings, blocks.exif);
    if (blocks.xmp)
        auditor_xmp(findings, blocks.xmp, NULL);
    if (blocks.photoshop)
        auditor_photoshop(findings, blocks.photoshop);
    if (blocks.iptc)
        auditor_iptc(findings);
    blocks_clear(&blocks);
}

void audit_png(GBytes *bytes, GPtrArray *findings)
{
    enum { SIGNATURE = 8, AROUND = 12 }; /* length, type and check sum of a chunk */
    gsize size, at = SIGNATURE;
    const guchar *data = g_bytes_get_data(bytes, &size);
    gboolean ended = FALSE;
    while (!ended && at < size && size - at >= AROUND) {
        guint32 length;
        memcpy(&length, data + at, sizeof length);
        length = GUINT32_FROM_BE(length);
        if (length > size - at - AROUND)
            break;
        audit_png_chunk(findings, bytes, at, length);
        ended = memcmp(data + at + 4, "IEND", 4) == 0;
        at += AROUND + (gsize)length;
    }
    audit_png_texts(findings, bytes);
    if (ended)
        auditor_trailing(findings, size - at);
    else
        audit_say(findings, "broken", "the PNG has no end");
}

/* ---- WebP (RFC 9649) ---- */

#define WEBP_PIXELS "VP8 VP8LVP8XALPHANIM"

static void audit_webp_chunks(GPtrArray *findings, GBytes *file, gsize at, gsize end, gboolean frame);

static void audit_webp_chunk(GPtrArray *findings, GBytes *file, gsize at, gsize length, gboolean frame)
{
    enum { FRAME_HEAD = 16 }; /* bytes of an ANMF before its own chunks */
    const guchar *type = (const guchar *)g_bytes_get_data(file, NULL) + at - 8;
    if (is_any(type, WEBP_PIXELS))
        return;
    g_autoptr(GBytes) content = g_bytes_new_from_bytes(file, at, length);
    if (is_any(type, "ANMF") && !frame && length >= FRAME_HEAD)
        audit_webp_chunks(findings, file, at + FRAME_HEAD, at + length, TRUE);
    else if (is_any(type, "EXIF"))
        auditor_exif(findings, content);
    else if (is_any(type, "XMP "))
        auditor_xmp(findings, content, NULL);
    else if (is_any(type, "ICCP"))
        auditor_icc(findings, length);
    else if (is_any(type, "C2PA"))
        audit_say(findings, "c2pa", "a C2PA manifest store");
    else
        unknown_chunk(findings, type, length);
}

static void audit_webp_chunks(GPtrArray *findings, GBytes *file, gsize at, gsize end, gboolean frame)
{
    const guchar *data = g_bytes_get_data(file, NULL);
    while (end - at >= 8) {
        guint32 length;
        memcpy(&length, data + at + 4, sizeof length);
        length = GUINT32_FROM_LE(length);
        at += 8;
        if (length > end - at) {
            audit_say(findings, "broken", "a chunk of the WebP has no end");
            return;
        }
        audit_webp_chunk(findings, file, at, length, frame);
        at += length;
        if ((length & 1) && at < end && data[at++] != 0) /* filled up to an even length */
            audit_say(findings, "unknown", "a byte that fills up a chunk is not zero");
    }
    auditor_trailing(findings, end - at);
}

void audit_webp(GBytes *bytes, GPtrArray *findings)
{
    enum { HEAD = 12 };
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size);
    guint32 length;
    if (size < HEAD || memcmp(data, "RIFF", 4) != 0) {
        audit_say(findings, "broken", "no RIFF in front of the WebP");
        return;
    }
    memcpy(&length, data + 4, sizeof length);
    guint64 end = 8 + (guint64)GUINT32_FROM_LE(length);
    if (end > size || end < HEAD)
        audit_say(findings, "broken", "the WebP has no end");
    audit_webp_chunks(findings, bytes, HEAD, (gsize)CLAMP(end, HEAD, size), FALSE);
    if (end < size && end >= HEAD)
        auditor_trailing(findings, size - (gsize)end);
}

/* ---- GIF (version 89a) ---- */

enum { EXTENSION = 0x21, IMAGE = 0x2c, TRAILER = 0x3b };
enum { PLAIN_TEXT = 0x01, GRAPHIC_CONTROL = 0xf9, COMMENT = 0xfe, APPLICATION = 0xff };

typedef struct {
    const guchar *data;
    gsize size, at;
} Gif;

/* Over sub-blocks up to the empty one. FALSE where that is not there. */
static gboolean skip_blocks(Gif *gif)
{
    while (gif->at < gif->size) {
        guint length = gif->data[gif->at++];
        if (length == 0)
            return TRUE;
        gif->at += length;
    }
    return FALSE;
}

/* Over a table of colours, where the flags say that there is one. */
static void skip_colours(Gif *gif, guint flags)
{
    if (flags & 0x80)
        gif->at += 3 * (gsize)(2 << (flags & 7));
}

static void audit_application(GPtrArray *findings, const guchar *name)
{
    if (memcmp(name, "XMP DataXMP", 11) == 0)
        audit_say(findings, "xmp", "XMP");
    else if (memcmp(name, "ICCRGBG1012", 11) == 0)
        audit_say(findings, "icc", "a colour profile");
    else if (memcmp(name, "NETSCAPE2.0", 11) != 0 && memcmp(name, "ANIMEXTS1.0", 11) != 0) {
        g_autofree char *raw = g_strndup((const char *)name, 11);
        g_autofree char *shown = g_strescape(raw, NULL);
        audit_say(findings, "unknown", "an application's block %s", shown);
    }
}

static gboolean audit_extension(Gif *gif, GPtrArray *findings)
{
    if (gif->size - gif->at < 2)
        return FALSE;
    guint label = gif->data[gif->at++];
    if (label == APPLICATION && gif->data[gif->at] == 11 && gif->size - gif->at >= 12) {
        const guchar *name = gif->data + gif->at + 1;
        gsize begin = gif->at + 12;
        audit_application(findings, name);
        gboolean ended = skip_blocks(gif);
        /* a packet stands there as it is, between the blocks' lengths that its text happens to be */
        if (memcmp(name, "XMP", 3) == 0 && gif->at > begin &&
            memmem(gif->data + begin, MIN(gif->at, gif->size) - begin, "GPSL", 4))
            audit_say(findings, "gps", "a GPS position in XMP");
        return ended;
    }
    if (label == COMMENT)
        audit_say(findings, "comment", "a comment");
    else if (label != GRAPHIC_CONTROL)
        audit_say(findings, "unknown", "an extension 0x%02x", label);
    return skip_blocks(gif);
}

/* The walk, up to behind the trailer. FALSE where it does not get there. */
static gboolean walk_gif(Gif *gif, GPtrArray *findings)
{
    enum { HEAD = 13, DESCRIPTOR = 9 };
    if (gif->size < HEAD)
        return FALSE;
    gif->at = HEAD;
    skip_colours(gif, gif->data[10]);
    while (gif->at < gif->size) {
        guint kind = gif->data[gif->at++];
        if (kind == TRAILER)
            return TRUE;
        if (kind == IMAGE && gif->size - gif->at > DESCRIPTOR) {
            guint flags = gif->data[gif->at + DESCRIPTOR - 1];
            gif->at += DESCRIPTOR;
            skip_colours(gif, flags);
            gif->at++; /* the smallest code */
            if (!skip_blocks(gif))
                return FALSE;
        } else if (kind != EXTENSION || !audit_extension(gif, findings))
            return FALSE;
    }
    return FALSE;
}

void audit_gif(GBytes *bytes, GPtrArray *findings)
{
    Gif gif = { 0 };
    gif.data = g_bytes_get_data(bytes, &gif.size);
    if (walk_gif(&gif, findings))
        auditor_trailing(findings, gif.size - gif.at);
    else
        audit_say(findings, "broken", "the GIF has no end");
}
