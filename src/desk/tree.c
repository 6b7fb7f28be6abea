#include "desk/tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "desk/publish.h"

static void file_free(gpointer data)
{
    g_free(((TreeFile *)data)->name);
    g_free(data);
}

static void folder_free(gpointer data)
{
    TreeFolder *folder = data;
    g_free(folder->path);
    g_free(folder->folder);
    g_ptr_array_unref(folder->files);
    g_free(folder);
}

typedef struct {
    GPtrArray *folders, *problems;
    GHashTable *seen; /* "DEVICE:INODE" of each folder, so that links that lead round end */
    gboolean links;
} Walk;

static void add_file(TreeFolder *folder, const char *name, const struct stat *st)
{
    TreeFile *file = g_new0(TreeFile, 1);
    *file = (TreeFile){ g_strdup(name), st->st_size, file_changed_by(st) };
    g_ptr_array_add(folder->files, file);
}

static TreeFolder *folder_new(const char *path, const char *place)
{
    TreeFolder *folder = g_new0(TreeFolder, 1);
    folder->path = g_strdup(path);
    folder->folder = g_strdup(place);
    folder->files = g_ptr_array_new_with_free_func(file_free);
    return folder;
}

/* None, and a problem, where they cannot be read to their end. */
static GPtrArray *list_names(const char *place, GPtrArray *problems)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *names = file_list(place, &error);
    if (!names)
        g_ptr_array_add(problems, g_strdup(error->message));
    return names;
}

/* FALSE where what it is cannot be told; what is not there, as where a link leads nowhere, is all zeros. */
static gboolean look_at(const char *path, gboolean links, struct stat *st, GPtrArray *problems)
{
    *st = (struct stat){ 0 };
    if ((links ? stat(path, st) : lstat(path, st)) == 0 || file_is_absent(errno) || errno == ELOOP)
        return TRUE;
    int err = errno;
    g_autofree char *shown = file_show(path);
    g_ptr_array_add(problems, g_strdup_printf("%s cannot be read: %s", shown, g_strerror(err)));
    return FALSE;
}

static void walk_folder(Walk *walk, const char *path, const char *place, const struct stat *st)
{
    g_autofree char *key =
        g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64)st->st_dev, (guint64)st->st_ino);
    if (!g_hash_table_add(walk->seen, g_strdup(key)))
        return;
    TreeFolder *folder = folder_new(path, place);
    folder->changed = file_changed_by(st);
    g_ptr_array_add(walk->folders, folder);
    g_autoptr(GPtrArray) names = list_names(place, walk->problems);
    folder->whole = names != NULL;
    for (guint i = 0; names && i < names->len; i++) {
        const char *name = names->pdata[i];
        struct stat inner;
        g_autofree char *inside = g_build_filename(place, name, NULL);
        if (strcmp(name, PUBLISH_STATE_FOLDER) == 0)
            continue;
        if (!look_at(inside, walk->links, &inner, walk->problems)) {
            folder->whole = FALSE;
            continue;
        }
        g_autofree char *below = *path ? g_build_filename(path, name, NULL) : g_strdup(name);
        if (S_ISDIR(inner.st_mode))
            walk_folder(walk, below, inside, &inner);
        else if (S_ISREG(inner.st_mode))
            add_file(folder, name, &inner);
    }
}

GPtrArray *tree_read(const char *root, gboolean links, GPtrArray *problems)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Walk walk = { g_ptr_array_new_with_free_func(folder_free), problems, seen, links };
    struct stat st;
    g_autofree char *shown = file_show(root);
    if (stat(root, &st) < 0)
        g_ptr_array_add(problems, g_strdup_printf("%s: %s", shown, g_strerror(errno)));
    else if (S_ISDIR(st.st_mode))
        walk_folder(&walk, "", root, &st);
    else {
        g_autofree char *place = g_path_get_dirname(root), *name = g_path_get_basename(root);
        TreeFolder *folder = folder_new("", place);
        folder->whole = TRUE;
        add_file(folder, name, &st);
        g_ptr_array_add(walk.folders, folder);
    }
    return walk.folders;
}

const TreeFile *tree_find(const TreeFolder *folder, const char *name)
{
    guint low = 0, high = folder->files->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        const TreeFile *file = folder->files->pdata[middle];
        int order = strcmp(file->name, name);
        if (order == 0)
            return file;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

gboolean tree_is_same(const TreeFolder *folder, const TreeFile *file, GPtrArray *problems)
{
    struct stat st;
    g_autofree char *path = g_build_filename(folder->folder, file->name, NULL);
    return look_at(path, FALSE, &st, problems) && S_ISREG(st.st_mode) && st.st_size == file->size &&
           file_changed_by(&st) == file->changed;
}
