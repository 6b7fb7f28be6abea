#include "photo/c2pa.h"

#include <string.h>

static const guchar store_uuid[16] = { 0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c,
                                       0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81 };

static guint32 read_big(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static guint32 read_little(const guchar *p)
{
    return (guint32)p[3] << 24 | (guint32)p[2] << 16 | (guint32)p[1] << 8 | p[0];
}

/* Each chunk: type, length, content, filled up to an even length. */
static gboolean is_in_webp(const guchar *data, gsize size)
{
    for (gsize at = 12; at < size && size - at >= 8;) {
        guint64 length = read_little(data + at + 4);
        guint64 whole = 8 + length + (length & 1);
        if (memcmp(data + at, "C2PA", 4) == 0)
            return TRUE;
        if (whole > size - at)
            break;
        at += whole;
    }
    return FALSE;
}

/* Each box: length with itself (1: 64 bits of it follow the type; 0: up to the end), type, content. */
static gboolean is_in_heif(const guchar *data, gsize size)
{
    for (gsize at = 0; at < size && size - at >= 24;) {
        guint64 whole = read_big(data + at), head = 8;
        if (whole == 1) {
            head = 16;
            whole = (guint64)read_big(data + at + 8) << 32 | read_big(data + at + 12);
        }
        if (memcmp(data + at + 4, "uuid", 4) == 0 && size - at >= head + sizeof store_uuid &&
            memcmp(data + at + head, store_uuid, sizeof store_uuid) == 0)
            return TRUE;
        if (whole < head || whole > size - at)
            break;
        at += whole;
    }
    return FALSE;
}

gboolean c2pa_is_in(Format format, GBytes *bytes)
{
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size);
    switch (format) {
    case FORMAT_WEBP:
        return is_in_webp(data, size);
    case FORMAT_HEIF:
        return is_in_heif(data, size);
    default:
        return FALSE;
    }
}

gboolean c2pa_is_segment(const guchar *data, gsize size)
{
    enum { BOX = 8 };                /* behind "JP", instance and sequence number */
    enum { LABEL = 8 + 8 + 16 + 1 }; /* behind both boxes' heads, the type's UUID and the toggles */
    if (size < BOX + 8 || memcmp(data, "JP", 2) != 0 || memcmp(data + BOX + 4, "jumb", 4) != 0)
        return FALSE;
    gsize at = BOX + (read_big(data + BOX) == 1 ? 8 : 0); /* a length of 64 bits */
    return size >= at + LABEL + 5 && memcmp(data + at + 12, "jumd", 4) == 0 &&
           memcmp(data + at + LABEL, "c2pa", 5) == 0;
}
