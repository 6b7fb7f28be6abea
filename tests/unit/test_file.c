#include "unit.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/format.h"

static char *folder;

static char *in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void test_read(void)
{
    g_autofree char *path = in_folder("read");
    g_assert_true(g_file_set_contents(path, "twelve bytes", 12, NULL));
    struct stat st;
    g_autoptr(GBytes) bytes = file_read(path, 12, NULL, &st, NULL);
    g_assert_cmpmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), "twelve bytes", 12);
    g_assert_cmpint(st.st_size, ==, 12);

    g_autoptr(GError) large = NULL;
    g_assert_null(file_read(path, 11, NULL, NULL, &large));
    g_assert_nonnull(strstr(large->message, "limit"));
    g_autoptr(GError) absent = NULL;
    g_autofree char *nowhere = in_folder("nowhere");
    g_assert_null(file_read(nowhere, 11, NULL, NULL, &absent));
    g_autoptr(GError) dir = NULL;
    g_assert_null(file_read(folder, 11, NULL, NULL, &dir));

    g_autofree char *fifo = in_folder("fifo");
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_autoptr(GError) waiting = NULL;
    g_assert_null(file_read(fifo, 11, NULL, NULL, &waiting));
    g_assert_nonnull(strstr(waiting->message, "regular file"));
}

