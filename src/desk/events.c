#include "desk/events.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TOLD                                                                                                 \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF |     \
     IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)

struct Events {
    EventsTold told;
    gpointer user;
    int fd;
    guint source;
    GHashTable *folders; /* watch descriptor -> folder */
    GHashTable *watches; /* folder -> watch descriptor */
};

/* A folder that was made anew under its old name has another watch by then. */
static void drop(Events *events, const char *folder, int wd)
{
    if (GPOINTER_TO_INT(g_hash_table_lookup(events->watches, folder)) == wd)
        g_hash_table_remove(events->watches, folder);
    g_hash_table_remove(events->folders, GINT_TO_POINTER(wd));
}

static void tell(Events *events, const struct inotify_event *event)
{
    if (event->mask & (IN_Q_OVERFLOW | IN_UNMOUNT)) {
        events->told(NULL, NULL, FALSE, events->user);
        return;
    }
    const char *folder = g_hash_table_lookup(events->folders, GINT_TO_POINTER(event->wd));
    if (!folder) /* it is no longer of interest */
        return;
    g_autofree char *kept = g_strdup(folder);
    if (event->mask & IN_IGNORED)
        drop(events, kept, event->wd);
    gboolean moved = (event->mask & IN_MOVED_TO) && !(event->mask & IN_ISDIR);
    events->told(kept, event->len > 0 ? event->name : NULL, moved, events->user);
}

static gboolean on_readable(int fd, GIOCondition condition, gpointer data)
{
    (void)condition;
    Events *events = data;
    char buffer[65536] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        events->told(NULL, NULL, FALSE, events->user);
        events->source = 0;
        return G_SOURCE_REMOVE; /* what is looked through every minute is enough then */
    }
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const struct inotify_event *)(buffer + at);
        tell(events, event);
        at += (ssize_t)(sizeof *event + event->len);
    }
    return G_SOURCE_CONTINUE;
}

Events *events_new(EventsTold told, gpointer user)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        return NULL;
    Events *events = g_new0(Events, 1);
    *events = (Events){ .told = told,
                        .user = user,
                        .fd = fd,
                        .folders = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                        .watches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
    events->source = g_unix_fd_add(fd, G_IO_IN, on_readable, events);
    return events;
}

void events_free(Events *events)
{
    if (!events)
        return;
    g_clear_handle_id(&events->source, g_source_remove);
    close(events->fd);
    g_hash_table_unref(events->folders);
    g_hash_table_unref(events->watches);
    g_free(events);
}

gboolean events_watch(Events *events, const char *root, const char *folder)
{
    g_autofree char *path = *folder ? g_build_filename(root, folder, NULL) : g_strdup(root);
    int wd = inotify_add_watch(events->fd, path, TOLD);
    if (wd < 0)
        return FALSE;
    const char *before = g_hash_table_lookup(events->folders, GINT_TO_POINTER(wd));
    if (g_strcmp0(before, folder) == 0)
        return TRUE;
    if (before)
        g_hash_table_remove(events->watches, before);
    int old = GPOINTER_TO_INT(g_hash_table_lookup(events->watches, folder));
    if (old != 0)
        g_hash_table_remove(events->folders, GINT_TO_POINTER(old));
    g_hash_table_insert(events->folders, GINT_TO_POINTER(wd), g_strdup(folder));
    g_hash_table_insert(events->watches, g_strdup(folder), GINT_TO_POINTER(wd));
    return TRUE;
}

void events_forget(Events *events, const char *folder)
{
    int wd = GPOINTER_TO_INT(g_hash_table_lookup(events->watches, folder));
    if (wd == 0)
        return;
    drop(events, folder, wd);
    inotify_rm_watch(events->fd, wd); /* an error says that it is gone already */
}

gboolean events_come(const char *path)
{
    static const guint32 deaf[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
                                    FUSE_SUPER_MAGIC };
    struct statfs fs;
    if (statfs(path, &fs) < 0)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(deaf); i++)
        if ((guint32)fs.f_type == deaf[i])
            return FALSE;
    return TRUE;
}
