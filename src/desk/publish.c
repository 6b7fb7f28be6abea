#include "desk/publish.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

gboolean publish_is_plain(const char *name)
{
    return *name && *name != '.' && !strchr(name, '/');
}

/* A regular one, and no program that would run as whoever publishes it. */
static gboolean is_file(mode_t mode)
{
    return (mode & (S_IFMT | S_ISUID | S_ISGID)) == S_IFREG;
}

static gboolean check_staged(const char *staging, const StagedFile *file, GError **error)
{
    struct stat st;
    g_autofree char *path = g_build_filename(staging, file->name, NULL);
    int err = lstat(path, &st) < 0 ? errno : 0;
    if (err != 0 && !file_is_absent(err))
        return output_fail(error, err, "cannot be read", staging);
    if (!publish_is_plain(file->name) || err != 0 || !is_file(st.st_mode) ||
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
        return output_fail(error, errno, "cannot be written", folder);
    for (guint i = 0; i < files->len; i++) {
        const char *name = g_array_index(files, StagedFile, i).name;
        g_autofree char *from = g_build_filename(staging, name, NULL);
        g_autofree char *to = g_build_filename(folder, name, NULL);
        if (rename(from, to) < 0)
            return output_fail(error, errno, "cannot be written", folder);
    }
    return file_sync_folder(folder, error) || error_blame_output(error);
}

static gboolean replace(const Output *output, const char *folder, const PublishText *text, GError **error)
{
    g_autofree char *fresh = g_build_filename(output->staging, text->name, NULL);
    g_autofree char *path = g_build_filename(folder, text->name, NULL);
    if (unlink(fresh) < 0 && errno != ENOENT)
        return output_fail(error, errno, "cannot be written", folder);
    return file_write_new(fresh, text->text, strlen(text->text), error) &&
           (rename(fresh, path) == 0 || output_fail(error, errno, "cannot be written", path));
}

gboolean publish_texts(const Output *output, const char *gallery, const PublishText *texts, guint n,
                       GError **error)
{
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    if (g_mkdir_with_parents(folder, 0777) < 0)
        return output_fail(error, errno, "cannot be written", folder);
    for (guint i = 0; i < n; i++) {
        gboolean others = i > 0 && i == n - 1;
        if ((others && !file_sync_folder(folder, error)) || !replace(output, folder, &texts[i], error))
            return FALSE;
    }
    return file_sync_folder(folder, error);
}

gboolean publish_text(const Output *output, const char *gallery, const char *name, const char *text,
                      GError **error)
{
    const PublishText one = { name, text };
    return publish_texts(output, gallery, &one, 1, error);
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

gboolean publish_is_gallery(const char *path)
{
    return *path != '.' && !strstr(path, "/.");
}

gboolean publish_remove(const Output *output, const char *gallery, const GPtrArray *names, guint *removed,
                        GError **error)
{
    *removed = 0;
    if (!publish_is_gallery(gallery)) /* it may lead anywhere */
        return TRUE;
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat st;
        gboolean there = lstat(path, &st) == 0;
        if (there && publish_is_plain(name) && S_ISREG(st.st_mode) && (there = unlink(path) == 0))
            (*removed)++;
        if (!there && errno != ENOENT && errno != ENOTDIR)
            return output_fail(error, errno, "cannot be cleared", folder);
    }
    return remove_empty(output, gallery, error);
}

gboolean publish_sweep(const Output *output, const char *gallery, const Owners *owners, const char *photo,
                       const char *stem, GHashTable *kept, guint *removed, GError **error)
{
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    g_autoptr(GPtrArray) names = file_list(folder, error);
    guint before = *removed;
    if (!names)
        return error_blame_output(error);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_hash_table_contains(kept, name) || !owners_is_of(owners, folder, name, photo, stem))
            continue;
        if (unlink(path) == 0)
            (*removed)++;
        else if (errno != ENOENT)
            return output_fail(error, errno, "cannot be cleared", folder);
    }
    return *removed == before || file_sync_folder(folder, error);
}

#define STAMP_BASIS 0xcbf29ce484222325

static guint64 mix(guint64 stamp, guint64 part)
{
    return (stamp ^ part) * 0x100000001b3; /* FNV-1a, a number at a time */
}

static guint64 mix_file(guint64 stamp, const struct stat *st)
{
    const gint64 parts[] = { st->st_size, st->st_mtim.tv_sec, st->st_mtim.tv_nsec };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        stamp = mix(stamp, (guint64)parts[i]);
    return stamp;
}

/* The time of a folder tells that files have come or gone. That of the output itself tells that of galleries
 * and of the desk's page, too: there it is the files, by their names and inodes, in whatever order. */
static gboolean mix_output(guint64 *stamp, const char *folder)
{
    DIR *dir = opendir(folder);
    guint64 sum = 0;
    const struct dirent *entry;
    while (dir && (errno = 0, entry = readdir(dir)))
        if (entry->d_type != DT_DIR && strcmp(entry->d_name, PUBLISH_DESK) != 0)
            sum += mix(mix(STAMP_BASIS, g_str_hash(entry->d_name)), entry->d_ino);
    gboolean whole = dir && errno == 0;
    if (dir)
        closedir(dir); /* nothing was written: nothing to lose */
    *stamp = mix(*stamp, sum);
    return whole;
}

gint64 publish_folder_stamp(const Output *output, const char *gallery)
{
    static const char *const texts[] = { "", PUBLISH_SHEET, PUBLISH_FIGURES, PUBLISH_HEAD, PUBLISH_MANIFEST };
    guint64 stamp = STAMP_BASIS;
    if (*gallery == '\0' && !mix_output(&stamp, output->path))
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct stat st;
        g_autofree char *path = g_build_filename(output->path, gallery, texts[i], NULL);
        if (stat(path, &st) < 0 || (i > 0 && !S_ISREG(st.st_mode)))
            return 0;
        if (i == 0)
            st.st_size = 0; /* of a folder, it may be anything */
        if (i > 0 || *gallery)
            stamp = mix_file(stamp, &st);
    }
    return stamp == 0 ? 1 : (gint64)stamp;
}

gboolean publish_has(const Output *output, const char *gallery, const char *file)
{
    struct stat st;
    g_autofree char *path = g_build_filename(output->path, gallery, file, NULL);
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
