#include "photo/blocks.h"

#include <string.h>

#include "photo/c2pa.h"
#include "photo/resources.h"

enum {
    TEM = 0x01,
    RST0 = 0xd0,
    SOF0 = 0xc0,
    SOF15 = 0xcf,
    DHT = 0xc4,
    JPG = 0xc8,
    DAC = 0xcc,
    SOI = 0xd8,
    EOI = 0xd9,
    SOS = 0xda,
    APP1 = 0xe1,
    APP2 = 0xe2,
    APP11 = 0xeb,
    APP13 = 0xed,
    APP14 = 0xee,
    COM = 0xfe
};

#define EXIF "Exif\0"
#define XMP "http://ns.adobe.com/xap/1.0/\0"
#define EXTENDED "http://ns.adobe.com/xmp/extension/\0"
#define ICC "ICC_PROFILE\0"
#define MPF "MPF\0"
#define PHOTOSHOP "Photoshop 3.0\0"

typedef struct {
    const guchar *data; /* behind the length field */
    gsize size;
} Segment;

static gboolean starts(const Segment *s, const char *prefix, gsize length)
{
    return s->size >= length && memcmp(s->data, prefix, length) == 0;
}
#define STARTS(segment, prefix) starts(segment, prefix, sizeof(prefix) - 1)

static GBytes *behind(GBytes *bytes, const Segment *s, gsize skip)
{
    const guchar *base = g_bytes_get_data(bytes, NULL);
    return g_bytes_new_from_bytes(bytes, (gsize)(s->data - base) + skip, s->size - skip);
}

/* Joins the chunks of an ICC profile, which say their number and count (ICC.1:2022 annex B.4). */
static GBytes *join_icc(GPtrArray *chunks)
{
    GByteArray *whole = g_byte_array_new();
    gsize head = sizeof(ICC) - 1 + 2;

    for (guint number = 1; number <= chunks->len; number++)
        for (guint i = 0; i < chunks->len; i++) {
            gsize size;
            const guchar *chunk = g_bytes_get_data(chunks->pdata[i], &size);
            if (chunk[head - 2] == number)
                g_byte_array_append(whole, chunk + head, (guint)(size - head));
        }
    return g_byte_array_free_to_bytes(whole);
}

/* Photoshop's resources are cut into segments wherever one is full. */
static GBytes *join_resources(GPtrArray *segments)
{
    if (segments->len == 1)
        return g_bytes_ref(segments->pdata[0]);
    GByteArray *whole = g_byte_array_new();
    for (guint i = 0; i < segments->len; i++) {
        gsize size;
        const guchar *data = g_bytes_get_data(segments->pdata[i], &size);
        g_byte_array_append(whole, data, (guint)size);
    }
    return g_byte_array_free_to_bytes(whole);
}

/* What comes in several segments. */
typedef struct {
    GPtrArray *icc, *photoshop;
} Parts;

static void take_segment(Blocks *blocks, GBytes *bytes, Parts *parts, guchar marker, const Segment *s)
{
    switch (marker) {
    case APP1:
        if (STARTS(s, EXIF) && !blocks->exif)
            blocks->exif = behind(bytes, s, 0);
        else if (STARTS(s, XMP) && !blocks->xmp)
            blocks->xmp = behind(bytes, s, sizeof(XMP) - 1);
        else if (STARTS(s, EXTENDED))
            g_ptr_array_add(blocks->extended, behind(bytes, s, sizeof(EXTENDED) - 1));
        break;
    case APP2:
        if (STARTS(s, ICC) && s->size > sizeof(ICC) + 1)
            g_ptr_array_add(parts->icc, behind(bytes, s, 0));
        else if (STARTS(s, MPF))
            blocks->has_preview = TRUE;
        break;
    case APP11:
        blocks->has_c2pa = blocks->has_c2pa || c2pa_is_segment(s->data, s->size);
        break;
    case APP13:
        if (STARTS(s, PHOTOSHOP))
            g_ptr_array_add(parts->photoshop, behind(bytes, s, sizeof(PHOTOSHOP) - 1));
        break;
    case APP14:
        if (STARTS(s, "Adobe"))
            blocks->has_adobe = TRUE;
        break;
    case COM:
        blocks->has_comment = TRUE;
        break;
    default:
        break;
    }
}

static gboolean is_frame_header(guchar marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

/* Whether a scan has fewer components than the frame, or is the first of a progressive one. */
static gboolean is_partial(const guchar *frame, const guchar *scan, gsize scan_left)
{
    gboolean progressive = (frame[1] & 3) == 2; /* SOF2, SOF6, SOF10, SOF14 */
    return progressive || (scan_left > 4 && scan[4] < frame[9]);
}

void blocks_from_resources(Blocks *blocks)
{
    if (!blocks->photoshop)
        return;
    if (!blocks->iptc)
        blocks->iptc = resources_find(blocks->photoshop, RESOURCE_IPTC);
    if (!blocks->exif)
        blocks->exif = resources_find(blocks->photoshop, RESOURCE_EXIF);
    if (!blocks->xmp)
        blocks->xmp = resources_find(blocks->photoshop, RESOURCE_XMP);
}

void blocks_from_jpeg(Blocks *blocks, GBytes *bytes)
{
    *blocks = (Blocks){ .extended = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref) };
    g_autoptr(GPtrArray) icc = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GPtrArray) photoshop = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    Parts parts = { icc, photoshop };
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size), *frame = NULL;

    for (gsize at = 2; at + 4 <= size;) {
        if (data[at] != 0xff)
            break;
        guchar marker = data[at + 1];
        if (marker == 0xff) { /* a fill byte */
            at++;
            continue;
        }
        if (marker == TEM || (marker >= RST0 && marker <= SOI)) { /* without a length */
            at += 2;
            continue;
        }
        if (marker == SOS && frame)
            blocks->multiscan = is_partial(frame, data + at, size - at);
        if (marker == SOS || marker == EOI)
            break;
        gsize length = (gsize)data[at + 2] << 8 | data[at + 3]; /* counts itself */
        if (length < 2 || at + 2 + length > size)
            break;
        if (is_frame_header(marker) && length >= 8)
            frame = data + at;
        Segment segment = { data + at + 4, length - 2 };
        take_segment(blocks, bytes, &parts, marker, &segment);
        at += 2 + length;
    }

    if (icc->len > 0)
        blocks->icc = join_icc(icc);
    if (photoshop->len > 0)
        blocks->photoshop = join_resources(photoshop);
    blocks_from_resources(blocks);
}

void blocks_clear(Blocks *blocks)
{
    g_clear_pointer(&blocks->exif, g_bytes_unref);
    g_clear_pointer(&blocks->icc, g_bytes_unref);
    g_clear_pointer(&blocks->xmp, g_bytes_unref);
    g_clear_pointer(&blocks->extended, g_ptr_array_unref);
    g_clear_pointer(&blocks->photoshop, g_bytes_unref);
    g_clear_pointer(&blocks->iptc, g_bytes_unref);
}
