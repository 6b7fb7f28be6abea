#include "render/jpeg.h"

#include <string.h>

#include "base/error.h"
#include "render/jpeg_codec.h"
#include "render/jpeg_rows.h"

enum { DHT = 0xc4, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, DQT = 0xdb, APP0 = 0xe0, APP1 = 0xe1 };
enum { SOF0 = 0xc0, SOF2 = 0xc2 }; /* baseline and progressive */
enum { LONGEST_SEGMENT = 65535 };  /* bytes, its length field counted */

static const char JFIF[] = "JFIF";                        /* with its NUL */
static const char XMP[] = "http://ns.adobe.com/xap/1.0/"; /* XMP specification part 3, with its NUL */

typedef struct {
    guint marker;
    const guint8 *data; /* behind the length field */
    gsize size;
    gsize end; /* where the next one begins */
} Segment;

/* The segment at this offset. FALSE where there is none that lies within the file. */
static gboolean read_segment(const guint8 *data, gsize size, gsize at, Segment *segment)
{
    if (size - at < 4 || data[at] != 0xff)
        return FALSE;
    gsize length = (gsize)data[at + 2] << 8 | data[at + 3];
    if (length < 2 || length > size - at - 2)
        return FALSE;
    *segment = (Segment){ data[at + 1], data + at + 4, length - 2, at + 2 + length };
    return TRUE;
}

/* ---- Writing ---- */

/* The packet's segment, behind JFIF's own, which must come first. */
static GBytes *add_xmp(GBytes *pixels, GBytes *xmp, GError **error)
{
    gsize size, packet_size;
    const guint8 *data = g_bytes_get_data(pixels, &size), *packet = g_bytes_get_data(xmp, &packet_size);
    gsize length = 2 + sizeof XMP + packet_size;
    Segment jfif;
    if (length > LONGEST_SEGMENT || !read_segment(data, size, 2, &jfif)) {
        error_failed(error,
                     "The rights packet cannot be put into a JPEG; make the preset's group [rights] shorter");
        return NULL;
    }
    const guint8 head[] = { 0xff, APP1, (guint8)(length >> 8), (guint8)length };
    GByteArray *file = g_byte_array_sized_new((guint)(size + length + 2));
    g_byte_array_append(file, data, (guint)jfif.end);
    g_byte_array_append(file, head, sizeof head);
    g_byte_array_append(file, (const guint8 *)XMP, sizeof XMP);
    g_byte_array_append(file, packet, (guint)packet_size);
    g_byte_array_append(file, data + jfif.end, (guint)(size - jfif.end));
    return g_byte_array_free_to_bytes(file);
}

GBytes *jpeg_encode(const Frame *frame, double quality, GBytes *xmp, GError **error)
{
    g_autoptr(GBytes) pixels = jpeg_rows_encode(frame, quality, error);
    if (!pixels || !xmp)
        return g_steal_pointer(&pixels);
    return add_xmp(pixels, xmp, error);
}

Frame *jpeg_decode(GBytes *bytes, guint width, guint height, GError **error)
{
    return jpeg_codec_decode(bytes, width, height, FALSE, NULL, error);
}

/* ---- Checking ---- */

static gboolean is_packet(const Segment *segment, GBytes *xmp)
{
    gsize size;
    const guint8 *packet = g_bytes_get_data(xmp, &size);
    return segment->size == sizeof XMP + size && memcmp(segment->data, XMP, sizeof XMP) == 0 &&
           memcmp(segment->data + sizeof XMP, packet, size) == 0;
}

static gboolean has_size(const Segment *frame, guint width, guint height)
{
    const guint8 *d = frame->data; /* precision, height, width, number of components */
    return frame->size > 5 && (guint)(d[1] << 8 | d[2]) == height && (guint)(d[3] << 8 | d[4]) == width;
}

/* Where the entropy-coded data behind a scan's header end: at the next marker. */
static gsize skip_scan(const guint8 *data, gsize size, gsize at)
{
    while (at + 1 < size && (data[at] != 0xff || data[at + 1] == 0))
        at++;
    return at;
}

static gboolean check_segments(const guint8 *data, gsize size, guint width, guint height, GBytes *xmp)
{
    guint frames = 0, packets = 0;
    gsize at = 2;
    if (size < 4 || data[0] != 0xff || data[1] != SOI)
        return FALSE;
    for (Segment s; !(size - at == 2 && data[at] == 0xff && data[at + 1] == EOI); at = s.end) {
        if (!read_segment(data, size, at, &s))
            return FALSE;
        switch (s.marker) {
        case APP0:
            if (at != 2 || s.size != 14 || memcmp(s.data, JFIF, sizeof JFIF) != 0)
                return FALSE; /* and no thumbnail in it */
            break;
        case APP1:
            if (!xmp || packets++ > 0 || !is_packet(&s, xmp))
                return FALSE;
            break;
        case SOF0:
        case SOF2:
            if (frames++ > 0 || !has_size(&s, width, height))
                return FALSE;
            break;
        case SOS:
            s.end = skip_scan(data, size, s.end);
            break;
        case DQT:
        case DHT:
            break;
        default:
            return FALSE;
        }
    }
    return frames == 1 && packets == (xmp ? 1 : 0);
}

gboolean jpeg_check(GBytes *bytes, guint width, guint height, GBytes *xmp, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    return check_segments(data, size, width, height, xmp) ||
           error_failed(error, "The %u x %u variant did not pass its check before publication", width,
                        height);
}
