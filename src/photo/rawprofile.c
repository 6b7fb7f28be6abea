#include "photo/rawprofile.h"

#include <string.h>

#define EXIF "Exif\0"
#define XMP "http://ns.adobe.com/xap/1.0/\0"

/* NULL where there are not as many bytes as the text says. */
static GBytes *decode(const char *digits, guint64 length)
{
    if (length == 0 || length > strlen(digits) / 2)
        return NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new((guint)length);
    while (bytes->len < length) {
        digits += strspn(digits, " \t\r\n");
        if (!g_ascii_isxdigit(digits[0]) || !g_ascii_isxdigit(digits[1]))
            return NULL;
        guint8 byte = (guint8)(g_ascii_xdigit_value(digits[0]) << 4 | g_ascii_xdigit_value(digits[1]));
        g_byte_array_append(bytes, &byte, 1);
        digits += 2;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static gboolean starts(GBytes *bytes, const char *prefix, gsize length)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    return size >= length && memcmp(data, prefix, length) == 0;
}
#define STARTS(bytes, prefix) starts(bytes, prefix, sizeof(prefix) - 1)

/* What a profile is, is told by how it begins: programs write the same ones under several names. */
static GBytes **find_place(Blocks *blocks, GBytes *profile, const char *name, gsize *skip)
{
    *skip = STARTS(profile, XMP) ? sizeof(XMP) - 1 : 0;
    if (STARTS(profile, EXIF) || g_ascii_strncasecmp(name, "exif", 4) == 0)
        return &blocks->exif;
    if (STARTS(profile, XMP) || g_ascii_strncasecmp(name, "xmp", 3) == 0)
        return &blocks->xmp;
    if (STARTS(profile, "8BIM"))
        return &blocks->photoshop;
    return STARTS(profile, "\x1c") ? &blocks->iptc : NULL;
}

void rawprofile_add(Blocks *blocks, const char *text)
{
    const char *name = text + strspn(text, " \t\r\n");
    const char *line = strchr(name, '\n');
    char *digits = NULL;
    guint64 length = line ? g_ascii_strtoull(line, &digits, 10) : 0;
    g_autoptr(GBytes) profile = digits ? decode(digits, length) : NULL;
    if (!profile)
        return;

    gsize skip;
    GBytes **block = find_place(blocks, profile, name, &skip);
    if (block && !*block)
        *block = g_bytes_new_from_bytes(profile, skip, g_bytes_get_size(profile) - skip);
}
