/* Photos that stay published without their originals: kept, given back to a ledger that lost them, and let
 * go. */
#include "unit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/kept.h"

static GVariant *record(const char *text)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "caption", g_variant_new_string(text));
    g_variant_builder_add(&b, "{sv}", "contrast", g_variant_new_double(4.5600000000000005));
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(7));
    return g_variant_ref_sink(g_variant_builder_end(&b));
}

static void test_round(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-kept-XXXXXX", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    g_autoptr(Ledger) ledger = ledger_open(output->ledger, NULL);
    g_autoptr(GVariant) is = record("ערב 'הסיום' \"\\");
    g_autoptr(GVariant) making = record("making");
    static const char *const galleries[] = { "", "a", "a/b" }, *names[] = { "b", "ע\xff.jpg" };
    for (gsize i = 0; i < G_N_ELEMENTS(galleries); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(names); k++) {
            LedgerPhoto photo = { .name = (char *)names[k],
                                  .size = 5,
                                  .mtime = G_GINT64_CONSTANT(1790000000123456789),
                                  .digest = (char *)"d",
                                  .recipe = (char *)"r",
                                  .lead = k == 1 };
            g_assert_true(ledger_put_photo(ledger, galleries[i], &photo, is, making, NULL));
            g_assert_true(kept_put(output, ledger, galleries[i], &photo, NULL));
            g_assert_true(ledger_drop_photo(ledger, galleries[i], names[k], NULL));
        }
    for (gsize i = 0; i < G_N_ELEMENTS(galleries); i++) {
        g_autoptr(GHashTable) kept = NULL;
        g_assert_true(kept_names(output, galleries[i], &kept, NULL));
        g_assert_cmpuint(g_hash_table_size(kept), ==, 2);
        g_autoptr(LedgerGallery) before = ledger_gallery(ledger, galleries[i], NULL);
        before->folder_mtime = 7;
        g_assert_true(ledger_put_gallery(ledger, galleries[i], before, NULL));
        for (gsize k = 0; k < G_N_ELEMENTS(names); k++)
            g_assert_true(kept_restore(output, ledger, galleries[i], before, names[k], NULL));
        g_autoptr(LedgerGallery) known = ledger_gallery(ledger, galleries[i], NULL);
        g_assert_cmpuint(known->photos->len, ==, 2);
        g_assert_cmpint(known->folder_mtime, ==, 0); /* to be made anew */
        const LedgerPhoto *back = known->photos->pdata[1];
        g_assert_cmpstr(back->name, ==, names[1]);
        g_assert_cmpint(back->mtime, ==, G_GINT64_CONSTANT(1790000000123456789));
        g_assert_cmpstr(back->recipe, ==, "r");
        g_assert_true(back->lead);
        g_autoptr(GVariant) again = ledger_record(ledger, galleries[i], names[1], NULL);
        g_assert_true(g_variant_equal(again, is));
    }
    g_assert_true(kept_drop(output, "a", "b", NULL));
    g_assert_true(kept_drop(output, "a", "b", NULL));
    g_assert_true(kept_drop(output, "never", "was", NULL));
    g_autoptr(GHashTable) left = NULL, none = NULL;
    g_assert_true(kept_names(output, "a", &left, NULL));
    g_assert_cmpuint(g_hash_table_size(left), ==, 1);
    g_assert_true(kept_names(output, "never", &none, NULL));
    g_assert_null(none);
    g_assert_true(file_remove_tree(root, NULL));
}

/* A file that is spoilt gives nothing back, and is told: what is published of it is not to go for that. One
 * that is gone, or is no file, as a folder of snapshots, is none. */
static void test_spoilt(void)
{
    static const char *const texts[] = {
        "", "{", "{'size': <int64 3>}", "[1, 2]",
        ("{'size': <int64 5>, 'mtime': <int64 1>, 'sidecar-size': <int64 0>, 'sidecar-mtime': <int64 0>, "
         "'digest': <'d'>, 'recipe': <'r'>, 'lead': <false>, 'record': <{'caption': <'x'>}>}")
    };
    g_autofree char *root = g_dir_make_tmp("photodesk-kept-XXXXXX", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    g_autoptr(Ledger) ledger = ledger_open(output->ledger, NULL);
    g_autofree char *folder = g_build_filename(root, ".photodesk/archived/g/.folder", NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) damage = NULL;
        g_assert_true(publish_text(output, ".photodesk/archived/g", ".x.jpg", texts[i], NULL));
        g_autoptr(LedgerGallery) before = ledger_gallery(ledger, "g", NULL);
        before->folder_mtime = 7;
        g_assert_false(kept_restore(output, ledger, "g", before, "x.jpg", &damage));
        g_assert_error(damage, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE);
        g_assert_nonnull(strstr(damage->message, "/archived/g/.x.jpg is damaged; "));
        g_assert_true(kept_restore(output, ledger, "g", before, "never.jpg", NULL));
        g_assert_true(kept_restore(output, ledger, "g", before, "folder", NULL));
        g_assert_cmpint(before->folder_mtime, ==, 7);
        g_autoptr(LedgerGallery) known = ledger_gallery(ledger, "g", NULL);
        g_assert_cmpuint(known->photos->len, ==, 0);
    }
    g_assert_true(file_remove_tree(root, NULL));
}

/* A folder that is there and cannot be read is none without photos. */
static void test_unreadable(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-kept-XXXXXX", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    g_autoptr(Ledger) ledger = ledger_open(output->ledger, NULL);
    g_autoptr(LedgerGallery) known = ledger_gallery(ledger, "g", NULL);
    g_assert_true(publish_text(output, ".photodesk/archived", ".x.jpg", "{}", NULL));
    g_autofree char *loop = g_build_filename(root, ".photodesk/archived/g", NULL);
    g_assert_cmpint(symlink("g", loop), ==, 0);
    g_autoptr(GHashTable) names = NULL;
    g_autoptr(GError) listing = NULL, restoring = NULL;
    g_assert_false(kept_names(output, "g", &names, &listing));
    g_assert_error(listing, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT);
    g_assert_null(names);
    g_assert_false(kept_restore(output, ledger, "g", known, "x.jpg", &restoring));
    g_assert_error(restoring, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE);
    g_assert_true(file_remove_tree(root, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/kept/round", test_round);
    g_test_add_func("/kept/spoilt", test_spoilt);
    g_test_add_func("/kept/unreadable", test_unreadable);
    return g_test_run();
}
