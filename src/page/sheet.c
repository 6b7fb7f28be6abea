#include "page/sheet.h"

#include "page/escape.h"
#include "page/figure.h"

static const char style[] =
    "*{box-sizing:border-box}"
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--faint:#6a6a6a;--line:#ddd}"
    "@media(prefers-color-scheme:dark){:root{--paper:#141414;--ink:#eee;--faint:#a0a0a0;--line:#333}}"
    "body{margin:0 auto;max-width:60rem;padding:2rem 1rem;background:var(--paper);color:var(--ink);"
    "font:1.0625rem/1.5 system-ui,'Noto Sans Hebrew','Noto Sans',sans-serif}"
    "h1{font-size:1.25rem;margin:0 0 1.5rem}"
    "figure{margin:0 0 2.5rem}img{display:block;width:100%;height:auto;background:var(--line)}"
    "figcaption{padding:.5rem 0;border-bottom:1px solid var(--line)}"
    ".photodesk-credit,.facts{color:var(--faint);font-size:.875rem}.photodesk-credit{margin-inline-start:."
    "5rem}.facts{margin:."
    "25rem 0 0}";

char *sheet_text(const Album *album)
{
    static const FigureUse use = { .near = TRUE, .sizes = "(min-width: 62rem) 58rem, calc(100vw - 2rem)" };
    const AlbumPhoto *lead = album->lead < album->photos->len ? album->photos->pdata[album->lead] : NULL;
    const char *title = *album->path ? album->path : "photodesk";
    GString *page = g_string_new("<!doctype html>\n");
    escape_print(page, "<html lang=\"%s\" dir=\"%s\">\n", lead ? lead->is.language : "en",
                 lead && lead->is.rtl ? "rtl" : "ltr");
    g_string_append(page, "<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n");
    escape_print(page, "<title>%s</title>\n", title);
    g_string_append_printf(page, "<style>%s</style>\n", style);
    escape_print(page, "<h1><bdi>%s</bdi></h1>\n", title);
    for (guint i = 0; i < album->photos->len; i++) {
        const AlbumPhoto *photo = album->photos->pdata[i];
        figure_append(page, album, i, &use);
        escape_print(page, "<p class=\"facts\"><bdi>%s</bdi></p>\n", photo->name);
    }
    g_string_append(page, "</html>\n");
    return g_string_free(page, FALSE);
}
