/* One folder of the inbox, and what is known of its files. For inbox.c only. Times are of the monotonic
 * clock, in us. */
#pragma once

#include <glib.h>

#include "desk/scan.h"
#include "desk/settle.h"

typedef struct {
    Gallery *gallery;
    GHashTable *files; /* name -> Settle: photos, XMP sidecars and captions.csv */
    GHashTable *moved; /* names that somebody has just renamed into place */
    gboolean stale;    /* read it again */
    gboolean changed;  /* something is gone, or its failures may be mended */
    char *unread;      /* why it cannot be read, as has been told; NULL where it can */
    gint64 newest;     /* when a file of it last changed, ns since 1970 */
} Folder;

Folder *folder_new(void);
void folder_free(gpointer folder);

typedef struct {
    gint64 now;
    gint64 real; /* ns since 1970; 0: not to be trusted */
    const SettleTimes *times;
} FolderLook;

/* Takes over the gallery as it has just been read, and keeps what is known of files that are as they were. */
void folder_take(Folder *folder, Gallery *gallery, const FolderLook *look);

/* Holds what has not settled, and all of a gallery whose table has not, or cannot be read. Gives the time
 * when there is something to be done (G_MAXINT64: never); what is due is counted. */
gint64 folder_hold(Folder *folder, const FolderLook *look, guint *due);

/* How many photos of the gallery (or NULL), of a folder (or NULL) that may know them, were not yet to be done
 * at this time. */
guint folder_count_newcomers(const Folder *folder, const Gallery *gallery, gint64 at);

/* The same of a folder as it is now, with all below it that are not among the folders (path -> Folder). */
guint folder_count_afresh(GHashTable *folders, const char *path, const ScanSource *source, gint64 at);

/* All of it is to be done again, and what failed tried again. */
void folder_redo(Folder *folder);

/* What was not held and due at this time is done. */
void folder_done(Folder *folder, gint64 at);
