/* What comes out of staging, what is removed from the output folder, and what never is. */
#include "unit.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/publish.h"

static char *make(const char *root, const char *path)
{
    char *full = g_build_filename(root, path, NULL);
    g_autofree char *folder = g_path_get_dirname(full);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    g_assert_true(g_file_set_contents(full, "x", 1, NULL));
    return full;
}

static void test_remove(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    g_autoptr(Output) output = output_open(out, NULL);
    g_assert_nonnull(output);

    g_autofree char *outside = make(root, "outside"), *above = make(root, "victim/manifest.json");
    g_autofree char *first = make(out, "a/b/one.webp"), *second = make(out, "a/b/manifest.json");
    g_autofree char *deep = make(out, "a/b/folder.webp/x"), *target = make(out, "target.webp");
    g_autofree char *link = g_build_filename(out, "a/b/link.webp", NULL);
    g_assert_cmpint(symlink(target, link), ==, 0);

    const char *names[] = { "manifest.json",    "one.webp", "absent.webp", "folder.webp", "link.webp", "",
                            "../../../outside", ".",        "..",          outside };
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_ptr_array_add(list, (gpointer)names[i]);
    guint removed = 99;
    g_assert_true(publish_remove(output, "a/b", list, &removed, NULL));
    g_assert_cmpuint(removed, ==, 2);
    g_assert_false(g_file_test(first, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(second, G_FILE_TEST_EXISTS));
    const char *stay[] = { outside, deep, target, link };
    for (gsize i = 0; i < G_N_ELEMENTS(stay); i++)
        g_assert_true(g_file_test(stay[i], G_FILE_TEST_EXISTS));

    g_assert_true(publish_remove(output, "../victim", list, &removed, NULL));
    g_assert_true(publish_remove(output, "a/../../victim", list, &removed, NULL));
    g_assert_cmpuint(removed, ==, 0);
    g_assert_true(g_file_test(above, G_FILE_TEST_EXISTS));

    g_autofree char *last = make(out, "c/d/e/manifest.json"), *folder = g_build_filename(out, "c", NULL);
    g_assert_true(g_file_test(last, G_FILE_TEST_EXISTS));
    g_assert_true(publish_remove(output, "c/d/e", list, &removed, NULL));
    g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
    g_assert_true(publish_remove(output, "never/was", list, &removed, NULL));
    g_assert_true(g_file_test(out, G_FILE_TEST_IS_DIR));
    g_assert_true(file_remove_tree(root, NULL));
}

/* What was staged is nobody's word: of a photo, either all is as it was announced, or nothing comes out. */
static void test_files(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    g_autofree char *staging = g_build_filename(output->staging, "7", NULL);
    g_autofree char *gallery = g_build_filename(root, "g", NULL);
    g_autofree char *good = make(staging, "good.webp"), *program = make(staging, "program");
    g_autofree char *beside = make(output->staging, "8/theirs.webp"), *deep = make(staging, "folder/x");
    g_autofree char *pointer = g_build_filename(staging, "link", NULL);
    g_autofree char *pipe = g_build_filename(staging, "pipe", NULL);
    g_assert_cmpint(g_chmod(program, 04755), ==, 0);
    g_assert_cmpint(symlink(beside, pointer), ==, 0);
    g_assert_cmpint(mkfifo(pipe, 0666), ==, 0);
    const StagedFile first = { (char *)"good.webp", 1 };
    const StagedFile wrong[] = {
        { (char *)"good.webp", 2 }, { (char *)"absent", 1 }, { (char *)"../8/theirs.webp", 1 },
        { (char *)"program", 1 },   { (char *)"link", 1 },   { (char *)"link", strlen(beside) },
        { (char *)"pipe", 0 },      { (char *)"folder", 1 }, { (char *)"", 1 }
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(StagedFile));
        g_array_append_val(files, first);
        g_array_append_val(files, wrong[i]);
        g_assert_false(publish_files(output, "g", staging, files, &error));
        g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FAILED);
        g_assert_false(g_file_test(gallery, G_FILE_TEST_EXISTS));
    }

    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(StagedFile));
    g_array_append_val(files, first);
    g_assert_true(publish_files(output, "g", staging, files, NULL));
    g_autoptr(GPtrArray) names = file_list(gallery, NULL);
    g_assert_cmpuint(names->len, ==, 1);
    g_assert_cmpstr(names->pdata[0], ==, "good.webp");
    g_assert_false(g_file_test(good, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(beside, G_FILE_TEST_EXISTS) && g_file_test(deep, G_FILE_TEST_EXISTS));
    g_assert_true(file_remove_tree(root, NULL));
}

