/* The list of photos that were taken back. */
#include "unit.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/publish.h"
#include "desk/withdrawn.h"

typedef struct {
    char *out, *state;
    Withdrawn *list;
} Fixture;

static void set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    f->out = g_dir_make_tmp("photodesk-XXXXXX", NULL);
    f->state = g_build_filename(f->out, PUBLISH_STATE_FOLDER, NULL);
    g_assert_cmpint(g_mkdir(f->state, 0700), ==, 0);
    f->list = withdrawn_open(f->out, NULL);
    g_assert_nonnull(f->list);
}

static void tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    withdrawn_free(f->list);
    g_assert_true(file_remove_tree(f->out, NULL));
    g_free(f->out);
    g_free(f->state);
}

static void add(Fixture *f, const char *gallery, const char *photo, const char *digest)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(withdrawn_lock(f->list, &error));
    g_assert_true(withdrawn_add(f->list, gallery, photo, "why", &error));
    g_assert_true(!digest || withdrawn_add_digest(f->list, gallery, photo, digest, &error));
    withdrawn_unlock(f->list);
    g_assert_no_error(error);
}

static void assert_reason(const Withdrawn *list, const char *gallery, const char *photo, const char *digest,
                          const char *expected)
{
    g_autofree char *reason = withdrawn_reason(list, gallery, photo, digest);
    g_assert_cmpstr(reason, ==, expected);
}

static void test_reasons(Fixture *f, gconstpointer data)
{
    (void)data;
    assert_reason(f->list, "a", "x.jpg", "d1", NULL);
    add(f, "a", "x.jpg", "d1");
    add(f, "", "latin-\351.jpg", NULL);
    assert_reason(f->list, "a", "x.jpg", NULL, "why");
    assert_reason(f->list, "a", "x.jpg", "other", "why");
    assert_reason(f->list, "b", "y.jpg", "d1", "it is a/x.jpg: why");
    assert_reason(f->list, "b", "x.jpg", "d2", NULL);
    assert_reason(f->list, "", "latin-\351.jpg", NULL, "why");
    assert_reason(f->list, "", "latin-.jpg", NULL, NULL);
}

/* Another process sees what was written, and that it is another list than it has. */
static void test_kept(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(Withdrawn) other = withdrawn_open(f->out, NULL);
    g_assert_false(withdrawn_is_stale(other));
    add(f, "\327\251", "x.jpg", "d1");
    add(f, "\327\251", "x.jpg", "d1");
    g_assert_true(withdrawn_is_stale(other));
    assert_reason(other, "\327\251", "x.jpg", NULL, NULL);
    g_assert_true(withdrawn_lock(other, NULL));
    g_assert_cmpuint(withdrawn_list(other)->len, ==, 1);
    assert_reason(other, "b", "y.jpg", "d1", "it is \327\251/x.jpg: why");
    g_assert_true(withdrawn_remove(other, "\327\251", "x.jpg", NULL));
    withdrawn_unlock(other);
    g_assert_true(withdrawn_refresh(f->list, NULL));
    assert_reason(f->list, "\327\251", "x.jpg", "d1", NULL);
}

static void put(Ledger *ledger, const char *gallery, const char *name, const char *digest)
{
    LedgerPhoto photo = { .name = (char *)name, .digest = (char *)digest, .recipe = (char *)"r" };
    g_autoptr(LedgerGallery) known = ledger_gallery(ledger, gallery, NULL);
    g_assert_true(ledger_put_gallery(ledger, gallery, known, NULL));
    g_assert_true(ledger_put_photo(ledger, gallery, &photo, NULL, NULL, NULL));
}

/* The ledger has names in the bytes of the file system. */
static void test_learnt(Fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const galleries[] = { "a", "", "g\351", "g\351/b" };
    g_autofree char *path = g_build_filename(f->state, "ledger.sqlite", NULL);
    g_autoptr(Ledger) ledger = ledger_open(path, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(galleries); i++) {
        g_autofree char *plain = g_strdup_printf("plain%d", (int)i), *raw = g_strdup_printf("raw%d", (int)i);
        put(ledger, galleries[i], "x.jpg", plain);
        put(ledger, galleries[i], "caf\351.jpg", raw);
        put(ledger, galleries[i], "caf\350.jpg", "other");
        add(f, galleries[i], "x.jpg", NULL);
        add(f, galleries[i], "caf\351.jpg", NULL);
    }
    g_assert_true(withdrawn_lock(f->list, NULL));
    g_assert_true(withdrawn_learn(f->list, ledger, NULL));
    withdrawn_unlock(f->list);
    for (gsize i = 0; i < G_N_ELEMENTS(galleries); i++) {
        g_autofree char *plain = g_strdup_printf("plain%d", (int)i), *raw = g_strdup_printf("raw%d", (int)i);
        g_assert_nonnull(withdrawn_find_digest(f->list, plain));
        g_assert_nonnull(withdrawn_find_digest(f->list, raw));
    }
    g_assert_null(withdrawn_find_digest(f->list, "other"));
}

/* Then nobody can say what must not be published. */
static void test_damaged(Fixture *f, gconstpointer data)
{
    (void)data;
    static const char *const texts[] = { "", "{", "[]", "{\"version\":2,\"withdrawn\":[]}",
                                         "{\"version\":1,\"withdrawn\":[{\"gallery\":\"a\"}]}" };
    g_autofree char *path = g_build_filename(f->out, WITHDRAWN_FILE, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_set_contents(path, texts[i], -1, NULL));
        g_assert_null(withdrawn_open(f->out, &error));
        g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/withdrawn/reasons", Fixture, NULL, set_up, test_reasons, tear_down);
    g_test_add("/withdrawn/kept", Fixture, NULL, set_up, test_kept, tear_down);
    g_test_add("/withdrawn/learnt", Fixture, NULL, set_up, test_learnt, tear_down);
    g_test_add("/withdrawn/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
    return g_test_run();
}
