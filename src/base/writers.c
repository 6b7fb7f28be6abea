#include "base/writers.h"

#include "base/file.h"

enum { MOST_THREADS = 7 }; /* with the one that waits: one for each file of most photos */

typedef struct {
    char *path;
    GBytes *bytes;
    GError *error;
} Writing;

struct Writers {
    char *folder;
    GPtrArray *all;     /* Writing, in the order they were added */
    GAsyncQueue *queue; /* of those that wait */
    GThread *thread[MOST_THREADS];
    guint threads;
};

static Writing end_of_queue; /* one for each that reads it */

static void writing_free(gpointer data)
{
    Writing *writing = data;
    g_bytes_unref(writing->bytes);
    g_clear_error(&writing->error);
    g_free(writing->path);
    g_free(writing);
}

Writers *writers_new(const char *folder)
{
    Writers *writers = g_new0(Writers, 1);
    writers->folder = g_strdup(folder);
    writers->queue = g_async_queue_new();
    writers->all = g_ptr_array_new_with_free_func(writing_free);
    return writers;
}

static gpointer write_on(gpointer data)
{
    Writers *writers = data;
    for (Writing *writing; (writing = g_async_queue_pop(writers->queue)) != &end_of_queue;) {
        gsize size;
        gconstpointer bytes = g_bytes_get_data(writing->bytes, &size);
        file_write_new(writing->path, bytes, size, &writing->error);
    }
    return NULL;
}

void writers_add(Writers *writers, const char *name, GBytes *bytes)
{
    Writing *writing = g_new0(Writing, 1);
    writing->path = g_build_filename(writers->folder, name, NULL);
    writing->bytes = g_bytes_ref(bytes);
    g_ptr_array_add(writers->all, writing);
    g_async_queue_push(writers->queue, writing);
    gboolean waits = g_async_queue_length(writers->queue) > 1; /* the one that is left is for writers_end() */
    if (waits && writers->threads < MOST_THREADS) {
        GThread *thread = g_thread_try_new("write", write_on, writers, NULL);
        if (thread) /* else the others will write it */
            writers->thread[writers->threads++] = thread;
    }
}

gboolean writers_end(Writers *writers, GError **error)
{
    for (guint i = 0; i <= writers->threads; i++)
        g_async_queue_push(writers->queue, &end_of_queue);
    write_on(writers);
    for (guint i = 0; i < writers->threads; i++)
        g_thread_join(writers->thread[i]);

    gboolean ok = TRUE;
    for (guint i = 0; ok && i < writers->all->len; i++) {
        Writing *writing = writers->all->pdata[i];
        ok = writing->error == NULL;
        if (!ok)
            g_propagate_error(error, g_steal_pointer(&writing->error));
    }
    g_ptr_array_unref(writers->all);
    g_async_queue_unref(writers->queue);
    g_free(writers->folder);
    g_free(writers);
    return ok;
}
