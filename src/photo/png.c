#include "photo/png.h"

#include <gio/gio.h>
#include <string.h>

#include "photo/rawprofile.h"

#define SIGNATURE 8
#define AROUND 12 /* length, type and check sum of a chunk */
#define RAW_PROFILE "Raw profile type "
#define XMP_KEYWORD "XML:com.adobe.xmp"

#define MOST_TEXT (16 << 20) /* bytes of a text when it is unpacked */

static guint32 read_32(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* NULL for what is no zlib stream, or a bomb. */
static GBytes *unpack(const guchar *data, gsize size)
{
    g_autoptr(GZlibDecompressor) zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    g_autoptr(GByteArray) out = g_byte_array_new();
    GConverterResult result = G_CONVERTER_CONVERTED;
    while (result != G_CONVERTER_FINISHED && out->len < MOST_TEXT) {
        guchar part[16384];
        gsize read, written;
        result = g_converter_convert(G_CONVERTER(zlib), data, size, part, sizeof part,
                                     G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
        if (result == G_CONVERTER_ERROR)
            return NULL;
        g_byte_array_append(out, part, (guint)written);
        data += read;
        size -= read;
    }
    return result == G_CONVERTER_FINISHED ? g_byte_array_free_to_bytes(g_steal_pointer(&out)) : NULL;
}

/* Behind a text that ends with a NUL, or NULL. */
static const guchar *skip_text(const guchar *p, const guchar *end)
{
    const guchar *nul = p && p < end ? memchr(p, 0, (gsize)(end - p)) : NULL;
    return nul ? nul + 1 : NULL;
}

/* The text of a chunk: tEXt has it behind its keyword, zTXt packed, iTXt either way behind two more texts. */
static GBytes *read_text(const guchar *chunk, const guchar *keyword, gsize size)
{
    const guchar *end = keyword + size, *p = skip_text(keyword, end);
    gboolean packed = memcmp(chunk + 4, "zTXt", 4) == 0;
    if (memcmp(chunk + 4, "iTXt", 4) == 0) {
        packed = p && p < end && *p;
        p = p && end - p > 2 ? skip_text(skip_text(p + 2, end), end)
                             : NULL; /* flag, method; language, keyword */
    } else if (packed)
        p = p && p < end ? p + 1 : NULL; /* method */
    if (!p)
        return NULL;
    return packed ? unpack(p, (gsize)(end - p)) : g_bytes_new(p, (gsize)(end - p));
}

static void take_text(Blocks *blocks, const guchar *chunk, const guchar *keyword, gsize size)
{
    const char *name = (const char *)keyword;
    gboolean raw = size >= sizeof RAW_PROFILE && memcmp(name, RAW_PROFILE, sizeof RAW_PROFILE - 1) == 0;
    gboolean xmp = size >= sizeof XMP_KEYWORD && memcmp(name, XMP_KEYWORD, sizeof XMP_KEYWORD) == 0;
    g_autoptr(GBytes) text = raw || xmp ? read_text(chunk, keyword, size) : NULL;
    gsize length = 0;
    const char *data = text ? g_bytes_get_data(text, &length) : NULL;
    if (raw && length > 0) {
        g_autofree char *ended = g_strndup(data, length);
        rawprofile_add(blocks, ended);
    } else if (xmp && text && !blocks->xmp)
        blocks->xmp = g_steal_pointer(&text);
    else if (!raw && !xmp)
        blocks->has_comment = TRUE;
}

void png_read_blocks(Blocks *blocks, GBytes *bytes)
{
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size);
    for (gsize at = SIGNATURE; at < size && size - at >= AROUND;) {
        const guchar *chunk = data + at, *type = chunk + 4;
        gsize length = read_32(chunk);
        if (length > size - at - AROUND)
            break;
        if (memcmp(type, "eXIf", 4) == 0 && !blocks->exif) {
            blocks->exif = g_bytes_new_from_bytes(bytes, at + 8, length);
            blocks->exif_turns = TRUE;
        } else if (memcmp(type, "tEXt", 4) == 0 || memcmp(type, "zTXt", 4) == 0 ||
                   memcmp(type, "iTXt", 4) == 0)
            take_text(blocks, chunk, chunk + 8, length);
        else if (memcmp(type, "caBX", 4) == 0)
            blocks->has_c2pa = TRUE;
        else if (memcmp(type, "cICP", 4) == 0 && length >= 2) {
            blocks->primaries = chunk[8];
            blocks->transfer = chunk[9];
        }
        at += AROUND + length;
    }
}
