/* The page of a desk: its language and direction, its lists, and nothing in it that others wrote as markup.
 */
#include "unit.h"

#include <string.h>

#include "page/live.h"

#define DAY (G_GINT64_CONSTANT(1790000000) * G_TIME_SPAN_SECOND)

static SnapshotPhoto *add(GPtrArray *list, SnapshotState state, const char *gallery, const char *photo)
{
    SnapshotPhoto *is = snapshot_photo_new(state, gallery, photo);
    is->at = DAY;
    g_ptr_array_add(list, is);
    return is;
}

static Snapshot *example(const char *language)
{
    Snapshot *desk = snapshot_new();
    desk->language = g_strdup(language);
    desk->updated = DAY;
    return desk;
}

static void test_empty(void)
{
    g_autoptr(Snapshot) desk = example("he");
    g_autofree char *page = live_text(desk);
    g_assert_nonnull(strstr(page, "<html lang=\"he\" dir=\"rtl\">"));
    g_assert_nonnull(strstr(page, "עדיין לא פורסם תצלום"));
    g_assert_nonnull(strstr(page, "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"));
    g_assert_nonnull(strstr(page, "<body data-refresh=\"3\""));
    g_assert_nonnull(strstr(page, "class=\"state idle\""));
    g_assert_null(strstr(page, "<section class=\"bad\""));
    g_assert_null(strstr(page, "http://")); /* self-contained */
    g_assert_null(strstr(page, "https://"));
}

static void test_lists(void)
{
    g_autoptr(Snapshot) desk = example("en-GB");
    desk->queued = 2;
    add(desk->coming, SNAPSHOT_MAKING, "", "made.jpg");
    add(desk->bad, SNAPSHOT_FAILED, "week", "bad.jpg")->message = g_strdup("cannot be read");
    SnapshotPhoto *new = add(desk->done, SNAPSHOT_PUBLISHED, "week 2/#1", "new.jpg");
    new->thumb = g_strdup("new-thumb.webp");
    new->width = 160;
    new->height = 90;
    add(desk->done, SNAPSHOT_PUBLISHED, "", "old.jpg")->at = DAY - 3 * G_TIME_SPAN_DAY;
    g_autofree char *page = live_text(desk);
    g_assert_nonnull(strstr(page, "<html lang=\"en\" dir=\"ltr\">"));
    g_assert_nonnull(strstr(page, "<title>(1) Photo desk</title>"));
    g_assert_nonnull(strstr(page, "class=\"state busy\">At work"));
    g_assert_nonnull(strstr(page, "being made</span> <bdi dir=\"ltr\">made.jpg</bdi>"));
    g_assert_nonnull(strstr(page, "cannot be read"));
    g_assert_nonnull(strstr(page, "<li data-key=\"/made.jpg\">"));
    g_assert_nonnull(strstr(page, "<li data-key=\"week/bad.jpg\">"));
    g_assert_nonnull(strstr(page, "<li data-key=\"week 2/#1/new.jpg\">"));
    g_assert_nonnull(strstr(page,
                            "<a href=\"week%202/%231/index.html\"><img src=\"week%202/%231/new-thumb.webp\" "
                            "width=\"160\" height=\"90\""));
    g_assert_nonnull(strstr(page, "<a href=\"index.html\">"));
    g_assert_true(strstr(page, "new.jpg") < strstr(page, "old.jpg"));
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(DAY / G_TIME_SPAN_SECOND - 3 * 86400);
    g_autofree char *date = g_date_time_format(then, ">%Y-%m-%d %H:%M<");
    g_assert_nonnull(strstr(page, date)); /* another day's has its date */
    g_assert_null(strstr(page, "data-silent=\"0\""));
}

static void test_hindered(void)
{
    static const struct {
        SnapshotLack lack;
        const char *said;
    } cases[] = { { SNAPSHOT_NO_ROOM, "הדיסק של התצלומים שפורסמו מלא" },
                  { SNAPSHOT_NO_INBOX, "אין גישה לתיקיית התצלומים" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Snapshot) desk = example("he");
        desk->queued = 1;
        snapshot_hinder(desk, cases[i].lack, "Why <it> waits");
        g_autofree char *page = live_text(desk);
        g_assert_nonnull(strstr(page, "class=\"state hindered\">תקלה"));
        g_assert_nonnull(strstr(page, cases[i].said));
        g_assert_nonnull(strstr(page, "Why &lt;it&gt; waits"));

        desk->ended = TRUE; /* then nobody waits */
        g_autofree char *last = live_text(desk);
        g_assert_nonnull(strstr(last, "class=\"state ended\""));
        g_assert_null(strstr(last, cases[i].said));
    }
}

static void test_ended(void)
{
    g_autoptr(Snapshot) desk = example("he");
    desk->ended = TRUE;
    desk->queued = 3;
    g_autofree char *page = live_text(desk);
    g_assert_nonnull(strstr(page, "class=\"state ended\">הופסק"));
    g_assert_nonnull(strstr(page, "data-silent=\"0\"")); /* nobody misses it */
}

static void test_escaped(void)
{
    g_autoptr(Snapshot) desk = example("he");
    const char *evil = "</script><script>alert(1)</script>\"'&\x1b\xff.jpg";
    add(desk->coming, SNAPSHOT_WAITING, evil, evil);
    SnapshotPhoto *bad = add(desk->bad, SNAPSHOT_FAILED, evil, evil);
    bad->message = g_strdup(evil);
    bad->wrong = g_strdup("<b>");
    SnapshotPhoto *done = add(desk->done, SNAPSHOT_PUBLISHED, evil, evil);
    done->thumb = g_strdup("\"><script>x.webp");
    g_autofree char *page = live_text(desk);
    g_assert_true(g_utf8_validate(page, -1, NULL));
    g_assert_null(strstr(page, "alert(1)</script>"));
    g_assert_null(strstr(page, "<b>"));
    g_assert_null(strstr(page, "<script>x"));
    g_assert_null(strchr(page, '\x1b'));
    guint scripts = 0;
    for (const char *at = page; (at = strstr(at, "<script")); at++)
        scripts++;
    g_assert_cmpuint(scripts, ==, 1);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/live/empty", test_empty);
    g_test_add_func("/live/lists", test_lists);
    g_test_add_func("/live/hindered", test_hindered);
    g_test_add_func("/live/ended", test_ended);
    g_test_add_func("/live/escaped", test_escaped);
    return g_test_run();
}
