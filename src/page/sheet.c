#include "page/sheet.h"

#include <string.h>

#include "base/file.h"

static const char style[] =
    "*{box-sizing:border-box}"
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--faint:#6a6a6a;--line:#ddd}"
    "@media(prefers-color-scheme:dark){:root{--paper:#141414;--ink:#eee;--faint:#a0a0a0;--line:#333}}"
    "body{margin:0 auto;max-width:60rem;padding:2rem 1rem;background:var(--paper);color:var(--ink);"
    "font:1.0625rem/1.5 system-ui,'Noto Sans Hebrew','Noto Sans',sans-serif}"
    "h1{font-size:1.25rem;margin:0 0 1.5rem}"
    "figure{margin:0 0 2.5rem}img{display:block;width:100%;height:auto;background:var(--line)}"
    "figcaption{padding:.5rem 0;border-bottom:1px solid var(--line)}"
    ".credit,.facts{color:var(--faint);font-size:.875rem}.credit{margin-inline-start:.5rem}.facts{margin:."
    "25rem 0 0}";

static void append(GString *page, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = g_markup_escape_text(text ? text : "", -1);
    g_string_append_printf(page, "%s%s%s", before, escaped, after);
}

/* The files of the photo's first rendition as srcset, the largest as src. FALSE where there are none. */
static gboolean append_image(GString *page, GVariant *photo, gboolean first)
{
    g_autoptr(GVariant) renditions = g_variant_lookup_value(photo, "renditions", G_VARIANT_TYPE_VARDICT);
    GVariantIter names;
    g_autoptr(GVariant) files = NULL;
    if (!renditions || g_variant_iter_init(&names, renditions) == 0 ||
        !g_variant_iter_next(&names, "{sv}", NULL, &files))
        return FALSE;

    g_autoptr(GString) srcset = g_string_new(NULL);
    g_autofree char *src = NULL;
    guint32 width = 0, height = 0;
    GVariantIter each;
    GVariant *entry;
    g_variant_iter_init(&each, files);
    while ((entry = g_variant_iter_next_value(&each))) {
        char *file = NULL;
        if (g_variant_lookup(entry, "file", "s", &file) && g_variant_lookup(entry, "width", "u", &width) &&
            g_variant_lookup(entry, "height", "u", &height)) {
            g_autofree char *address = g_uri_escape_string(file, NULL, FALSE);
            g_string_append_printf(srcset, "%s%s %uw", srcset->len ? ", " : "", address, width);
            g_free(src);
            src = g_steal_pointer(&address);
        }
        g_free(file);
        g_variant_unref(entry);
    }
    if (!src)
        return FALSE;
    const char *alt = "";
    g_variant_lookup(photo, "alt", "&s", &alt);
    append(page, "<img src=\"", src, "\"");
    append(page, " srcset=\"", srcset->str, "\"");
    g_string_append_printf(
        page, " sizes=\"(min-width: 62rem) 58rem, calc(100vw - 2rem)\" width=\"%u\" height=\"%u\" %s", width,
        height, first ? "fetchpriority=\"high\"" : "loading=\"lazy\"");
    append(page, " decoding=\"async\" alt=\"", alt, "\">\n");
    return TRUE;
}

static void append_figure(GString *page, const char *name, GVariant *photo, gboolean first)
{
    const char *language = "en", *dir = "ltr", *caption = "", *credit = NULL;
    g_autoptr(GVariant) credits = g_variant_lookup_value(photo, "credit", G_VARIANT_TYPE_VARDICT);
    g_variant_lookup(photo, "lang", "&s", &language);
    g_variant_lookup(photo, "dir", "&s", &dir);
    g_variant_lookup(photo, "caption", "&s", &caption);
    if (credits)
        g_variant_lookup(credits, "text", "m&s", &credit);

    append(page, "<figure lang=\"", language, "\"");
    append(page, " dir=\"", dir, "\">\n");
    append_image(page, photo, first);
    append(page, "<figcaption>", caption, "");
    if (credit)
        append(page, " <bdi class=\"credit\">", credit, "</bdi>");
    append(page, "<p class=\"facts\"><bdi>", name, "</bdi></p></figcaption>\n</figure>\n");
}

char *sheet_text(const char *gallery, GPtrArray *names, GPtrArray *photos)
{
    const char *language = "en", *dir = "ltr";
    if (photos->len > 0) {
        g_variant_lookup(photos->pdata[0], "lang", "&s", &language);
        g_variant_lookup(photos->pdata[0], "dir", "&s", &dir);
    }
    g_autofree char *valid = file_utf8(*gallery ? gallery : "photodesk");
    GString *page = g_string_new("<!doctype html>\n");
    append(page, "<html lang=\"", language, "\"");
    append(page, " dir=\"", dir,
           "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    append(page, "<title>", valid, "</title>\n");
    g_string_append_printf(page, "<style>%s</style>\n", style);
    append(page, "<h1><bdi>", valid, "</bdi></h1>\n");
    for (guint i = 0; i < photos->len; i++) {
        g_autofree char *name = file_utf8(names->pdata[i]);
        append_figure(page, name, photos->pdata[i], i == 0);
    }
    g_string_append(page, "</html>\n");
    return g_string_free(page, FALSE);
}
