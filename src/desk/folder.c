#include "desk/folder.h"

#include "desk/pages.h"

void folder_free(gpointer data)
{
    Folder *folder = data;
    gallery_free(folder->gallery);
    g_hash_table_unref(folder->files);
    g_hash_table_unref(folder->moved);
    g_free(folder->unread);
    g_free(folder);
}

Folder *folder_new(void)
{
    Folder *folder = g_new0(Folder, 1);
    folder->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    folder->moved = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    folder->stale = folder->changed = TRUE;
    return folder;
}

/* ---- What came ---- */

/* Looks at one file, and keeps what is known of it. TRUE where it has changed. */
static gboolean see(const FolderLook *look, Folder *folder, GHashTable *before, const ScanFile *file)
{
    gpointer name = NULL, settle = NULL;
    if (g_hash_table_contains(folder->files, file->name)) /* a sidecar of two photos */
        return FALSE;
    if (!g_hash_table_steal_extended(before, file->name, &name, &settle)) {
        name = g_strdup(file->name);
        settle = g_new0(Settle, 1);
    }
    g_hash_table_insert(folder->files, name, settle);
    folder->newest = MAX(folder->newest, file->ctime);
    return settle_see(settle, file, g_hash_table_contains(folder->moved, file->name), look->now, look->real,
                      look->times);
}

static void forgive(Folder *folder, const char *name)
{
    Settle *settle = g_hash_table_lookup(folder->files, name);
    if (settle->failed)
        folder->changed = TRUE;
    settle->failed = FALSE;
}

/* A photo that failed is tried again when what belongs to it has changed. */
void folder_take(Folder *folder, Gallery *gallery, const FolderLook *look)
{
    gboolean had_captions = folder->gallery && folder->gallery->captions;
    gallery_free(folder->gallery);
    folder->gallery = gallery;
    g_autoptr(GHashTable) before = g_steal_pointer(&folder->files);
    folder->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean captions = gallery->captions ? see(look, folder, before, gallery->captions) : had_captions;
    for (guint i = 0; i < gallery->photos->len; i++)
        see(look, folder, before, gallery->photos->pdata[i]);
    for (guint i = 0; i < gallery->photos->len; i++) {
        const ScanFile *photo = gallery->photos->pdata[i];
        gboolean sidecar = photo->sidecar && see(look, folder, before, photo->sidecar);
        if (captions || sidecar)
            forgive(folder, photo->name);
    }
    folder->changed = folder->changed || g_hash_table_size(before) > 0;
    g_hash_table_remove_all(folder->moved);
}

/* ---- What is ready ---- */

void folder_redo(Folder *folder)
{
    GHashTableIter each;
    gpointer settle;
    folder->changed = TRUE;
    folder->stale = TRUE; /* notes that were written since are to be known */
    g_hash_table_iter_init(&each, folder->files);
    while (g_hash_table_iter_next(&each, NULL, &settle))
        ((Settle *)settle)->failed = FALSE;
}

/* NULL where there is no file. */
static Settle *find(const Folder *folder, const ScanFile *file)
{
    return file ? g_hash_table_lookup(folder->files, file->name) : NULL;
}

/* When a file has settled; 0 where it has, or there is none. */
static gint64 wait_for(const Folder *folder, const ScanFile *file)
{
    const Settle *settle = find(folder, file);
    return settle ? settle->due : 0;
}

/* A table that somebody has saved without the end of its last line is not waited for as long as a photo. */
#define TABLE_PATIENCE 6 /* times the quiet that settles a file */

static void expect_table(ScanFile *table, const Settle *settle, const FolderLook *look)
{
    gint64 since = settle->incomplete_since;
    table->watched = TRUE;
    table->last_try = since != 0 && look->now >= since + TABLE_PATIENCE * look->times->quiet;
}

gint64 folder_hold(Folder *folder, const FolderLook *look, guint *due)
{
    Gallery *gallery = folder->gallery;
    const Settle *captions = find(folder, gallery->captions);
    gint64 all = wait_for(folder, gallery->captions), next = all > look->now ? all : G_MAXINT64;
    gboolean unusable = captions && captions->failed;
    *due = all != 0 && all <= look->now;
    if (captions)
        expect_table(gallery->captions, captions, look);
    for (guint i = 0; i < gallery->photos->len; i++) {
        ScanFile *photo = gallery->photos->pdata[i];
        const Settle *settle = find(folder, photo), *sidecar = find(folder, photo->sidecar);
        gint64 own = MAX(settle->due, wait_for(folder, photo->sidecar));
        photo->watched = TRUE;
        photo->changed = settle->changed || (sidecar && sidecar->changed);
        photo->last_try = settle_is_last(settle, look->now, look->times);
        photo->arriving = !unusable && !settle->failed && MAX(own, all) > look->now;
        photo->held = unusable || settle->failed || photo->arriving;
        if (unusable || settle->failed)
            continue;
        if (photo->arriving)
            next = MIN(next, MAX(own, all));
        else if (own != 0)
            (*due)++;
    }
    return next;
}

guint folder_count_newcomers(const Folder *folder, const Gallery *gallery, gint64 at)
{
    guint n = 0;
    for (guint i = 0; gallery && i < gallery->photos->len; i++) {
        const ScanFile *photo = gallery->photos->pdata[i];
        const Settle *settle = folder ? find(folder, photo) : NULL;
        if (!settle || photo->arriving || settle->due > at || settle_is_other(settle, photo))
            n++;
    }
    return n;
}

guint folder_count_afresh(GHashTable *folders, const char *path, const ScanSource *source, gint64 at)
{
    g_autoptr(GPtrArray) below = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Gallery) now = scan_gallery(source, path, below);
    guint n = folder_count_newcomers(g_hash_table_lookup(folders, path), now, at);
    for (guint i = 0; i < below->len; i++) {
        const char *name = below->pdata[i];
        g_autofree char *folder = *path ? g_build_filename(path, name, NULL) : g_strdup(name);
        if (!g_hash_table_contains(folders, folder) && !pages_is_taken(name))
            n += folder_count_afresh(folders, folder, source, at);
    }
    return n;
}

static void mark_done(Folder *folder, const ScanFile *file, gint64 at)
{
    Settle *settle = find(folder, file);
    if (!settle || settle->due > at)
        return;
    settle->due = 0;
    settle->changed = FALSE;
    settle->incomplete_since = 0;
    settle->tries = 0;
}

void folder_done(Folder *folder, gint64 at)
{
    const Gallery *gallery = folder->gallery;
    const Settle *captions = find(folder, gallery->captions);
    folder->changed = FALSE;
    mark_done(folder, gallery->captions, at);
    if (captions && (captions->failed || captions->due > at))
        return; /* without it, none of the photos was looked at */
    for (guint i = 0; i < gallery->photos->len; i++) {
        const ScanFile *photo = gallery->photos->pdata[i];
        mark_done(folder, photo->sidecar, at);
        if (!photo->held)
            mark_done(folder, photo, at);
    }
}
