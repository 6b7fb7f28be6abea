/* Variants are staged in a folder of the photo's own. Files that there were are staged again, and nothing
 * else is, whatever a result asks for. */
#include "unit.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/stage.h"
#include "entry.h"
#include "render/render.h"

#define HASH "0123456789.webp"

static char *make(const char *root, const char *path)
{
    char *full = g_build_filename(root, path, NULL);
    g_autofree char *folder = g_path_get_dirname(full);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    g_assert_true(g_file_set_contents(full, "abc", 3, NULL));
    return full;
}

static ino_t inode(const char *folder, const char *name)
{
    struct stat st;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return lstat(path, &st) == 0 ? st.st_ino : 0;
}

/* Nothing of a first try is in it; and where it is gone, the output is to blame. */
static void test_variants(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-stage-XXXXXX", NULL);
    g_autofree char *staging = g_build_filename(root, "7", NULL), *other = make(root, "8/theirs");
    g_autofree char *stale = make(staging, "left-behind"), *deep = make(staging, "folder/left-behind");
    g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
    Variant variant = { .rendition = "web", .format = IMAGE_WEBP, .width = 2, .height = 1, .bytes = bytes };
    g_autoptr(GPtrArray) variants = g_ptr_array_new();
    g_ptr_array_add(variants, &variant);
    g_assert_true(stage_begin(staging, NULL));
    g_assert_false(g_file_test(stale, G_FILE_TEST_EXISTS) || g_file_test(deep, G_FILE_TEST_EXISTS));

    Staged staged;
    staged_init(&staged);
    g_assert_true(stage_variants(&staged, staging, "new.jpg", variants, NULL));
    g_autoptr(GPtrArray) names = file_list(staging, NULL);
    g_assert_cmpuint(names->len, ==, 1);
    g_assert_cmpstr(names->pdata[0], ==, staged.fresh->pdata[0]);
    g_assert_true(g_str_has_prefix(names->pdata[0], "new-web-2-"));
    g_assert_true(g_file_test(other, G_FILE_TEST_EXISTS));
    staged_clear(&staged);

    g_autoptr(GError) error = NULL;
    g_assert_true(file_remove_tree(staging, NULL));
    staged_init(&staged);
    g_assert_false(stage_variants(&staged, staging, "new.jpg", variants, &error));
    g_assert_true(error_is_output(error));
    staged_clear(&staged);
    g_assert_true(file_remove_tree(root, NULL));
}

/* A photo that was published in the folder with one variant of each of these names. */
static Former *make_former(const char *folder, const char *const *names, guint n)
{
    g_autofree ManifestFile *files = g_new0(ManifestFile, n);
    for (guint i = 0; i < n; i++)
        files[i] = unit_file(names[i], i);
    Former *former = g_new0(Former, 1);
    former->folder = g_strdup(folder);
    former->photo = g_variant_ref_sink(unit_entry(files, n));
    return former;
}

static gboolean stage(const char *staging, const Former *former, const StagedFile *wanted, guint n,
                      GError **error)
{
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(StagedFile));
    g_array_append_vals(files, wanted, n);
    return stage_links(staging, "new.jpg", former, files, error);
}

static void test_links(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-stage-XXXXXX", NULL);
    g_autofree char *staging = g_build_filename(root, "staging", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    const char *names[] = { "old-web-0-" HASH, "old-web-1-" HASH };
    g_autofree char *first = make(out, names[0]), *second = make(out, "elsewhere");
    g_autofree char *symbolic = g_build_filename(out, names[1], NULL);
    g_assert_cmpint(symlink(second, symbolic), ==, 0);
    g_autofree char *stale = make(staging, "left-behind");
    g_autoptr(Former) former = make_former(out, names, 2);

    Staged staged;
    staged_init(&staged);
    g_assert_true(stage_former(&staged, "new.jpg", out, former));
    g_assert_cmpuint(staged.fresh->len, ==, 2);
    StagedFile wanted[] = { { staged.fresh->pdata[0], 3 }, { staged.fresh->pdata[1], 3 } };
    g_assert_cmpstr(wanted[0].name, ==, "new-web-0-" HASH);
    g_assert_true(stage(staging, former, wanted, 2, NULL));
    g_assert_false(g_file_test(stale, G_FILE_TEST_EXISTS));
    g_assert_cmpuint(inode(staging, wanted[0].name), ==, inode(out, names[0]));
    g_assert_cmpuint(inode(staging, wanted[1].name), !=, inode(out, "elsewhere"));
    g_autofree char *copied = g_build_filename(staging, wanted[1].name, NULL);
    g_assert_false(g_file_test(copied, G_FILE_TEST_IS_SYMLINK));

    g_autoptr(GError) error = NULL;
    g_assert_cmpint(g_unlink(first), ==, 0);
    g_assert_false(stage(staging, former, wanted, 2, &error));
    g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE);
    g_assert_nonnull(strstr(error->message, first));
    staged_clear(&staged);
    g_assert_true(file_remove_tree(root, NULL));
}

/* The photo is to blame. */
static void refuse(const char *staging, const Former *former, const StagedFile *wanted, guint n)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(stage(staging, former, wanted, n, &error));
    g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FAILED);
}

static void test_refused(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-stage-XXXXXX", NULL);
    g_autofree char *staging = g_build_filename(root, "staging", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    const char *names[] = { "old-web-0-" HASH, "../secret-1-" HASH };
    g_autofree char *first = make(out, names[0]), *secret = make(out, names[1]);
    g_autoptr(Former) former = make_former(out, names, 2);
    char *good = (char *)"new-web-0-" HASH;

    const StagedFile wrong[] = { { (char *)"old-web-0-" HASH, 3 },
                                 { (char *)"../new-web-0-" HASH, 3 },
                                 { (char *)"../secret-1-" HASH, 3 },
                                 { (char *)"new-web-1-" HASH, 3 }, /* of what lies elsewhere */
                                 { (char *)"", 3 },
                                 { good, 4 } };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        refuse(staging, former, &wrong[i], 1);
    g_autoptr(GPtrArray) linked = file_list(staging, NULL);
    g_assert_cmpuint(linked->len, ==, 0);
    const StagedFile twice[] = { { good, 3 }, { good, 3 } };
    refuse(staging, former, twice, 2);
    g_assert_true(g_file_test(first, G_FILE_TEST_EXISTS) && g_file_test(secret, G_FILE_TEST_EXISTS));
    g_assert_true(file_remove_tree(root, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/stage/variants", test_variants);
    g_test_add_func("/stage/links", test_links);
    g_test_add_func("/stage/refused", test_refused);
    return g_test_run();
}
