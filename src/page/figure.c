#include "page/figure.h"

#include <string.h>

#include "base/comma.h"
#include "page/escape.h"

static char *address(const Album *album, const FigureUse *use, const char *file)
{
    return use->near ? escape_address(file) : album_address(album, file);
}

static char *srcset(const Album *album, const FigureUse *use, const ManifestFile *files, guint n)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_autofree char *where = address(album, use, files[i].file);
        g_string_append_printf(list, "%s%s %uw", i > 0 ? ", " : "", where, files[i].width);
    }
    return g_string_free(list, FALSE);
}

/* What is seen until the picture covers it. */
static char *background(const char *placeholder)
{
    if (!placeholder)
        return g_strdup("");
    return *placeholder == '#' ? g_strconcat(";background:", placeholder, NULL)
                               : g_strconcat(";background:url(", placeholder, ") 0 0/cover", NULL);
}

static void append_img(GString *page, const Album *album, guint i, const char *rendition,
                       const FigureUse *use)
{
    const AlbumPhoto *photo = album->photos->pdata[i];
    guint n;
    const ManifestFile *files = album_files(photo, rendition, &n);
    const ManifestFile *widest = &files[n - 1];
    g_autofree char *set = srcset(album, use, files, n);
    g_autofree char *src = address(album, use, widest->file);
    escape_print(page, "<img src=\"%s\" srcset=\"%s\" sizes=\"%s\" width=\"%u\" height=\"%u\"", src, set,
                 use->sizes ? use->sizes : album->preset->page.sizes, widest->width, widest->height);
    g_string_append_printf(page, " loading=\"%s\"%s", i == album->lead || i == 0 ? "eager" : "lazy",
                           i == album->lead ? " fetchpriority=\"high\"" : "");
    g_autofree char *behind = background(photo->is.placeholder);
    /* it shrinks with its column, whatever the article's own style says */
    escape_print(page, " decoding=\"async\" alt=\"%s\" style=\"max-width:100%%;height:auto%s\">\n",
                 photo->is.alt, behind);
}

/* The renditions of a figure that a photo has, the best first. */
static GPtrArray *formats(const Album *album, const AlbumPhoto *photo)
{
    GPtrArray *list = g_ptr_array_new();
    for (char **name = album->figure; *name; name++)
        if (album_widest(photo, *name))
            g_ptr_array_add(list, *name);
    return list;
}

/* Where there are several formats, the last one is for browsers that know none of the others. */
static void append_picture(GString *page, const Album *album, guint i, const FigureUse *use)
{
    const AlbumPhoto *photo = album->photos->pdata[i];
    g_autoptr(GPtrArray) names = formats(album, photo);
    if (names->len == 0)
        return;
    if (names->len > 1)
        g_string_append(page, "<picture>\n");
    for (guint k = 0; k + 1 < names->len; k++) {
        guint n;
        const ManifestFile *files = album_files(photo, names->pdata[k], &n);
        g_autofree char *set = srcset(album, use, files, n);
        escape_print(page, "<source type=\"%s\" srcset=\"%s\" sizes=\"%s\" width=\"%u\" height=\"%u\">\n",
                     files->type, set, use->sizes ? use->sizes : album->preset->page.sizes,
                     files[n - 1].width, files[n - 1].height);
    }
    append_img(page, album, i, names->pdata[names->len - 1], use);
    if (names->len > 1)
        g_string_append(page, "</picture>\n");
}

/* Each name is isolated, as on the picture: so the two have them in the same order. */
static void append_credit(GString *page, const AlbumPhoto *photo)
{
    const ManifestPhoto *is = &photo->is;
    g_autofree char *names = album_credit(photo);
    gboolean labelled = g_str_has_suffix(is->credit_text, names) && strlen(is->credit_text) > strlen(names);
    g_string_append(page, "<bdi class=\"photodesk-credit\">");
    if (labelled) {
        g_autofree char *label = g_strndup(is->credit_text, strlen(is->credit_text) - strlen(names));
        escape_print(page, "%s", label);
        const char *comma = comma_between(is->creators);
        for (char **name = is->creators; *name; name++)
            escape_print(page, "%s<bdi>%s</bdi>", name > is->creators ? comma : "", *name);
        if (is->agency)
            escape_print(page, "%s<bdi>%s</bdi>", *is->creators ? "/" : "", is->agency);
    } else /* its own first letter tells its direction */
        escape_print(page, "%s", is->credit_text);
    g_string_append(page, "</bdi>");
}

void figure_append(GString *page, const Album *album, guint i, const FigureUse *use)
{
    const AlbumPhoto *photo = album->photos->pdata[i];
    const ManifestPhoto *is = &photo->is;
    const char *dir = is->rtl ? "rtl" : "ltr";
    escape_print(page, "<figure class=\"photodesk\" lang=\"%s\" dir=\"%s\">\n", is->language, dir);
    append_picture(page, album, i, use);
    if (*is->caption || is->credit_text)
        g_string_append(page, "<figcaption>");
    if (*is->caption) /* its dir isolates it: no mark in it turns what follows */
        escape_print(page, "<span class=\"photodesk-caption\" dir=\"%s\">%s</span>", dir, is->caption);
    if (*is->caption && is->credit_text)
        g_string_append_c(page, ' ');
    if (is->credit_text)
        append_credit(page, photo);
    if (*is->caption || is->credit_text)
        g_string_append(page, "</figcaption>\n");
    g_string_append(page, "</figure>\n");
}

char *figure_all(const Album *album)
{
    static const FigureUse article = { 0 };
    GString *page = g_string_new(NULL);
    for (guint i = 0; i < album->photos->len; i++)
        figure_append(page, album, i, &article);
    return g_string_free(page, FALSE);
}
