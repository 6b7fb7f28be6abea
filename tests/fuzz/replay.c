/* Runs a fuzz target over each file of its corpus, once, as a test: TAP for prove. CORPUS is the folder. */
#include <glib.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static int compare(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = g_dir_open(CORPUS, 0, &error);
    if (!folder)
        g_error("%s", error->message);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder));)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare);
    if (names->len == 0)
        g_error("%s has no files", CORPUS);

    printf("1..%u\n", names->len);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(CORPUS, name, NULL);
        g_autofree char *data = NULL;
        gsize size;
        if (!g_file_get_contents(path, &data, &size, &error))
            g_error("%s", error->message);
        g_autofree guint8 *exact = g_memdup2(data, size); /* without the NUL that GLib puts behind */
        LLVMFuzzerTestOneInput(exact, size);
        printf("ok %u - %s\n", i + 1, name);
        fflush(stdout);
    }
    return 0;
}
