#include "photo/whole.h"

#include <string.h>

#include "base/format.h"
#include "photo/tiff.h"

#define LONGEST_SIGNATURE 12 /* bytes; with fewer, nobody can tell a format */

typedef struct {
    const guchar *data;
    gsize size;
} File;

static guint32 read_32(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* Room that was set aside for what is still to come is zero. */
static gboolean is_zero(const File *file, gsize from)
{
    while (from < file->size && file->data[from] == 0)
        from++;
    return from >= file->size;
}

/* ---- JPEG ---- */

enum { RST0 = 0xd0, RST7 = 0xd7, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, TEM = 0x01 };

gsize whole_skip_scan(const guchar *data, gsize size, gsize at)
{
    for (;;) {
        const guchar *ff = at < size ? memchr(data + at, 0xff, size - at) : NULL;
        if (!ff)
            return size;
        at = (gsize)(ff - data);
        guint next = at + 1 < size ? data[at + 1] : 0;
        if (next != 0 && next != 0xff && (next < RST0 || next > RST7))
            return at;
        at += next == 0xff ? 1 : 2;
    }
}

static gboolean is_whole_jpeg(const File *file)
{
    gsize at = 0;
    while (at + 1 < file->size) {
        if (file->data[at] != 0xff) /* no marker, where one must be */
            return !is_zero(file, at);
        guint marker = file->data[at + 1];
        if (marker == EOI)
            return TRUE;
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        at += 2;
        if (marker == SOI || marker == TEM || (marker >= RST0 && marker <= RST7))
            continue;
        if (at + 2 > file->size)
            return FALSE;
        gsize length = (gsize)file->data[at] << 8 | file->data[at + 1];
        if (length < 2)
            return !is_zero(file, at);
        at += length;
        if (marker == SOS)
            at = whole_skip_scan(file->data, file->size, at);
    }
    return FALSE;
}

/* ---- The others ---- */

static gboolean is_whole_png(const File *file)
{
    enum { SIGNATURE = 8, AROUND = 12 }; /* length, type and check sum of a chunk */
    gsize at = SIGNATURE;
    while (at <= file->size && file->size - at >= AROUND) {
        guint64 length = read_32(file->data + at);
        if (length > file->size - at - AROUND)
            return FALSE;
        if (memcmp(file->data + at + 4, "IEND", 4) == 0)
            return TRUE;
        if (length == 0 && is_zero(file, at))
            return FALSE;
        at += length + AROUND;
    }
    return FALSE;
}

/* ---- Holes: room that was set aside, and is followed by what has come, or by nothing ---- */

/* Bytes: of what an arithmetic coder wrote, so many in a row are never zero; of an upload, a block or more.
 */
#define BLOCK 4096

/* The same where the notes of a camera may have more. */
#define HOLE (16 * BLOCK)

/* Whether so many bytes in a row are zero; n is BLOCK or more. */
static gboolean has_hole(const guchar *data, gsize size, gsize n)
{
    static const guchar blank[BLOCK / 2];
    for (gsize at = 0; at + sizeof blank <= size; at += sizeof blank) {
        if (memcmp(data + at, blank, sizeof blank) != 0)
            continue;
        gsize from = at;
        while (from > 0 && data[from - 1] == 0)
            from--;
        while (at < size && data[at] == 0)
            at++;
        if (at - from >= n)
            return TRUE;
    }
    return FALSE;
}

static gboolean ends_blank(const guchar *data, gsize size)
{
    return size >= BLOCK && has_hole(data + size - BLOCK, BLOCK, BLOCK);
}

/* Decoders make a picture of a hole, too. */
static gboolean is_whole_riff(const File *file)
{
    enum { HEADER = 12, CHUNK = 8 };
    guint64 length = GUINT32_SWAP_LE_BE(read_32(file->data + 4));
    if (length + CHUNK > file->size)
        return FALSE;
    for (gsize at = HEADER; at + CHUNK <= file->size;) {
        const guchar *chunk = file->data + at;
        gsize size = MIN(GUINT32_SWAP_LE_BE(read_32(chunk + 4)), file->size - at - CHUNK);
        if (memcmp(chunk, "VP8 ", 4) == 0 && has_hole(chunk + CHUNK, size, BLOCK)) /* VP8L may have some */
            return FALSE;
        at += CHUNK + size + size % 2;
    }
    return TRUE;
}

static gboolean has_gap(const File *file, gsize at, gsize length)
{
    const guchar *box = file->data + at;
    return memcmp(box + 4, "mdat", 4) == 0 && (ends_blank(box, length) || has_hole(box, length, HOLE));
}

/* A box says its length in front; 1 stands for a longer length behind its type, 0 for all that is there. */
static gboolean is_whole_boxes(const File *file)
{
    gsize at = 0;
    while (at < file->size) {
        gsize left = file->size - at;
        if (left < 8)
            return FALSE;
        guint64 length = read_32(file->data + at);
        if (length == 0)
            return !is_zero(file, at);
        if (length == 1 && left < 16)
            return FALSE;
        if (length == 1)
            length = (guint64)read_32(file->data + at + 8) << 32 | read_32(file->data + at + 12);
        if (length < 8)
            return TRUE;
        if (length > left || has_gap(file, at, (gsize)length))
            return FALSE;
        at += length;
    }
    return TRUE;
}

gboolean whole_is(GBytes *bytes)
{
    File file;
    file.data = g_bytes_get_data(bytes, &file.size);
    if (file.size < LONGEST_SIGNATURE)
        return FALSE;
    switch (format_sniff(file.data, file.size)) {
    case FORMAT_JPEG:
        return is_whole_jpeg(&file);
    case FORMAT_PNG:
        return is_whole_png(&file);
    case FORMAT_WEBP:
        return is_whole_riff(&file);
    case FORMAT_HEIF:
        return is_whole_boxes(&file);
    case FORMAT_TIFF:
        return tiff_is_whole(bytes);
    default:
        return !is_zero(&file, 0);
    }
}
