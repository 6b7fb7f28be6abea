#include "unit.h"

#include <glib/gstdio.h>

#include "base/file.h"
#include "desk/ledger.h"

static GVariant *make_record(const char *text)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "text", g_variant_new_string(text));
    return g_variant_ref_sink(g_variant_builder_end(&b));
}

static void put(Ledger *ledger, const char *gallery, const char *name, gint64 size, GVariant *record)
{
    LedgerPhoto photo = { .name = (char *)name,
                          .size = size,
                          .mtime = 7000000001,
                          .sidecar_size = 17,
                          .sidecar_mtime = 8000000001,
                          .digest = (char *)"digest",
                          .recipe = (char *)"recipe" };
    g_assert_true(ledger_put_photo(ledger, gallery, &photo, record, record, NULL));
}

static void test_memory(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-ledger-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ledger.sqlite", NULL);
    g_autoptr(GVariant) record = make_record("דנה");

    Ledger *ledger = ledger_open(path, NULL);
    g_assert_nonnull(ledger);
    put(ledger, "g", "b.jpg", 2, record);
    put(ledger, "g", "a.jpg", 1, record);
    put(ledger, "g", "a.jpg", 3, NULL); /* the record stays */
    put(ledger, "other", "z.jpg", 1, record);
    const char *const warnings[] = { "one", "two", NULL };
    g_autoptr(GVariant) warned = g_variant_ref_sink(g_variant_new_strv(warnings, -1));
    LedgerGallery known = {
        .captions_size = 5, .captions_mtime = 6, .captions_warnings = warned, .folder_mtime = 1LL << 60
    };
    g_assert_true(ledger_put_gallery(ledger, "g", &known, NULL));
    ledger_close(ledger);

    ledger = ledger_open(path, NULL);
    g_autoptr(LedgerGallery) gallery = ledger_gallery(ledger, "g", NULL);
    g_assert_cmpuint(gallery->photos->len, ==, 2);
    LedgerPhoto *first = gallery->photos->pdata[0];
    g_assert_cmpstr(first->name, ==, "a.jpg");
    g_assert_cmpint(first->size, ==, 3);
    g_assert_cmpint(first->mtime, ==, 7000000001);
    g_assert_cmpint(gallery->folder_mtime, ==, 1LL << 60);
    g_assert_cmpint(gallery->captions_size, ==, 5);
    g_assert_null(gallery->captions);
    g_assert_true(g_variant_equal(gallery->captions_warnings, warned));
    g_autoptr(GVariant) kept = ledger_record(ledger, "g", "a.jpg", NULL);
    g_assert_true(g_variant_equal(kept, record));
    g_autoptr(GVariant) making = ledger_making(ledger, "g", "a.jpg", NULL);
    g_assert_true(g_variant_equal(making, record));

    g_assert_true(ledger_drop_photo(ledger, "g", "a.jpg", NULL));
    g_assert_null(ledger_record(ledger, "g", "a.jpg", NULL));
    g_autoptr(LedgerGallery) after = ledger_gallery(ledger, "g", NULL);
    g_assert_cmpuint(after->photos->len, ==, 1);
    g_autoptr(LedgerGallery) unknown = ledger_gallery(ledger, "nowhere", NULL);
    g_assert_cmpuint(unknown->photos->len, ==, 0);
    g_assert_cmpint(unknown->captions_size, ==, -1);
    ledger_close(ledger);
    g_unlink(path);
    g_rmdir(folder);
}

/* Galleries belong to a source, and are forgotten whole. */
static void test_sources(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-ledger-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ledger.sqlite", NULL);
    g_autoptr(GVariant) record = make_record("x");
    Ledger *ledger = ledger_open(path, NULL);
    LedgerGallery here = { .source = (char *)"/here", .device = 7 }, there = { .source = (char *)"/there" };
    LedgerGallery nobodys = { .captions_size = -1 };
    g_assert_true(ledger_put_gallery(ledger, "a", &here, NULL));
    g_assert_true(ledger_put_gallery(ledger, "a/b\351", &here, NULL));
    g_assert_true(ledger_put_gallery(ledger, "c", &there, NULL));
    g_assert_true(ledger_put_gallery(ledger, "d", &nobodys, NULL));
    put(ledger, "a", "1.jpg", 1, record);
    put(ledger, "c", "1.jpg", 1, record);

    g_autoptr(GPtrArray) mine = ledger_galleries(ledger, "/here", NULL);
    g_assert_cmpuint(mine->len, ==, 2);
    g_assert_cmpstr(mine->pdata[0], ==, "a/b\351");
    g_assert_cmpstr(mine->pdata[1], ==, "a");
    g_autoptr(LedgerGallery) known = ledger_gallery(ledger, "a", NULL);
    g_assert_cmpstr(known->source, ==, "/here");
    g_assert_cmpint(known->device, ==, 7);

    g_assert_true(ledger_drop_gallery(ledger, "a", NULL));
    g_autoptr(GPtrArray) left = ledger_galleries(ledger, "/here", NULL);
    g_assert_cmpuint(left->len, ==, 1);
    g_assert_null(ledger_record(ledger, "a", "1.jpg", NULL));
    g_autoptr(LedgerGallery) gone = ledger_gallery(ledger, "a", NULL);
    g_assert_cmpuint(gone->photos->len, ==, 0);
    g_assert_null(gone->source);
    g_autoptr(GVariant) others = ledger_record(ledger, "c", "1.jpg", NULL);
    g_assert_nonnull(others);
    ledger_close(ledger);
    g_unlink(path);
    g_rmdir(folder);
}

/* A file that is no ledger is made anew, never an error. */
static void test_garbage(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-ledger-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ledger.sqlite", NULL);
    g_autofree char *junk = g_strnfill(10000, 'x');
    g_assert_true(g_file_set_contents(path, junk, -1, NULL));
    g_autoptr(Ledger) ledger = ledger_open(path, NULL);
    g_assert_nonnull(ledger);
    g_autoptr(LedgerGallery) gallery = ledger_gallery(ledger, "g", NULL);
    g_assert_nonnull(gallery);

    g_autofree char *nowhere = g_build_filename(folder, "absent", "ledger.sqlite", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(ledger_open(nowhere, &error));
    g_assert_nonnull(error);
    g_assert_true(file_remove_tree(folder, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/ledger/memory", test_memory);
    g_test_add_func("/ledger/sources", test_sources);
    g_test_add_func("/ledger/garbage", test_garbage);
    return g_test_run();
}
