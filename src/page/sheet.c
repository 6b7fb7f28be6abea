#include "page/sheet.h"

#include "page/entry.h"
#include "page/escape.h"
#include "page/sheet.css.h" /* made from sheet.css and sheet.js */
#include "page/sheet.js.h"

#define LEAST_WIDTH 240
#define MOST_WIDTH 1920 /* px, of the view of any width */

static void append_head(GString *page, const char *title, const char *kicker, const Phrases *say)
{
    escape_print(page,
                 "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" SHEET_MARK
                 "\n<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n"
                 "<title>%s · %s</title>\n",
                 say->language, say->rtl ? "rtl" : "ltr", title, kicker);
    g_string_append_printf(page, "<style>\n%s</style>\n</head>\n", sheet_css);
}

static void append_summary(GString *page, const Album *album, const Phrases *say)
{
    guint files = 0, warnings = 0;
    gsize bytes = 0;
    for (guint i = 0; i < album->photos->len; i++) {
        const AlbumPhoto *photo = album->photos->pdata[i];
        const ManifestPhoto *is = &photo->is;
        files += is->n_files;
        warnings += entry_warnings(photo);
        for (guint k = 0; k < is->n_files; k++)
            bytes += is->files[k].bytes;
    }
    escape_print(page, "<dl class=\"summary\">\n<div><dt>%s</dt><dd>%u</dd></div>\n", say->photos,
                 album->photos->len);
    escape_print(page, "<div><dt>%s</dt><dd>%u · <bdi dir=\"ltr\">%.1f MB</bdi></dd></div>\n", say->files,
                 files, bytes / 1e6);
    escape_print(page, "<div class=\"%s\"><dt>%s</dt><dd>%u</dd></div>\n", warnings > 0 ? "warnings" : "",
                 say->warnings, warnings);
    escape_print(page, "<div><dt>%s</dt><dd><bdi>%s</bdi></dd></div>\n</dl>\n", say->preset,
                 album->preset->name);
}

/* All photos at a glance, each a link to its entry. */
static void append_overview(GString *page, const Album *album, const Phrases *say)
{
    escape_print(page, "<nav aria-label=\"%s\"><ol>\n", say->photos);
    for (guint i = 0; i < album->photos->len; i++) {
        const AlbumPhoto *photo = album->photos->pdata[i];
        const ManifestFile *thumb = entry_thumb(photo);
        escape_print(page, "<li><a href=\"#photo-%u\">", i + 1);
        if (thumb) {
            g_autofree char *address = escape_address(thumb->file);
            escape_print(page, "<img src=\"%s\" width=\"%u\" height=\"%u\" loading=\"lazy\" alt=\"\">",
                         address, thumb->width, thumb->height);
        }
        escape_print(page, "<span class=\"name\"><b>%u</b> ", i + 1);
        escape_name(page, photo->name);
        g_string_append(page, "</span>");
        guint warnings = entry_warnings(photo);
        if (warnings > 0)
            escape_print(page, "<span class=\"flag\">%s: %u</span>", say->warnings, warnings);
        g_string_append(page, "</a></li>\n");
    }
    g_string_append(page, "</ol></nav>\n");
}

/* It does nothing without the script, which shows it. */
static void append_controls(GString *page, const Phrases *say)
{
    escape_print(page,
                 "<form class=\"controls\" aria-label=\"%s\" hidden><label for=\"width\">%s</label>\n"
                 "<input type=\"range\" id=\"width\" min=\"%u\" max=\"%u\" step=\"1\">\n"
                 "<output for=\"width\" dir=\"ltr\"></output>\n"
                 "<button type=\"reset\">%s</button></form>\n",
                 say->column, say->column, LEAST_WIDTH, MOST_WIDTH, say->fit);
}

char *sheet_text(const Album *album)
{
    const AlbumPhoto *lead = album->lead < album->photos->len ? album->photos->pdata[album->lead] : NULL;
    const Phrases *say = phrases_in(lead ? lead->is.language : album->preset->language);
    const char *title = *album->path ? album->path : say->sheet;
    const char *kicker = *album->path ? say->sheet : "photodesk";
    GString *page = g_string_new(NULL);
    append_head(page, title, kicker, say);
    escape_print(page,
                 "<body data-copied=\"%s\" data-by-hand=\"%s\" data-shown=\"%s\">\n"
                 "<a class=\"skip\" href=\"#photos\">%s</a>\n"
                 "<header class=\"top\"><div><p class=\"small\">%s</p><h1><bdi>%s</bdi></h1></div>\n",
                 say->copied, say->copy_by_hand, say->shown, say->to_photos, kicker, title);
    append_summary(page, album, say);
    g_string_append(page, "</header>\n");
    if (album->photos->len > 0) {
        append_overview(page, album, say);
        append_controls(page, say);
    }
    g_string_append(page, "<main id=\"photos\" tabindex=\"-1\">\n");
    if (album->photos->len == 0)
        escape_print(page, "<p>%s</p>\n", say->no_photos);
    for (guint i = 0; i < album->photos->len; i++)
        entry_append(page, album, i, say);
    g_string_append_printf(page, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", sheet_js);
    return g_string_free(page, FALSE);
}
