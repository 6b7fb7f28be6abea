/* When a file that arrives may be touched. */
#include "unit.h"

#include "desk/settle.h"

#define S G_TIME_SPAN_SECOND

static const SettleTimes times = { 2 * S, S / 2, 600 * S };

static void test_quiet(void)
{
    Settle settle = { 0 };
    ScanFile file = { .size = 10, .mtime = 5, .ctime = 5, .inode = 7 };
    g_assert_true(settle_see(&settle, &file, FALSE, 100 * S, 0, &times));
    g_assert_cmpint(settle.due, ==, 102 * S);
    g_assert_false(settle_see(&settle, &file, FALSE, 101 * S, 0, &times));
    g_assert_cmpint(settle.due, ==, 102 * S);

    ScanFile changed[] = { file, file, file, file };
    changed[0].size++;
    changed[1].mtime++;
    changed[2].ctime++;
    changed[3].inode++;
    for (gsize i = 0; i < G_N_ELEMENTS(changed); i++) {
        Settle again = settle;
        again.failed = TRUE;
        again.incomplete_since = 90 * S;
        g_assert_true(settle_see(&again, &changed[i], FALSE, 101 * S, 0, &times));
        g_assert_cmpint(again.due, ==, 103 * S);
        g_assert_false(again.failed);
        g_assert_cmpint(again.incomplete_since, ==, 0);
    }
}

static void test_moved(void)
{
    Settle settle = { 0 };
    ScanFile file = { .size = 10 };
    settle_see(&settle, &file, TRUE, 100 * S, 0, &times);
    g_assert_cmpint(settle.due, ==, 100 * S + S / 2);
    SettleTimes brief = { S / 4, S / 2, S };
    Settle other = { 0 };
    settle_see(&other, &file, TRUE, 100 * S, 0, &brief);
    g_assert_cmpint(other.due, ==, 100 * S + S / 4);
}

/* What has lain there for long need not wait when the desk begins; what has changed since must. */
static void test_old(void)
{
    Settle settle = { 0 };
    ScanFile file = { .size = 10, .ctime = 1000 * S * 1000 };
    settle_see(&settle, &file, FALSE, 100 * S, 1003 * S * 1000, &times);
    g_assert_cmpint(settle.due, ==, 100 * S);
    file.size++;
    settle_see(&settle, &file, FALSE, 101 * S, 1003 * S * 1000, &times);
    g_assert_cmpint(settle.due, ==, 103 * S);

    Settle young = { 0 }, stepped = { 0 };
    settle_see(&young, &file, FALSE, 100 * S, 1001 * S * 1000, &times); /* half of the time is over */
    g_assert_cmpint(young.due, ==, 101 * S);
    file.ctime += S / 2 * 1000;
    settle_see(&young, &file, FALSE, 101 * S, 1001 * S * 1000, &times); /* changed again, half a second ago */
    g_assert_cmpint(young.due, ==, 102 * S + S / 2);
    settle_see(&stepped, &file, FALSE, 100 * S, 10 * S * 1000, &times); /* the clock was set back */
    g_assert_cmpint(stepped.due, ==, 102 * S);
}

static void test_incomplete(void)
{
    Settle settle = { 0 };
    gint64 now = 100 * S, before = 0;
    guint tries = 0;
    g_assert_false(settle_is_last(&settle, now, &times));
    do {
        settle_incomplete(&settle, now, &times);
        gint64 interval = settle.due - now;
        g_assert_cmpint(interval, <=, 60 * S);
        if (settle.due < 700 * S)
            g_assert_cmpint(interval, >=, before);
        before = interval;
        now = settle.due;
        g_assert_cmpuint(++tries, <, 30);
    } while (!settle_is_last(&settle, now, &times));
    g_assert_cmpint(now, ==, 700 * S);
    g_assert_cmpuint(tries, >, 8);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settle/quiet", test_quiet);
    g_test_add_func("/settle/moved", test_moved);
    g_test_add_func("/settle/old", test_old);
    g_test_add_func("/settle/incomplete", test_incomplete);
    return g_test_run();
}
