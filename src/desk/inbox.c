#include "desk/inbox.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "desk/events.h"
#include "desk/folder.h"
#include "desk/pages.h"
#include "desk/publish.h"

#define RESCAN G_TIME_SPAN_MINUTE
#define POLL (5 * G_TIME_SPAN_SECOND) /* where events do not come */

struct Inbox {
    char *root;
    InboxOptions options;
    ScanSource *source;
    GHashTable *folders; /* path -> Folder */
    Events *events;      /* NULL where they do not come */
    gint64 rescan;       /* when all is to be read again */
    gint64 home;         /* the device that last had photos */
    gboolean gone, deaf;
    gboolean trusted; /* the times that files bear are of this machine's clock */
};

/* ---- Events ---- */

static void on_told(const char *path, const char *name, gboolean moved, gpointer user)
{
    Inbox *inbox = user;
    Folder *folder = path ? g_hash_table_lookup(inbox->folders, path) : NULL;
    if (name && (name[0] == '.' || g_str_has_suffix(name, SCAN_NOTE))) /* what we write ourselves, too */
        return;
    if (folder) {
        folder->stale = TRUE;
        if (moved)
            g_hash_table_add(folder->moved, g_strdup(name));
    }
    if (!folder || !name) /* the folder itself: what it hangs from may have changed */
        inbox->rescan = 0;
    const SettleTimes *times = &inbox->options.times;
    inbox->options.on_event(moved ? MIN(times->moved, times->quiet) : times->quiet, inbox->options.user);
}

static void stop_listening(Inbox *inbox, int err)
{
    g_clear_pointer(&inbox->events, events_free);
    inbox->deaf = TRUE;
    inbox->rescan = 0;
    g_autofree char *message = g_strdup_printf(
        "Changes cannot be told by the kernel (%s); the folder is looked through every %d s instead; %s",
        g_strerror(err), (int)(POLL / G_TIME_SPAN_SECOND),
        err == ENOSPC ? "raise fs.inotify.max_user_watches (sysctl)" : "see fs.inotify (sysctl)");
    inbox->options.on_problem(message, inbox->options.user);
}

static void listen_to(Inbox *inbox, const char *path)
{
    if (inbox->events && !events_watch(inbox->events, inbox->root, path) &&
        (errno == ENOSPC || errno == ENOMEM))
        stop_listening(inbox, errno);
}

Inbox *inbox_new(const char *root, const InboxOptions *options)
{
    Inbox *inbox = g_new0(Inbox, 1);
    inbox->options = *options;
    inbox->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, folder_free);
    inbox->source = scan_source_new(root);
    inbox->root = g_strdup(inbox->source->path);
    inbox->gone = TRUE; /* since an earlier run, perhaps */
    inbox->trusted = events_come(inbox->root);
    inbox->deaf = !inbox->trusted || options->poll > 0;
    if (!inbox->deaf && !(inbox->events = events_new(on_told, inbox)))
        stop_listening(inbox, errno);
    return inbox;
}

void inbox_free(Inbox *inbox)
{
    if (!inbox)
        return;
    events_free(inbox->events);
    g_hash_table_unref(inbox->folders);
    scan_source_free(inbox->source);
    g_free(inbox->root);
    g_free(inbox);
}

/* ---- Reading ---- */

typedef struct {
    Inbox *inbox;
    FolderLook at;
} Look;

static void read_folder(const Look *look, const char *path);

/* Folders that are no longer there, with all below them. */
static void drop_below(Inbox *inbox, const char *path)
{
    GHashTableIter each;
    gpointer key;
    gsize n = strlen(path);
    g_hash_table_iter_init(&each, inbox->folders);
    while (g_hash_table_iter_next(&each, &key, NULL))
        if (g_str_has_prefix(key, path) && (((char *)key)[n] == '\0' || ((char *)key)[n] == '/')) {
            if (inbox->events)
                events_forget(inbox->events, key);
            inbox->gone = TRUE;
            g_hash_table_iter_remove(&each);
        }
}

/* Whether the folder path lies right in the folder above. */
static gboolean is_right_in(const char *path, const char *above)
{
    gsize n = strlen(above);
    if (*path == '\0' || strncmp(path, above, n) != 0 || (n > 0 && path[n] != '/'))
        return FALSE;
    return !strchr(path + n + (n > 0), '/');
}