static guint count(const char *folder)
{
    guint n = 0;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    while (dir && g_dir_read_name(dir))
        n++;
    return n;
}

/* A text is replaced whole; where that fails or ends midway, nothing of it is beside what readers see. */
static void test_text(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *gallery = g_build_filename(root, "g", NULL);
    g_autofree char *path = g_build_filename(gallery, "manifest.json", NULL);
    g_autofree char *left = g_build_filename(root, ".photodesk/staging/manifest.json", NULL), *text = NULL;

    Output *output = output_open(root, NULL);
    g_assert_true(publish_text(output, "g", "manifest.json", "one", NULL));
    g_assert_true(g_file_set_contents(left, "a part of a former", -1, NULL));
    g_assert_true(publish_text(output, "g", "manifest.json", "two", NULL));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "two");
    g_assert_cmpuint(count(gallery), ==, 1);

    g_autofree char *stone = make(root, "g/index.html/stone");
    g_autoptr(GError) error = NULL;
    g_assert_false(publish_text(output, "g", "index.html", "page", &error));
    g_assert_nonnull(error);
    g_assert_true(g_file_test(stone, G_FILE_TEST_EXISTS));
    g_assert_cmpuint(count(gallery), ==, 2);
    output_close(output);
    g_assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    g_assert_true(file_remove_tree(root, NULL));
}

/* The last one stands for all: where one before it cannot be replaced, it stays as it was. */
static void test_texts(void)
{
    static const PublishText first[] = { { "index.html", "1" },
                                         { "head.html", "1" },
                                         { "manifest.json", "1" } };
    static const PublishText second[] = { { "index.html", "2" },
                                          { "head.html", "2" },
                                          { "manifest.json", "2" } };
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *gallery = g_build_filename(root, "g", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    g_assert_true(publish_texts(output, "g", first, G_N_ELEMENTS(first), NULL));
    g_assert_cmpuint(count(gallery), ==, 3);
    g_assert_cmpuint(count(output->staging), ==, 0);

    g_autofree char *head = g_build_filename(gallery, "head.html", NULL);
    g_assert_cmpint(g_unlink(head), ==, 0);
    g_autofree char *stone = make(root, "g/head.html/stone"), *text = NULL;
    g_autofree char *manifest = g_build_filename(gallery, "manifest.json", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(publish_texts(output, "g", second, G_N_ELEMENTS(second), &error));
    g_assert_true(g_str_has_prefix(error->message, "The output folder"));
    g_assert_true(g_file_get_contents(manifest, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "1");
    g_assert_true(g_file_test(stone, G_FILE_TEST_EXISTS));
    g_assert_true(file_remove_tree(root, NULL));
}

/* A folder that nothing was published into goes, if it is ours; and never while another run is at work. */
static void test_fresh(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    output_close(output_open(out, NULL));
    g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));

    Output *first = output_open(out, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(output_open(out, &error));
    g_assert_true(g_file_test(first->staging, G_FILE_TEST_IS_DIR));
    g_assert_true(publish_text(first, "", "manifest.json", "text", NULL));
    output_close(first);
    g_assert_cmpuint(count(out), ==, 2);

    g_autofree char *empty = g_build_filename(root, "empty", NULL);
    g_assert_cmpint(g_mkdir(empty, 0777), ==, 0);
    output_close(output_open(empty, NULL));
    g_assert_cmpuint(count(empty), ==, 1); /* it was there before */
    g_assert_true(file_remove_tree(root, NULL));
}

static guint count_open(const char *file)
{
    guint n = 0;
    g_autofree char *path = g_canonicalize_filename(file, NULL);
    g_autoptr(GDir) dir = g_dir_open("/proc/self/fd", 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *link = g_build_filename("/proc/self/fd", name, NULL);
        g_autofree char *target = g_file_read_link(link, NULL);
        n += g_strcmp0(target, path) == 0;
    }
    return n;
}

static gpointer open_patiently(gpointer out)
{
    const OutputMode mode = { .wait = TRUE };
    return output_open_as(out, &mode, NULL);
}

/* One waits for the lock of a fresh folder, which goes with it: what it gets is a lock all the same. */
static void test_waiting(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    g_autofree char *lock = g_build_filename(out, ".photodesk/lock", NULL);
    Output *first = output_open(out, NULL);
    GThread *thread = g_thread_new("second", open_patiently, out);
    while (count_open(lock) < 2)
        g_usleep(1000);
    output_close(first);
    Output *second = g_thread_join(thread);
    g_assert_nonnull(second);
    g_autoptr(GError) error = NULL;
    g_assert_null(output_open(out, &error));
    g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY);
    g_assert_true(g_file_test(second->staging, G_FILE_TEST_IS_DIR));
    output_close(second);
    g_assert_true(file_remove_tree(root, NULL));
}

typedef struct {
    const char *out;
    int inside, clashes; /* atomic */
} Crowd;

static gpointer come_and_go(gpointer data)
{
    Crowd *crowd = data;
    for (int i = 0; i < 20; i++) {
        g_autoptr(Output) output = open_patiently((gpointer)crowd->out);
        g_assert_nonnull(output);
        if (g_atomic_int_add(&crowd->inside, 1) != 0 || !g_file_test(output->staging, G_FILE_TEST_IS_DIR))
            g_atomic_int_inc(&crowd->clashes);
        g_usleep(200);
        g_atomic_int_add(&crowd->inside, -1);
    }
    return NULL;
}

/* Many come and go, and the folder with them: never are two in it. */
static void test_crowd(void)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(root, "out", NULL);
    Crowd crowd = { .out = out };
    GThread *threads[4];
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("one", come_and_go, &crowd);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(crowd.clashes, ==, 0);
    g_assert_true(file_remove_tree(root, NULL));
}

