#include "page/live.h"

#include "base/file.h"
#include "page/escape.h"
#include "page/live.css.h" /* made from live.css and live.js */
#include "page/live.js.h"
#include "page/phrases.h"
#include "page/sheet.css.h"

#define REFRESH 3       /* s */
#define SILENT (3 * 60) /* s: so long a desk at work is never without a word */
#define SHEET "index.html"

/* ---- Parts ---- */

/* By its key the script finds a photo again; no section's key, and no element's name, has a slash. */
static void append_item(GString *page, const SnapshotPhoto *photo)
{
    g_autofree char *gallery = file_show(photo->gallery);
    g_autofree char *name = file_show(photo->photo);
    escape_print(page, "<li data-key=\"%s/%s\">", gallery, name);
}

/* The time alone, where it is of the day of the page. */
static void append_time(GString *page, gint64 at, gint64 day)
{
    g_autoptr(GDateTime) is = g_date_time_new_from_unix_local(at / G_TIME_SPAN_SECOND);
    g_autoptr(GDateTime) today = g_date_time_new_from_unix_local(day / G_TIME_SPAN_SECOND);
    gboolean same = g_date_time_get_day_of_year(is) == g_date_time_get_day_of_year(today) &&
                    g_date_time_get_year(is) == g_date_time_get_year(today);
    g_autofree char *shown = g_date_time_format(is, same ? "%H:%M:%S" : "%Y-%m-%d %H:%M");
    g_autofree char *whole = g_date_time_format_iso8601(is);
    escape_print(page, "<time datetime=\"%s\" dir=\"ltr\">%s</time>", whole, shown);
}

static void append_name(GString *page, const SnapshotPhoto *photo)
{
    g_autofree char *name = file_show(photo->photo);
    escape_name(page, name);
}

/* Where it belongs, and since when it is as it is. */
static void append_where(GString *page, const SnapshotPhoto *photo, gint64 day)
{
    g_autofree char *gallery = file_show(photo->gallery);
    g_string_append(page, "<p class=\"small\">");
    if (*gallery)
        escape_print(page, "<bdi>%s</bdi> · ", gallery);
    append_time(page, photo->at, day);
    g_string_append(page, "</p>");
}

static const char *said(const SnapshotPhoto *photo, const Phrases *say)
{
    return photo->state == SNAPSHOT_MAKING    ? say->making
           : photo->state == SNAPSHOT_WAITING ? say->queued
                                              : say->arriving;
}

static void append_coming(GString *page, const SnapshotPhoto *photo, gint64 day, const Phrases *say)
{
    append_item(page, photo);
    escape_print(page, "<span class=\"badge\">%s</span> ", said(photo, say));
    append_name(page, photo);
    append_where(page, photo, day);
    g_string_append(page, "</li>\n");
}

/* What the program said, which is in English; small below the same in the desk's language. */
static void append_message(GString *page, const char *message, gboolean small)
{
    g_autofree char *shown = file_show(message);
    escape_print(page, "<p class=\"%s\"><bdi lang=\"en\" dir=\"ltr\">%s</bdi></p>", small ? "small" : "",
                 shown);
}

static void append_bad(GString *page, const SnapshotPhoto *photo, gint64 day)
{
    append_item(page, photo);
    g_string_append(page, "<h3>");
    append_name(page, photo);
    g_string_append(page, "</h3>");
    if (photo->wrong)
        escape_print(page, "<p dir=\"auto\">%s</p>", photo->wrong);
    if (photo->message)
        append_message(page, photo->message, photo->wrong != NULL);
    append_where(page, photo, day);
    g_string_append(page, "</li>\n");
}

static void append_done(GString *page, const SnapshotPhoto *photo, gint64 day)
{
    g_autofree char *sheet = g_build_filename(photo->gallery, SHEET, NULL);
    g_autofree char *link = escape_address(sheet);
    append_item(page, photo);
    escape_print(page, "<a href=\"%s\">", link);
    if (photo->thumb) {
        g_autofree char *file = g_build_filename(photo->gallery, photo->thumb, NULL);
        g_autofree char *address = escape_address(file);
        escape_print(page, "<img src=\"%s\" width=\"%u\" height=\"%u\" alt=\"\">", address, photo->width,
                     photo->height);
    } else
        g_string_append(page, "<i></i>");
    g_string_append(page, "<span class=\"name\">");
    append_name(page, photo);
    g_string_append(page, "</span></a>");
    append_where(page, photo, day);
    g_string_append(page, "</li>\n");
}

/* ---- The whole ---- */

