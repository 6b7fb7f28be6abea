#include "photo/extended.h"

#include <string.h>

enum { GUID = 32, HEAD = GUID + 4 + 4 };

static guint32 read_32(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* The content of a part that belongs to this whole, or NULL. */
static const guchar *open_part(GBytes *part, const char *guid, gsize *whole, gsize *offset, gsize *size)
{
    const guchar *data = g_bytes_get_data(part, size);
    if (*size <= HEAD || memcmp(data, guid, GUID) != 0)
        return NULL;
    *whole = read_32(data + GUID);
    *offset = read_32(data + GUID + 4);
    *size -= HEAD;
    return data + HEAD;
}

GBytes *extended_join(const GPtrArray *parts, const char *guid, gsize max)
{
    g_autofree guchar *joined = NULL;
    g_autofree guint8 *given = NULL; /* a mark for each byte that has come */
    gsize length = 0, come = 0;

    for (guint i = 0; strlen(guid) == GUID && i < parts->len; i++) {
        gsize whole, offset, size;
        const guchar *data = open_part(parts->pdata[i], guid, &whole, &offset, &size);
        if (!data)
            continue;
        if (!joined) {
            if (whole > max)
                return NULL;
            length = whole;
            joined = g_malloc(length + 1);
            given = g_malloc0(length + 1);
        }
        if (whole != length || offset > length || size > length - offset || memchr(given + offset, 1, size))
            return NULL;
        memcpy(joined + offset, data, size);
        memset(given + offset, 1, size);
        come += size;
    }
    return joined && come == length ? g_bytes_new_take(g_steal_pointer(&joined), length) : NULL;
}