/* What is not there has no names; what cannot be read may have any. */
static void test_list(void)
{
    g_autofree char *place = in_folder("list"), *absent = in_folder("absent"), *loop = in_folder("loop");
    g_autofree char *z = g_build_filename(place, "z", NULL), *a = g_build_filename(place, ".a\xff", NULL);
    g_autofree char *below = g_build_filename(z, "below", NULL);
    g_assert_cmpint(g_mkdir(place, 0700), ==, 0);
    g_autoptr(GPtrArray) none = file_list(place, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(g_file_set_contents(z, "", 0, NULL) && g_file_set_contents(a, "", 0, NULL));
    g_autoptr(GPtrArray) two = file_list(place, NULL);
    g_assert_cmpuint(two->len, ==, 2);
    g_assert_cmpstr(two->pdata[0], ==, ".a\xff");
    g_assert_cmpstr(two->pdata[1], ==, "z");
    g_autoptr(GPtrArray) nowhere = file_list(absent, NULL);
    g_assert_cmpuint(nowhere->len, ==, 0);
    g_autoptr(GPtrArray) under = file_list(below, NULL); /* of a file */
    g_assert_cmpuint(under->len, ==, 0);

    g_autoptr(GError) error = NULL;
    g_assert_cmpint(symlink("loop", loop), ==, 0);
    g_assert_null(file_list(loop, &error));
    g_assert_nonnull(strstr(error->message, "loop cannot be read: "));
}

/* Somebody else's upload goes on, within the size that the file has. */
static gpointer write_over(gpointer data)
{
    const int *fd = data;
    while (pwrite(*fd, "x", 1, 0) == 1)
        g_usleep(500);
    return NULL;
}

static void test_change(void)
{
    enum { SIZE = 32 << 20 };
    g_autofree char *path = in_folder("changing");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    g_assert_cmpint(ftruncate(fd, SIZE), ==, 0);
    g_autoptr(GBytes) whole = file_read(path, SIZE, NULL, NULL, NULL);
    g_assert_cmpuint(g_bytes_get_size(whole), ==, SIZE);

    int writer = dup(fd);
    GThread *thread = g_thread_new("writer", write_over, &writer);
    GError *error = NULL;
    for (int tries = 0; tries < 100 && !error; tries++)
        g_bytes_unref(file_read(path, SIZE, NULL, NULL, &error));
    g_assert_nonnull(strstr(error->message, "changed while it was read"));
    g_error_free(error);

    int nowhere = open("/dev/null", O_RDONLY | O_CLOEXEC); /* in which the writer fails, and so ends */
    g_assert_cmpint(dup2(nowhere, writer), ==, writer);
    g_thread_join(thread);
    close(nowhere);
    close(writer);
    close(fd);
}

static void test_write(void)
{
    g_autofree char *path = in_folder("write");
    g_assert_true(file_write_new(path, "new", 3, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_false(file_write_new(path, "again", 5, &error));
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
}

static void test_remove(void)
{
    g_autofree char *deep = g_build_filename(folder, "tree", "a", "b", NULL), *tree = in_folder("tree");
    g_autofree char *link = g_build_filename(folder, "tree", "link", NULL), *kept = in_folder("kept");
    g_assert_cmpint(g_mkdir_with_parents(deep, 0700), ==, 0);
    g_assert_true(g_file_set_contents(kept, "kept", 4, NULL));
    g_assert_cmpint(symlink(folder, link), ==, 0);
    g_assert_true(file_remove_tree(tree, NULL));
    g_assert_false(g_file_test(tree, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS)); /* the link was not followed */
    g_assert_true(file_remove_tree(tree, NULL));
}

static void test_show(void)
{
    g_autofree char *shown = file_show("a\nb\x1b[2J\xff"
                                       "\u202eג.jpg");
    g_assert_cmpstr(shown, ==, "a\\x0ab\\x1b[2J\\xff\\u202eג.jpg");
    g_autofree char *valid = file_utf8("a\nb\x1b\xff\xe9\u202eג.jpg");
    g_assert_cmpstr(valid, ==, "a\nb\x1b\\xff\\xe9\u202eג.jpg");
}

static void test_digest(void)
{
    g_autofree char *empty = digest_hex("", 0);
    g_assert_cmpstr(empty, ==, "99aa06d3014798d86001c324468d497f"); /* XXH3-128 of nothing, seed 0 */

    /* a file's is that of its bytes, however many pieces it is read in */
    g_autofree char *path = in_folder("digest"), *pipe = in_folder("pipe");
    static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 200000 };
    g_autofree char *data = g_malloc(200000);
    for (gsize i = 0; i < 200000; i++)
        data[i] = (char)(i * i >> 7);
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_assert_true(g_file_set_contents(path, data, (gssize)sizes[i], NULL));
        g_autofree char *whole = digest_hex(data, sizes[i]), *file = digest_file(path);
        g_assert_cmpstr(file, ==, whole);
    }
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    g_assert_null(digest_file(pipe)); /* and nobody waited for it */
    g_assert_null(digest_file(folder));
    g_assert_null(digest_file("/nowhere/at/all"));
}

static void test_format(void)
{
    g_assert_cmpint(format_sniff("\xff\xd8\xff\xe0", 4), ==, FORMAT_JPEG);
    g_assert_cmpint(format_sniff("RIFF\0\0\0\0WEBP", 12), ==, FORMAT_WEBP);
    g_assert_cmpint(format_sniff("\0\0\0\x18"
                                 "ftypheic",
                                 12),
                    ==, FORMAT_HEIF);
    g_assert_cmpint(format_sniff("\0\0\0\x18"
                                 "ftypisom",
                                 12),
                    ==, FORMAT_OTHER);
    g_assert_nonnull(strstr(format_refusal("\0\0\0\x18"
                                           "ftypisom",
                                           12),
                            "video"));
    g_assert_nonnull(strstr(format_refusal("GIF89a", 6), "GIF"));
    g_assert_nonnull(strstr(format_refusal("", 0), "empty"));
    g_assert_cmpint(format_sniff("hello world", 11), ==, FORMAT_UNKNOWN);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    folder = g_dir_make_tmp("photodesk-file-XXXXXX", NULL);
    g_test_add_func("/file/list", test_list);
    g_test_add_func("/file/read", test_read);
    g_test_add_func("/file/change", test_change);
    g_test_add_func("/file/write", test_write);
    g_test_add_func("/file/remove", test_remove);
    g_test_add_func("/file/show", test_show);
    g_test_add_func("/digest/hex", test_digest);
    g_test_add_func("/format/sniff", test_format);
    int status = g_test_run();
    file_remove_tree(folder, NULL);
    g_free(folder);
    return status;
}
