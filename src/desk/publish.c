#include "desk/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

/* ---- The folder ---- */

static gboolean hopeless(GError **error, int err, const char *what, const char *path)
{
    g_autofree char *shown = file_show(path);
    g_set_error(error, PHOTODESK_ERROR, error_is_full(err) ? PHOTODESK_ERROR_FULL : PHOTODESK_ERROR_OUTPUT,
                "The output folder %s %s: %s; see that you may write there, or name another with -o", shown,
                what, g_strerror(err));
    return FALSE;
}

static gboolean take_lock(Output *output, GError **error)
{
    g_autofree char *path = g_build_filename(output->state, "lock", NULL);
    output->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (output->lock < 0)
        return hopeless(error, errno, "cannot be written", output->path);
    output->locked = flock(output->lock, LOCK_EX | LOCK_NB) == 0;
    if (output->locked)
        return TRUE;
    if (errno != EWOULDBLOCK)
        return hopeless(error, errno, "cannot be locked", output->path);
    g_autofree char *shown = file_show(output->path);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT,
                "Another photodesk is writing to %s; wait until it has finished and run again", shown);
    return FALSE;
}

Output *output_open(const char *path, GError **error)
{
    g_autoptr(Output) output = g_new0(Output, 1);
    output->lock = -1;
    output->path = g_strdup(path);
    output->state = g_build_filename(path, PUBLISH_STATE_FOLDER, NULL);
    output->staging = g_build_filename(output->state, "staging", NULL);
    output->fresh = !g_file_test(path, G_FILE_TEST_EXISTS);

    if (g_mkdir_with_parents(output->state, 0777) < 0) {
        hopeless(error, errno, "cannot be made", path);
        return NULL;
    }
    if (!take_lock(output, error))
        return NULL;
    if (!file_remove_tree(output->staging, error))
        return NULL;
    if (g_mkdir_with_parents(output->staging, 0777) < 0) {
        hopeless(error, errno, "cannot be written", path);
        return NULL;
    }
    return g_steal_pointer(&output);
}

static gboolean has_only_state(const Output *output)
{
    g_autoptr(GDir) dir = g_dir_open(output->path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (strcmp(name, PUBLISH_STATE_FOLDER) != 0)
            return FALSE;
    return dir != NULL;
}

/* What cannot be removed does no harm, and the next run sweeps staging. */
void output_close(Output *output)
{
    if (!output)
        return;
    if (output->locked && output->fresh && has_only_state(output)) {
        file_remove_tree(output->state, NULL);
        rmdir(output->path);
    } else if (output->locked)
        file_remove_tree(output->staging, NULL);
    if (output->lock >= 0)
        close(output->lock);
    g_free(output->path);
    g_free(output->state);
    g_free(output->staging);
    g_free(output);
}

/* ---- Publishing ---- */

static gboolean is_plain(const char *name)
{
    return *name && *name != '.' && !strchr(name, '/');
}

static gboolean check_staged(const char *staging, const StagedFile *file, GError **error)
{
    struct stat st;
    g_autofree char *path = g_build_filename(staging, file->name, NULL);
    if (!is_plain(file->name) || lstat(path, &st) < 0 || !S_ISREG(st.st_mode) ||
        (guint64)st.st_size != file->size)
        return error_failed(error, "its variants were not staged as announced; run again");
    return TRUE;
}

gboolean publish_files(const Output *output, const char *gallery, const char *staging, const GArray *files,
                       GError **error)
{
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    for (guint i = 0; i < files->len; i++)
        if (!check_staged(staging, &g_array_index(files, StagedFile, i), error))
            return FALSE;

    if (g_mkdir_with_parents(folder, 0777) < 0)
        return hopeless(error, errno, "cannot be written", folder);
    for (guint i = 0; i < files->len; i++) {
        const char *name = g_array_index(files, StagedFile, i).name;
        g_autofree char *from = g_build_filename(staging, name, NULL);
        g_autofree char *to = g_build_filename(folder, name, NULL);
        if (rename(from, to) < 0)
            return hopeless(error, errno, "cannot be written", folder);
    }
    return file_sync_folder(folder, error) && file_remove_tree(staging, error);
}

gboolean publish_text(const Output *output, const char *gallery, const char *name, const char *text,
                      GError **error)
{
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    g_autofree char *fresh = g_build_filename(output->staging, name, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_mkdir_with_parents(folder, 0777) < 0 || (unlink(fresh) < 0 && errno != ENOENT))
        return hopeless(error, errno, "cannot be written", folder);
    if (!file_write_new(fresh, text, strlen(text), error))
        return FALSE;
    if (rename(fresh, path) < 0)
        return hopeless(error, errno, "cannot be written", path);
    return file_sync_folder(folder, error);
}

/* Removes what is empty of gallery and the folders above it, up to the output folder, and makes it durable in
 * the lowest that stays. */
static gboolean remove_empty(const Output *output, const char *gallery, GError **error)
{
    g_autofree char *path = g_strdup(gallery);
    g_autofree char *folder = g_build_filename(output->path, path, NULL);
    while (*path && (rmdir(folder) == 0 || errno == ENOENT || errno == ENOTDIR)) {
        char *slash = strrchr(path, '/');
        *(slash ? slash : path) = '\0';
        g_free(folder);
        folder = g_build_filename(output->path, path, NULL);
    }
    return file_sync_folder(folder, error);
}

gboolean publish_remove(const Output *output, const char *gallery, const GPtrArray *names, guint *removed,
                        GError **error)
{
    *removed = 0;
    if (*gallery == '.' || strstr(gallery, "/.")) /* no scan gave this path, and it may lead anywhere */
        return TRUE;
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat st;
        gboolean there = lstat(path, &st) == 0;
        if (there && is_plain(name) && S_ISREG(st.st_mode) && (there = unlink(path) == 0))
            (*removed)++;
        if (!there && errno != ENOENT && errno != ENOTDIR)
            return hopeless(error, errno, "cannot be cleared", folder);
    }
    return remove_empty(output, gallery, error);
}

gint64 publish_folder_mtime(const Output *output, const char *gallery)
{
    struct stat st;
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    if (!publish_has(output, gallery, PUBLISH_MANIFEST) || stat(folder, &st) < 0)
        return 0;
    return (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

gboolean publish_has(const Output *output, const char *gallery, const char *file)
{
    struct stat st;
    g_autofree char *path = g_build_filename(output->path, gallery, file, NULL);
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
