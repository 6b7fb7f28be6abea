/* Text of any encoding. What is decoded is UTF-8. */
#include "photo/charset.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check(char *text)
{
    g_assert_true(!text || g_utf8_validate(text, -1, NULL));
    g_free(text);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    check(charset_decode(data, size, NULL));
    check(charset_decode(data, size, "windows-1251"));
    check(charset_decode_utf16(data, size));
    if (g_utf8_validate((const char *)data, (gssize)size, NULL) && (size == 0 || !memchr(data, 0, size))) {
        g_autofree char *text = g_strndup((const char *)data, size);
        check(charset_mend(text));
    }
    return 0;
}