/* What hangs from the folder: those that are gone before those that are new, since one may be the other. */
static void compare_subfolders(const Look *look, const char *above, GPtrArray *names)
{
    g_autoptr(GHashTable) there = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < names->len; i++)
        g_hash_table_add(there,
                         *above ? g_build_filename(above, names->pdata[i], NULL) : g_strdup(names->pdata[i]));
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter each;
    gpointer path;
    g_hash_table_iter_init(&each, look->inbox->folders);
    while (g_hash_table_iter_next(&each, &path, NULL))
        if (is_right_in(path, above) && !g_hash_table_contains(there, path))
            g_ptr_array_add(gone, g_strdup(path));
    for (guint i = 0; i < gone->len; i++)
        drop_below(look->inbox, gone->pdata[i]);

    g_hash_table_iter_init(&each, there);
    while (g_hash_table_iter_next(&each, &path, NULL))
        if (!g_hash_table_contains(look->inbox->folders, path))
            read_folder(look, path);
}

/* By a file that photodesk writes. */
static gboolean is_taken(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    return pages_is_taken(name);
}

/* Told once, as long as it lasts. */
static void leave_unread(const Inbox *inbox, Folder *folder, char *why)
{
    if (!folder->unread)
        inbox->options.on_problem(why, inbox->options.user);
    g_free(folder->unread);
    folder->unread = why;
}

static void read_folder(const Look *look, const char *path)
{
    Inbox *inbox = look->inbox;
    Folder *folder = g_hash_table_lookup(inbox->folders, path);
    if (!folder) {
        folder = folder_new();
        g_hash_table_insert(inbox->folders, g_strdup(path), folder);
    }
    if (is_taken(path)) {
        g_autofree char *shown = file_show(path);
        leave_unread(
            inbox, folder,
            g_strdup_printf("The folder %s has the name of a file that photodesk writes; rename it", shown));
        folder->stale = FALSE;
        return;
    }
    listen_to(inbox, path); /* before it is read, so that nothing comes in between */
    folder->stale = FALSE;

    g_autoptr(GPtrArray) subfolders = g_ptr_array_new_with_free_func(g_free);
    Gallery *gallery = scan_gallery(inbox->source, path, subfolders);
    if (!gallery && (errno == ENOENT || errno == ENOTDIR) && *path) /* the folder that it was in tells */
        return;
    if (!gallery) {
        const char *why = g_strerror(errno);
        g_autofree char *shown = file_show(*path ? path : inbox->root);
        leave_unread(
            inbox, folder,
            g_strdup_printf("The folder %s cannot be read: %s; see that it is there and that you may read it",
                            shown, why));
        if (!*path)
            inbox->source->found = FALSE;
        return;
    }
    inbox->gone = inbox->gone || folder->unread; /* what was below it, too */
    g_clear_pointer(&folder->unread, g_free);
    folder_take(folder, gallery, &look->at);
    compare_subfolders(look, path, subfolders);
}

static gboolean is_elsewhere(const Inbox *inbox)
{
    return inbox->home != 0 && inbox->home != inbox->source->device;
}

/* The root or another; one that has a name of ours is not to be read. */
static gboolean has_unread(const Inbox *inbox)
{
    GHashTableIter each;
    gpointer path, folder;
    g_hash_table_iter_init(&each, inbox->folders);
    while (g_hash_table_iter_next(&each, &path, &folder))
        if (((const Folder *)folder)->unread && !is_taken(path))
            return TRUE;
    return FALSE;
}

/* The root's device may be another by now, as when it was unmounted. */
static void read_all(const Look *look)
{
    Inbox *inbox = look->inbox;
    g_autoptr(GList) known = g_hash_table_get_keys(inbox->folders);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (GList *l = known; l; l = l->next)
        g_ptr_array_add(paths, g_strdup(l->data));
    ScanSource *fresh = scan_source_new(inbox->root);
    inbox->source->found = fresh->found;
    if (fresh->found)
        inbox->source->device = fresh->device;
    scan_source_free(fresh);

    read_folder(look, "");
    for (guint i = 0; i < paths->len; i++)
        if (*(char *)paths->pdata[i] && g_hash_table_contains(inbox->folders, paths->pdata[i]))
            read_folder(look, paths->pdata[i]);
    /* of a disk that is mounted, and of a folder that may be read by now, nobody tells */
    gint64 every = inbox->options.poll > 0                                   ? inbox->options.poll
                   : inbox->deaf || is_elsewhere(inbox) || has_unread(inbox) ? POLL
                                                                             : RESCAN;
    inbox->rescan = look->at.now + every;
}

/* ---- What is ready ---- */

static int compare_newest(gconstpointer a, gconstpointer b)
{
    const Folder *x = *(Folder *const *)a, *y = *(Folder *const *)b;
    return (x->newest < y->newest) - (x->newest > y->newest);
}

/* A file that is about to be given out is looked at once more. */
static void read_due(const Look *look)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter each;
    gpointer path, data;
    g_hash_table_iter_init(&each, look->inbox->folders);
    while (g_hash_table_iter_next(&each, &path, &data)) {
        Folder *folder = data;
        guint due = 0;
        if (folder->gallery && !folder->stale)
            folder_hold(folder, &look->at, &due);
        if (folder->stale || due > 0)
            g_ptr_array_add(paths, g_strdup(path));
    }
    for (guint i = 0; i < paths->len; i++)
        if (g_hash_table_contains(look->inbox->folders, paths->pdata[i]))
            read_folder(look, paths->pdata[i]);
}

