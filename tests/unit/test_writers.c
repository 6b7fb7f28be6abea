#include "unit.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/file.h"
#include "base/writers.h"

enum { FILES = 40 };

static char *make_folder(void)
{
    char *folder = g_dir_make_tmp("photodesk-writers-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

static void add(Writers *writers, guint i)
{
    g_autofree char *name = g_strdup_printf("%u", i);
    g_autoptr(GBytes) bytes = g_bytes_new(name, strlen(name));
    writers_add(writers, name, bytes);
}

static void test_all(void)
{
    g_autofree char *folder = make_folder();
    Writers *writers = writers_new(folder);
    for (guint i = 0; i < FILES; i++)
        add(writers, i);
    g_autoptr(GError) error = NULL;
    g_assert_true(writers_end(writers, &error));
    g_assert_no_error(error);
    for (guint i = 0; i < FILES; i++) {
        g_autofree char *name = g_strdup_printf("%u", i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, name);
    }
    g_assert_true(file_remove_tree(folder, NULL));
}

static void test_none(void)
{
    g_assert_true(writers_end(writers_new("/nowhere"), NULL));
}

/* Two that are there already are in the way; the others are written. */
static void test_error(void)
{
    g_autofree char *folder = make_folder();
    g_autofree char *third = g_build_filename(folder, "3", NULL),
                    *last = g_build_filename(folder, "39", NULL);
    g_assert_true(g_file_set_contents(third, "other", -1, NULL) &&
                  g_file_set_contents(last, "other", -1, NULL));
    Writers *writers = writers_new(folder);
    for (guint i = 0; i < FILES; i++)
        add(writers, i);
    g_autoptr(GError) error = NULL;
    g_assert_false(writers_end(writers, &error));
    g_autofree char *begins = g_strdup_printf("%s cannot be written", third);
    g_assert_true(g_str_has_prefix(error->message, begins));
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint n = 0;
    while (g_dir_read_name(dir))
        n++;
    g_assert_cmpuint(n, ==, FILES);
    g_assert_true(file_remove_tree(folder, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/writers/all", test_all);
    g_test_add_func("/writers/none", test_none);
    g_test_add_func("/writers/error", test_error);
    return g_test_run();
}