static void append_head(GString *page, const Snapshot *desk, const Phrases *say)
{
    escape_print(page,
                 "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<noscript><meta http-equiv=\"refresh\" content=\"%d\"></noscript>\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n<title>",
                 say->language, say->rtl ? "rtl" : "ltr", REFRESH);
    if (desk->bad->len > 0)
        escape_print(page, "(%u) ", desk->bad->len);
    escape_print(page, "%s</title>\n", say->desk);
    g_string_append_printf(page, "<style>\n%s%s</style>\n</head>\n", sheet_css, live_css);
}

static void append_summary(GString *page, const Snapshot *desk, const Phrases *say)
{
    escape_print(page, "<dl class=\"summary\">\n<div><dt>%s</dt><dd>%u</dd></div>\n", say->published,
                 desk->published);
    escape_print(page, "<div class=\"%s\"><dt>%s</dt><dd>%u</dd></div>\n",
                 desk->bad->len > 0 ? "warnings" : "", say->failed, desk->bad->len);
    escape_print(page, "<div><dt>%s</dt><dd>%u</dd></div>\n", say->coming, desk->queued + desk->arriving);
    escape_print(page, "<div><dt>%s</dt><dd>", say->as_of);
    append_time(page, desk->updated, desk->updated);
    g_string_append(page, "</dd></div>\n</dl>\n");
}

static void append_top(GString *page, const Snapshot *desk, const Phrases *say)
{
    gboolean busy = desk->queued + desk->arriving > 0;
    const char *const state[] = { "ended", say->ended, "hindered", say->hindered,
                                  "busy",  say->busy,  "idle",     say->idle };
    gsize is = desk->ended ? 0 : desk->hindered ? 2 : busy ? 4 : 6;
    escape_print(page, "<header class=\"top\"><div><h1>%s</h1><p class=\"state %s\">%s</p></div>\n",
                 say->desk, state[is], state[is + 1]);
    append_summary(page, desk, say);
    escape_print(page, "</header>\n<p class=\"silent\" role=\"alert\" hidden>%s</p>\n", say->silent);
}

static void append_hindrance(GString *page, const Snapshot *desk, const Phrases *say)
{
    escape_print(page, "<div class=\"hindered\" role=\"alert\" data-key=\"hindered\"><p>%s</p>",
                 desk->lack == SNAPSHOT_NO_ROOM ? say->no_room : say->no_inbox);
    append_message(page, desk->hindered, TRUE);
    g_string_append(page, "</div>\n");
}

/* A part that may come and go between others: by its key the script finds it again. */
static void append_section(GString *page, const char *key, const char *title)
{
    escape_print(page, "<section class=\"%s\" aria-labelledby=\"%s\" data-key=\"%s\"><h2 id=\"%s\">%s</h2>\n",
                 key, key, key, key, title);
}

static void append_lists(GString *page, const Snapshot *desk, const Phrases *say)
{
    gint64 day = desk->updated;
    if (desk->hindered && !desk->ended)
        append_hindrance(page, desk, say);
    if (desk->bad->len > 0) {
        append_section(page, "bad", say->to_mend);
        g_string_append(page, "<ol>\n");
        for (guint i = 0; i < desk->bad->len; i++)
            append_bad(page, desk->bad->pdata[i], day);
        g_string_append(page, "</ol></section>\n");
    }
    if (desk->coming->len > 0) {
        append_section(page, "coming", say->coming);
        g_string_append(page, "<ol>\n");
        for (guint i = 0; i < desk->coming->len; i++)
            append_coming(page, desk->coming->pdata[i], day, say);
        g_string_append(page, "</ol></section>\n");
    }
    append_section(page, "done", say->published);
    if (desk->done->len == 0)
        escape_print(page, "<p class=\"none\">%s</p>", say->none_yet);
    g_string_append(page, "<nav aria-labelledby=\"done\"><ol>\n");
    for (guint i = 0; i < desk->done->len; i++)
        append_done(page, desk->done->pdata[i], day);
    g_string_append(page, "</ol></nav></section>\n");
}

gboolean live_is_ours(const char *html, gsize size)
{
    return g_strstr_len(html, (gssize)size, "<body data-refresh=\"") != NULL;
}

char *live_text(const Snapshot *desk)
{
    const Phrases *say = phrases_in(desk->language ? desk->language : "");
    GString *page = g_string_new(NULL);
    append_head(page, desk, say);
    g_string_append_printf(page, "<body data-refresh=\"%d\" data-silent=\"%" G_GINT64_FORMAT "\">\n", REFRESH,
                           desk->ended ? 0 : desk->updated / G_TIME_SPAN_SECOND + SILENT);
    append_top(page, desk, say);
    g_string_append(page, "<main>\n");
    append_lists(page, desk, say);
    g_string_append_printf(page, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", live_js);
    return g_string_free(page, FALSE);
}
