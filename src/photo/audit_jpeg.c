#include <string.h>

#include "photo/auditor.h"
#include "photo/blocks.h"
#include "photo/c2pa.h"
#include "photo/whole.h"

/* ITU-T T.81 annex B, JFIF, and what Adobe, Exif (CIPA DC-008) and CIPA DC-007 put into application segments.
 */
enum { TEM = 0x01, SOF0 = 0xc0, SOF15 = 0xcf, JPG = 0xc8, RST0 = 0xd0, RST7 = 0xd7, SOI = 0xd8, EOI = 0xd9 };
enum { SOS = 0xda, DQT = 0xdb, DNL = 0xdc, DRI = 0xdd, EXP = 0xdf };
enum {
    APP0 = 0xe0,
    APP1 = 0xe1,
    APP2 = 0xe2,
    APP11 = 0xeb,
    APP13 = 0xed,
    APP14 = 0xee,
    APP15 = 0xef,
    COM = 0xfe
};

#define EXIF "Exif\0"
#define XMP "http://ns.adobe.com/xap/1.0/\0"
#define EXTENDED "http://ns.adobe.com/xmp/extension/\0"
#define ICC "ICC_PROFILE\0"
#define MPF "MPF\0"
#define PHOTOSHOP "Photoshop 3.0\0"
#define JFIF "JFIF\0"
#define JFXX "JFXX\0"
#define ADOBE "Adobe"

#define MOST_FURTHER 16 /* pictures behind the first that are looked through */

typedef struct {
    GBytes *file;
    GPtrArray *findings;
    const GPtrArray *extended;
    const guchar *data; /* of the segment, behind its length */
    gsize size;
} Segment;

static gboolean starts(const Segment *s, const char *prefix, gsize length)
{
    return s->size >= length && memcmp(s->data, prefix, length) == 0;
}
#define STARTS(segment, prefix) starts(segment, prefix, sizeof(prefix) - 1)

static GBytes *behind(const Segment *s, gsize skip)
{
    const guchar *base = g_bytes_get_data(s->file, NULL);
    return g_bytes_new_from_bytes(s->file, (gsize)(s->data - base) + skip, s->size - skip);
}

static void unknown(const Segment *s, guint marker)
{
    audit_say(s->findings, "unknown", "a segment APP%u of %" G_GSIZE_FORMAT " bytes", marker - APP0, s->size);
}

/* JFIF's own, of 14 bytes and three for each pixel of a small picture. */
static void audit_app0(const Segment *s)
{
    if (STARTS(s, JFIF) && s->size >= 14 && (s->size > 14 || s->data[12] * s->data[13] > 0))
        audit_say(s->findings, "thumbnail", "a small picture in JFIF");
    else if (STARTS(s, JFXX))
        audit_say(s->findings, "thumbnail", "a small picture in a JFIF extension");
    else if (!STARTS(s, JFIF))
        unknown(s, APP0);
}

static void audit_app1(const Segment *s)
{
    if (STARTS(s, EXIF)) {
        g_autoptr(GBytes) exif = behind(s, 0);
        auditor_exif(s->findings, exif);
    } else if (STARTS(s, XMP)) {
        g_autoptr(GBytes) xmp = behind(s, sizeof(XMP) - 1);
        auditor_xmp(s->findings, xmp, s->extended);
    } else if (STARTS(s, EXTENDED))
        audit_say(s->findings, "xmp", "XMP that goes on in further segments");
    else
        unknown(s, APP1);
}

static void audit_segment(const Segment *s, guint marker)
{
    switch (marker) {
    case APP0:
        audit_app0(s);
        break;
    case APP1:
        audit_app1(s);
        break;
    case APP2:
        if (STARTS(s, ICC))
            auditor_icc(s->findings, s->size);
        else if (STARTS(s, MPF))
            audit_say(s->findings, "preview", "an index of further pictures (MPF)");
        else
            unknown(s, marker);
        break;
    case APP11:
        if (c2pa_is_segment(s->data, s->size))
            audit_say(s->findings, "c2pa", "a C2PA manifest store");
        else
            unknown(s, marker);
        break;
    case APP14: /* tells the decoder how the colours are meant */
        if (!STARTS(s, ADOBE) || s->size != 12)
            unknown(s, marker);
        break;
    case COM:
        audit_say(s->findings, "comment", "a comment of %" G_GSIZE_FORMAT " bytes", s->size);
        break;
    default:
        if (marker >= APP0 && marker <= APP15 && !(marker == APP13 && STARTS(s, PHOTOSHOP)))
            unknown(s, marker);
        else if (marker != APP13 && (marker < SOF0 || marker > EXP || marker == JPG))
            audit_say(s->findings, "unknown", "a segment of the unknown marker 0x%02x", marker);
    }
}

/* The walk; gives where the picture ends. */
static gsize walk(Segment *s, const guchar *data, gsize size)
{
    gsize at = 2;
    guint scans = 0;
    while (at + 1 < size) {
        if (data[at] != 0xff) {
            audit_say(s->findings, "broken", "no marker where one must be, at byte %" G_GSIZE_FORMAT, at);
            return size;
        }
        guint marker = data[at + 1];
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        at += 2;
        if (marker == EOI)
            return at;
        if (marker == SOI)
            audit_say(s->findings, "preview", "the start of another picture within");
        else if (marker == TEM || (marker >= RST0 && marker <= RST7))
            audit_say(s->findings, "unknown", "a marker 0x%02x where none belongs", marker);
        if (marker == SOI || marker == TEM || (marker >= RST0 && marker <= RST7))
            continue;
        gsize length = size - at >= 2 ? (gsize)data[at] << 8 | data[at + 1] : 0; /* counts itself */
        if (length < 2 || length > size - at)
            break;
        s->data = data + at + 2;
        s->size = length - 2;
        audit_segment(s, marker);
        if (marker == APP13 && scans > 0) /* blocks_from_jpeg() does not come so far */
            audit_say(s->findings, "photoshop", "an APP13 segment behind the picture's first scan");
        at += length;
        if (marker == SOS) {
            at = whole_skip_scan(data, size, at);
            scans++;
        }
    }
    audit_say(s->findings, "broken", "the JPEG has no end");
    return size;
}

/* The picture that begins at this byte; gives where it ends. */
static gsize audit_picture(GBytes *file, gsize from, GPtrArray *findings)
{
    gsize size;
    g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(file, from, g_bytes_get_size(file) - from);
    const guchar *data = g_bytes_get_data(bytes, &size);
    Blocks blocks;
    blocks_from_jpeg(&blocks, bytes);
    Segment segment = { .file = bytes, .findings = findings, .extended = blocks.extended };
    gsize end = walk(&segment, data, size);
    if (blocks.photoshop) /* whose segments are parts of one */
        auditor_photoshop(findings, blocks.photoshop);
    blocks_clear(&blocks);
    return from + end;
}

/* Behind a picture, and perhaps zeros that fill up a block, another one may begin (CIPA DC-007), which has
 * EXIF of its own. */
static gboolean find_next(const guchar *data, gsize size, gsize *at)
{
    while (*at < size && data[*at] == 0)
        (*at)++;
    return size - *at >= 3 && data[*at] == 0xff && data[*at + 1] == SOI && data[*at + 2] == 0xff;
}

void audit_jpeg(GBytes *bytes, GPtrArray *findings)
{
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size);
    gsize end = audit_picture(bytes, 0, findings);
    auditor_trailing(findings, size - end);
    for (guint further = 0; further < MOST_FURTHER && find_next(data, size, &end); further++)
        end = audit_picture(bytes, end, findings);
}
