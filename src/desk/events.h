/* What the kernel tells of changes in folders: inotify(7), used directly, since its overflow must be seen.
 * Hints, not truth: whoever is told looks for himself. */
#pragma once

#include <glib.h>

typedef struct Events Events;

/* Called from the main loop. folder is as it was given to events_watch(), name a file in it or NULL; both are
 * NULL where anything may have changed. moved: name was renamed into place. */
typedef void (*EventsTold)(const char *folder, const char *name, gboolean moved, gpointer user);

/* NULL, and errno, where there is no inotify to be had. */
Events *events_new(EventsTold told, gpointer user);
void events_free(Events *events);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Events, events_free)

/* root is the path that folder, a path under it, hangs from. Of a folder that is watched already, under
 * whatever name, the new name counts. FALSE, and errno: ENOSPC where the user's bound of watches is reached.
 */
gboolean events_watch(Events *events, const char *root, const char *folder);
void events_forget(Events *events, const char *folder);

/* Whether events come from the file system that path is on: not from one that others change, too (NFS, SMB),
 * nor FUSE. */
gboolean events_come(const char *path);
