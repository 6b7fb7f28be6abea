#include "photo/charset.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

/* In windows-1255 the 27 letters of the Hebrew alphabet, final forms included, are 0xE0 to 0xFA; in
 * windows-1252 these are accented Latin letters, which stand beside plain ones, as Hebrew letters do not. */
static gboolean looks_hebrew(const guchar *bytes, gsize size)
{
    gsize high = 0, hebrew = 0;
    for (gsize i = 0; i < size; i++) {
        gboolean beside_latin =
            (i > 0 && g_ascii_isalpha(bytes[i - 1])) || (i + 1 < size && g_ascii_isalpha(bytes[i + 1]));
        high += bytes[i] >= 0x80;
        hebrew += bytes[i] >= 0xe0 && bytes[i] <= 0xfa && !beside_latin;
    }
    return hebrew * 2 > high;
}

char *charset_decode(gconstpointer data, gsize size)
{
    const char *bytes = size ? data : ""; /* no bytes may come as NULL */
    const char *nul = size ? memchr(bytes, 0, size) : NULL;
    if (nul)
        size = (gsize)(nul - bytes);
    if (size >= 3 && memcmp(bytes, BOM, 3) == 0) {
        bytes += 3;
        size -= 3;
    }

    if (g_utf8_validate(bytes, (gssize)size, NULL))
        return g_strstrip(g_strndup(bytes, size));

    const char *from = looks_hebrew((const guchar *)bytes, size) ? "WINDOWS-1255" : "WINDOWS-1252";
    char *text = g_convert(bytes, (gssize)size, "UTF-8", from, NULL, NULL, NULL);
    return text ? g_strstrip(text) : NULL;
}
