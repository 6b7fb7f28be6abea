#include "photo/camera.h"

#include <string.h>

static const char *const phrases[] = { "digital camera",
                                       "digital still camera",
                                       "digital stillcamera",
                                       "sony dsc",
                                       "samsung camera pictures",
                                       "exif_jpeg_picture",
                                       "exif jpeg",
                                       "jpeg picture",
                                       "screenshot",
                                       "default",
                                       "untitled",
                                       "minolta dsc",
                                       "camera",
                                       "ascii" };
static const char *const endings[] = {
    " digital camera", " digital still camera", ".jpg", ".jpeg", ".heic", ".dng"
};

#define LONGEST_FILTER 8 /* letters; Huawei: cof, oznor, fznorhdr */

/* One short word of small Latin letters, as telephones name their filters. */
static gboolean is_filter(const char *text)
{
    gsize n = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    return n <= LONGEST_FILTER && text[n] == '\0';
}

gboolean camera_wrote(const char *text)
{
    g_autofree char *folded = g_ascii_strdown(text, -1);
    g_strstrip(folded);
    for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
        if (strcmp(folded, phrases[i]) == 0)
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) /* a maker's name has no sentence in front */
        if (g_str_has_suffix(folded, endings[i]) && !strchr(folded, ','))
            return *endings[i] != '.' ? strlen(folded) < 50 : !strpbrk(folded, " \t\n");
    return is_filter(text);
}