/* What the stamp of a gallery sees: files that come, go or are replaced; of the output's own gallery, not
 * that other galleries and the desk's page change. */
static void test_stamp(void)
{
    static const char *const pages[] = { "manifest.json", "index.html", "figures.html", "head.html" };
    g_autofree char *root = g_dir_make_tmp("photodesk-publish-XXXXXX", NULL);
    g_autoptr(Output) output = output_open(root, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
        g_assert_true(publish_text(output, "", pages[i], "page", NULL));
    gint64 before = publish_folder_stamp(output, "");
    g_assert_cmpint(before, !=, 0);
    g_autofree char *desk = make(root, "desk.html"), *other = make(root, "other/photo.webp");
    g_assert_true(g_file_test(other, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_unlink(desk), ==, 0);
    g_assert_true(g_file_set_contents(desk, "another", -1, NULL));
    g_assert_cmpint(publish_folder_stamp(output, ""), ==, before);

    g_autofree char *photo = make(root, "photo.webp"), *spare = make(root, "spare.webp");
    gint64 with = publish_folder_stamp(output, "");
    g_assert_cmpint(with, !=, before);
    g_assert_cmpint(g_rename(spare, photo), ==, 0);
    gint64 replaced = publish_folder_stamp(output, "");
    g_assert_cmpint(replaced, !=, with);
    g_assert_cmpint(g_unlink(photo), ==, 0);
    g_assert_cmpint(publish_folder_stamp(output, ""), ==, before);
    g_assert_true(publish_text(output, "", "index.html", "another page", NULL));
    g_assert_cmpint(publish_folder_stamp(output, ""), !=, before);
    g_assert_cmpint(publish_folder_stamp(output, "other"), ==, 0);
    g_assert_true(file_remove_tree(root, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/publish/files", test_files);
    g_test_add_func("/publish/remove", test_remove);
    g_test_add_func("/publish/text", test_text);
    g_test_add_func("/publish/texts", test_texts);
    g_test_add_func("/publish/fresh", test_fresh);
    g_test_add_func("/publish/waiting", test_waiting);
    g_test_add_func("/publish/crowd", test_crowd);
    g_test_add_func("/publish/stamp", test_stamp);
    return g_test_run();
}
