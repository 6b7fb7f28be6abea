#include "desk/filename.h"

#include <string.h>

#define LONGEST_STEM 120 /* bytes, so that a name with rendition, width and hash stays under 255 */
#define HASH_DIGITS 10

char *filename_stem(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    const char *dot = strrchr(composed, '.');
    GString *stem = g_string_new(NULL);

    for (const char *p = composed; *p && p != dot && stem->len < LONGEST_STEM; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '_') && c != 0xfffd)
            g_string_append_unichar(stem, c);
        else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
            g_string_append_c(stem, '-');
    }
    while (stem->len > 0 && stem->str[stem->len - 1] == '-')
        g_string_truncate(stem, stem->len - 1);
    if (stem->len == 0)
        g_string_append(stem, "photo");
    return g_string_free(stem, FALSE);
}

char *filename_variant(const char *stem, const char *rendition, guint width, const char *digest,
                       const char *ending)
{
    return g_strdup_printf("%s-%s-%u-%.*s.%s", stem, rendition, width, HASH_DIGITS, digest, ending);
}

/* Steps back over the characters of set that end before end. */
static const char *step_back(const char *begin, const char *end, const char *set)
{
    while (end > begin && strchr(set, end[-1]))
        end--;
    return end;
}

/* Where the width and the hash of such a name begin. */
typedef struct {
    const char *width, *hash;
} Parts;

/* FALSE for another name. */
static gboolean split(const char *name, Parts *parts)
{
    const char *dot = strrchr(name, '.');
    if (!dot || (strcmp(dot, ".webp") != 0 && strcmp(dot, ".jpg") != 0))
        return FALSE;
    const char *digits = step_back(name, dot, "0123456789abcdef");
    if (dot - digits != HASH_DIGITS || digits - name < 2 || digits[-1] != '-')
        return FALSE;
    const char *width = step_back(name, digits - 1, "0123456789");
    if (width == digits - 1 || width - name < 2 || width[-1] != '-')
        return FALSE;
    const char *dash = memrchr(name, '-', (gsize)(width - 1 - name));
    if (!dash || dash == name || dash + 1 == width - 1)
        return FALSE; /* a stem, a rendition */
    *parts = (Parts){ width, digits };
    return TRUE;
}

gboolean filename_is_variant(const char *name)
{
    Parts parts;
    return split(name, &parts);
}

char *filename_rendition(const char *name, const char *stem)
{
    Parts parts;
    gsize n = strlen(stem);
    if (n == 0 || strncmp(name, stem, n) != 0 || name[n] != '-' || !split(name, &parts))
        return NULL;
    const char *begin = name + n + 1, *end = parts.width - 1;
    return begin < end ? g_strndup(begin, (gsize)(end - begin)) : NULL;
}

gboolean filename_has_digest(const char *name, const char *digest)
{
    Parts parts;
    return split(name, &parts) && strncmp(parts.hash, digest, HASH_DIGITS) == 0;
}
