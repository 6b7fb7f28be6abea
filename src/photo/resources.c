#include "photo/resources.h"

#include <string.h>

#define HEAD 6 /* signature and number */

static guint32 read_32(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static gsize even(gsize n)
{
    return n + (n & 1);
}

GBytes *resources_find(GBytes *resources, guint number)
{
    gsize size;
    const guchar *data = g_bytes_get_data(resources, &size);

    for (gsize at = 0; size - at > HEAD;) {
        const guchar *p = data + at;
        gsize name = even((gsize)p[HEAD] + 1); /* a length and as many letters */
        if (memcmp(p, "8BIM", 4) != 0 || size - at < HEAD + name + 4)
            return NULL;
        gsize begin = at + HEAD + name + 4;
        gsize length = read_32(data + begin - 4);
        if (length > size - begin)
            return NULL;
        if (((guint)p[4] << 8 | p[5]) == number)
            return g_bytes_new_from_bytes(resources, begin, length);
        at = begin + MIN(even(length), size - begin);
    }
    return NULL;
}