/* Its root, which holds all the others, cannot be read, or is a mount point without its disk. */
static char *find_away(const Inbox *inbox)
{
    const Folder *root = g_hash_table_lookup(inbox->folders, "");
    if (root->unread)
        return g_strdup(root->unread);
    g_autofree char *shown = file_show(inbox->root);
    return is_elsewhere(inbox)
               ? g_strdup_printf("The folder %s has no photos at all and is on another disk than before; see "
                                 "that its own is mounted",
                                 shown)
               : NULL;
}

void inbox_look(Inbox *inbox, InboxWork *work)
{
    gint64 now = g_get_monotonic_time();
    Look look = { inbox, { now, inbox->trusted ? g_get_real_time() * 1000 : 0, &inbox->options.times } };
    if (now >= inbox->rescan)
        read_all(&look);
    else
        read_due(&look);

    *work = (InboxWork){ .at = now,
                         .all = g_ptr_array_new(),
                         .ready = g_ptr_array_new(),
                         .source = inbox->source,
                         .gone = inbox->gone && inbox->source->found,
                         .next = inbox->rescan };
    g_autoptr(GPtrArray) folders = g_ptr_array_new();
    GHashTableIter each;
    gpointer data;
    inbox->source->photos = 0;
    g_hash_table_iter_init(&each, inbox->folders);
    while (g_hash_table_iter_next(&each, NULL, &data)) {
        Folder *folder = data;
        if (!folder->gallery)
            continue;
        guint due;
        gint64 next = folder_hold(folder, &look.at, &due);
        work->waiting = work->waiting || next != G_MAXINT64;
        work->next = MIN(work->next, next);
        inbox->source->photos += folder->gallery->photos->len;
        g_ptr_array_add(work->all, folder->gallery);
        if (due > 0 || folder->changed)
            g_ptr_array_add(folders, folder);
    }
    if (inbox->source->photos > 0)
        inbox->home = inbox->source->device;
    work->away = find_away(inbox);
    g_ptr_array_sort(folders, compare_newest);
    for (guint i = 0; i < folders->len; i++)
        g_ptr_array_add(work->ready, ((Folder *)folders->pdata[i])->gallery);
}

void inbox_work_clear(InboxWork *work)
{
    g_clear_pointer(&work->all, g_ptr_array_unref);
    g_clear_pointer(&work->ready, g_ptr_array_unref);
    g_clear_pointer(&work->away, g_free);
}

guint inbox_count_newcomers(const Inbox *inbox, const InboxWork *work)
{
    guint n = 0;
    gboolean all = g_get_monotonic_time() >= inbox->rescan;
    GHashTableIter each;
    gpointer path, data;
    g_hash_table_iter_init(&each, inbox->folders);
    while (g_hash_table_iter_next(&each, &path, &data)) {
        const Folder *folder = data;
        n += all || folder->stale ? folder_count_afresh(inbox->folders, path, inbox->source, work->at)
                                  : folder_count_newcomers(folder, folder->gallery, work->at);
    }
    return n;
}

/* ---- What became of it ---- */

static Settle *find(const Inbox *inbox, const char *gallery, const char *name)
{
    const Folder *folder = g_hash_table_lookup(inbox->folders, gallery);
    return folder ? g_hash_table_lookup(folder->files, name) : NULL;
}

void inbox_failed(Inbox *inbox, const char *gallery, const char *name)
{
    Settle *settle = find(inbox, gallery, name);
    if (settle) {
        settle->failed = TRUE;
        settle->due = 0;
    }
}

void inbox_incomplete(Inbox *inbox, const char *gallery, const char *name)
{
    Settle *settle = find(inbox, gallery, name);
    if (settle)
        settle_incomplete(settle, g_get_monotonic_time(), &inbox->options.times);
}

void inbox_redo(Inbox *inbox)
{
    GHashTableIter each;
    gpointer data;
    g_hash_table_iter_init(&each, inbox->folders);
    while (g_hash_table_iter_next(&each, NULL, &data))
        folder_redo(data);
}

gboolean inbox_is_open(const Inbox *inbox, const char *gallery, const char *name)
{
    const Settle *settle = find(inbox, gallery, name);
    return settle && (settle->failed || settle->due != 0);
}

void inbox_done(Inbox *inbox, const InboxWork *work)
{
    inbox->gone = inbox->gone && !work->gone;
    for (guint i = 0; i < work->ready->len; i++) {
        const Gallery *gallery = work->ready->pdata[i];
        folder_done(g_hash_table_lookup(inbox->folders, gallery->path), work->at);
    }
}
