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

/* Of Central Europe, the West, Turkey and the Baltic. */
static gboolean is_latin(const char *charset)
{
    static const char *const latin[] = { "windows-1250", "windows-1252", "windows-1254", "windows-1257" };
    for (gsize i = 0; i < G_N_ELEMENTS(latin); i++)
        if (g_ascii_strcasecmp(charset, latin[i]) == 0)
            return TRUE;
    return FALSE;
}

/* How many bytes are valid UTF-8: all, or all but a last character that was cut behind other characters of
 * several bytes. 0 where it is none. */
static gsize utf8_length(const char *bytes, gsize size)
{
    const char *end;
    if (g_utf8_validate(bytes, (gssize)size, &end))
        return size;
    gsize valid = (gsize)(end - bytes), plain = 0;
    while (plain < valid && (guchar)bytes[plain] < 0x80)
        plain++;
    gboolean cut = g_utf8_get_char_validated(end, (gssize)(size - valid)) == (gunichar)-2;
    return cut && plain < valid ? valid : 0;
}

/* ---- Text that was encoded twice ---- */

/* The upper 128 characters of the code page; 0 for a byte that it has none for. */
static void make_table(gunichar table[128], GIConv converter)
{
    for (guint i = 0; i < 128; i++) {
        char in = (char)(0x80 + i), out[16], *from = &in, *to = out;
        gsize left = 1, room = sizeof out;
        gboolean ok = g_iconv(converter, &from, &left, &to, &room) != (gsize)-1;
        g_iconv(converter, NULL, NULL, &to, &room); /* a letter may wait for its points */
        table[i] = ok && to > out ? g_utf8_get_char(out) : 0;
    }
}

static gboolean find_byte(const gunichar table[128], gunichar c, guchar *byte)
{
    for (guint i = 0; i < 128; i++)
        if (table[i] == c) {
            *byte = (guchar)(0x80 + i);
            return TRUE;
        }
    *byte = (guchar)c; /* programs map a byte without a character to the one of its number */
    return c < 0xa0 || (c < 0x100 && table[c - 0x80] == 0);
}

/* The text as bytes of the code page, where they are valid UTF-8 and not all plain; else NULL. A blank behind
 * a letter is not enough for that: "ANDRÉ DUPONT" is as it should be. */
static char *mend_as(const char *text, const char *charset)
{
    GIConv converter = g_iconv_open("UTF-8", charset);
    if (converter == (GIConv)-1)
        return NULL;
    gunichar table[128];
    make_table(table, converter);
    g_iconv_close(converter);

    g_autoptr(GString) bytes = g_string_new(NULL);
    gboolean guessed = FALSE, sure = FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        guchar byte = (guchar)c;
        if (c >= 0x80 && !find_byte(table, c, &byte))
            return NULL;
        guchar before = bytes->len ? (guchar)bytes->str[bytes->len - 1] : 0;
        if (c == ' ' && before >= 0xc2 && before <= 0xdf) {
            byte = 0xa0; /* a no-break space that some program made a plain one */
            guessed = TRUE;
        } else
            sure = sure || (byte >= 0x80 && byte < 0xc0);
        g_string_append_c(bytes, (char)byte);
    }
    gsize valid = utf8_length(bytes->str, bytes->len);
    return valid && (sure || !guessed) ? g_strndup(bytes->str, valid) : NULL;
}

char *charset_mend(const char *text)
{
    const char *p = text;
    while (*p && (guchar)*p < 0x80)
        p++;
    if (!*p)
        return NULL;
    char *mended = mend_as(text, "WINDOWS-1252");
    return mended ? mended : mend_as(text, "WINDOWS-1255");
}

/* ---- Decoding ---- */

/* Takes ownership of text. */
static char *finish(char *text)
{
    char *mended = text ? charset_mend(text) : NULL;
    if (mended) {
        g_free(text);
        text = mended;
    }
    return text ? g_strstrip(text) : NULL;
}

char *charset_decode_utf16(gconstpointer data, gsize size)
{
    const guchar *bytes = size ? data : (const guchar *)"";
    gsize length = 0;
    while (length + 1 < size && (bytes[length] || bytes[length + 1]))
        length += 2;
    gboolean marked = length >= 2 && (bytes[0] ^ bytes[1]) == 1 && MAX(bytes[0], bytes[1]) == 0xff;
    gboolean big_endian = marked && bytes[0] == 0xfe;
    gsize skip = marked ? 2 : 0;
    return finish(g_convert((const char *)bytes + skip, (gssize)(length - skip), "UTF-8",
                            big_endian ? "UTF-16BE" : "UTF-16LE", NULL, NULL, NULL));
}

char *charset_decode(gconstpointer data, gsize size, const char *fallback)
{
    const char *bytes = size ? data : ""; /* no bytes may come as NULL */
    if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
        return charset_decode_utf16(bytes, size);
    const char *nul = size ? memchr(bytes, 0, size) : NULL;
    if (nul)
        size = (gsize)(nul - bytes);
    if (size >= 3 && memcmp(bytes, BOM, 3) == 0) {
        bytes += 3;
        size -= 3;
    }

    gsize valid = utf8_length(bytes, size);
    if (valid > 0 || size == 0)
        return finish(g_strndup(bytes, valid));

    const char *from = fallback ? fallback : CHARSET_FALLBACK;
    if (is_latin(from) && looks_hebrew((const guchar *)bytes, size))
        from = "windows-1255";
    return finish(g_convert(bytes, (gssize)size, "UTF-8", from, NULL, NULL, NULL));
}
