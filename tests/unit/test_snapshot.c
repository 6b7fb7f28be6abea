/* A desk as it is at one moment: as JSON, and back. */
#include "unit.h"

#include <string.h>

#include "page/snapshot.h"

#define NOW (G_GINT64_CONSTANT(1790000000) * G_TIME_SPAN_SECOND)

static Snapshot *example(void)
{
    Snapshot *desk = snapshot_new();
    desk->language = g_strdup("he");
    desk->process = 4711;
    desk->began = NOW;
    desk->updated = NOW + 5 * G_TIME_SPAN_SECOND;
    desk->published = 3;
    desk->failed = 2;
    desk->queued = 7;
    g_assert_true(snapshot_hinder(desk, SNAPSHOT_NO_ROOM, "OUT is full"));
    g_assert_false(snapshot_hinder(desk, SNAPSHOT_NO_ROOM, "OUT is full"));
    desk->times.us[TIMES_ENCODE] = 1234567;
    SnapshotPhoto *made = snapshot_photo_new(SNAPSHOT_MAKING, "", "\xd7\x90 \"b\".jpg");
    SnapshotPhoto *bad = snapshot_photo_new(SNAPSHOT_FAILED, "week/one", "x\xff.jpg");
    SnapshotPhoto *done = snapshot_photo_new(SNAPSHOT_PUBLISHED, "week", "y.jpg");
    bad->message = g_strdup("cannot be read");
    done->thumb = g_strdup("y-thumb-160-0123456789.webp");
    done->width = 160;
    done->height = 120;
    g_ptr_array_add(desk->coming, made);
    g_ptr_array_add(desk->bad, bad);
    g_ptr_array_add(desk->done, done);
    return desk;
}

static void test_back(void)
{
    g_autoptr(Snapshot) desk = example();
    g_autofree char *text = snapshot_text(desk, NULL);
    g_autoptr(Snapshot) back = snapshot_read(text, strlen(text));
    g_assert_nonnull(back);
    g_assert_cmpstr(back->language, ==, "he");
    g_assert_cmpint(back->process, ==, 4711);
    g_assert_cmpint(back->began, ==, desk->began);
    g_assert_cmpint(back->updated, ==, desk->updated);
    g_assert_cmpint(back->last_success, ==, 0);
    g_assert_cmpuint(back->published, ==, 3);
    g_assert_cmpuint(back->failed, ==, 2);
    g_assert_cmpuint(back->queued, ==, 7);
    g_assert_cmpint(back->lack, ==, SNAPSHOT_NO_ROOM);
    g_assert_cmpstr(back->hindered, ==, "OUT is full");
    g_assert_cmpint(back->times.us[TIMES_ENCODE], ==, 1234567);
    g_assert_cmpuint(back->coming->len, ==, 1);
    g_assert_cmpuint(back->bad->len, ==, 1);
    g_assert_cmpuint(back->done->len, ==, 1);
    const SnapshotPhoto *made = back->coming->pdata[0], *bad = back->bad->pdata[0],
                        *done = back->done->pdata[0];
    g_assert_cmpint(made->state, ==, SNAPSHOT_MAKING);
    g_assert_cmpstr(made->photo, ==, "\xd7\x90 \"b\".jpg");
    g_assert_cmpstr(bad->gallery, ==, "week/one");
    g_assert_cmpstr(bad->photo, ==, "x\\xff.jpg");
    g_assert_cmpstr(bad->message, ==, "cannot be read");
    g_assert_null(bad->wrong);
    g_assert_cmpstr(done->thumb, ==, "y-thumb-160-0123456789.webp");
    g_assert_cmpuint(done->width, ==, 160);
    g_assert_cmpuint(done->height, ==, 120);
    g_autofree char *again = snapshot_text(back, NULL);
    g_assert_cmpint(strncmp(text, again, 200), ==, 0);
}

static void test_running(void)
{
    g_autoptr(Snapshot) desk = example();
    gboolean running = TRUE;
    g_autofree char *with = snapshot_text(desk, &running), *without = snapshot_text(desk, NULL);
    g_assert_nonnull(strstr(with, "\"running\" : true"));
    g_assert_null(strstr(without, "running"));
}

/* The file may be an old one, or half of one after a power cut. */
static void test_strange(void)
{
    static const char *const none[] = { "", "{", "[1, 2]", "null", "\"text\"", "\xff" };
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_null(snapshot_read(none[i], strlen(none[i])));

    const char *odd =
        "{ \"language\" : 3, \"process\" : \"x\", \"began\" : \"yesterday\", \"published\" : -4, "
        "\"failed\" : 1e99, \"queued\" : 99999999999, \"new\" : [ ], \"photos\" : [ 1, { }, "
        "{ \"state\" : \"failed\" }, { \"state\" : \"lost\", \"gallery\" : \"\", \"photo\" : \"a\" }, "
        "{ \"state\" : \"failed\", \"gallery\" : \"\", \"photo\" : \"b\", \"message\" : null } ] }";
    g_autoptr(Snapshot) desk = snapshot_read(odd, strlen(odd));
    g_assert_nonnull(desk);
    g_assert_null(desk->language);
    g_assert_cmpint(desk->began, ==, 0);
    g_assert_cmpuint(desk->published + desk->failed + desk->queued, ==, 0);
    g_assert_cmpuint(desk->coming->len + desk->done->len, ==, 0);
    g_assert_cmpuint(desk->bad->len, ==, 1);
    g_assert_null(((const SnapshotPhoto *)desk->bad->pdata[0])->message);
}

static void test_bound(void)
{
    g_autoptr(GString) text = g_string_new("{ \"photos\" : [ ");
    for (guint i = 0; i < SNAPSHOT_MOST + 50; i++)
        g_string_append_printf(text,
                               "%s{ \"state\" : \"published\", \"gallery\" : \"\", \"photo\" : \"%u\" }",
                               i ? ", " : "", i);
    g_string_append(text, " ] }");
    g_autoptr(Snapshot) desk = snapshot_read(text->str, text->len);
    g_assert_cmpuint(desk->done->len, ==, SNAPSHOT_MOST);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/snapshot/back", test_back);
    g_test_add_func("/snapshot/running", test_running);
    g_test_add_func("/snapshot/strange", test_strange);
    g_test_add_func("/snapshot/bound", test_bound);
    return g_test_run();
}
