/* A photo desk as it is at one moment: what its page shows (page/live.h), and what it leaves for those who
 * ask. */
#pragma once

#include "base/times.h"

#define SNAPSHOT_MOST 200 /* photos in each of its lists */

typedef enum {
    SNAPSHOT_ARRIVING, /* it has not settled, or its end has not come */
    SNAPSHOT_WAITING,  /* for its turn */
    SNAPSHOT_MAKING,   /* in hand */
    SNAPSHOT_PUBLISHED,
    SNAPSHOT_FAILED,
} SnapshotState;

typedef struct {
    SnapshotState state;
    char *gallery, *photo; /* the file system's bytes */
    gint64 at;             /* us since 1970: since when */
    char *message;         /* why it failed, or has not arrived; or NULL */
    char *wrong;           /* why it failed, in the desk's language, where that is known; or NULL */
    char *thumb;           /* of a published one: its smallest file, or NULL */
    guint width, height;   /* of that, px */
} SnapshotPhoto;

/* What a desk as a whole can lack, so that it publishes nothing. */
typedef enum {
    SNAPSHOT_NO_LACK,
    SNAPSHOT_NO_ROOM, /* on the disk of the output */
    SNAPSHOT_NO_INBOX,
    SNAPSHOT_LACKS,
} SnapshotLack;

typedef struct {
    char *language; /* the preset's, BCP 47 */
    gint64 process;
    gint64 began, updated;   /* us since 1970 */
    gboolean ended;          /* as it should */
    gint64 last_success;     /* us since 1970, of earlier times, too; 0: never */
    guint published, failed; /* since it began; a captions.csv that cannot be read is one */
    guint arriving, queued;  /* all of them; those in hand are queued */
    SnapshotLack lack;       /* what it waits for, and then why */
    char *hindered;          /* or NULL */
    Times times;             /* that their making took, all together, since it began */
    GPtrArray *coming;       /* SnapshotPhoto, each list the newest first */
    GPtrArray *done;         /* published */
    GPtrArray *bad;          /* failed, and not mended since */
} Snapshot;

Snapshot *snapshot_new(void);
void snapshot_free(Snapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Snapshot, snapshot_free)
GPtrArray *snapshot_photos_new(void); /* an empty list of photos */
SnapshotPhoto *snapshot_photo_new(SnapshotState state, const char *gallery, const char *photo);

/* Its name, as "room". SNAPSHOT_NO_LACK has none. */
const char *snapshot_lack(SnapshotLack lack);

/* Sets what it lacks, and why, or that it lacks nothing. Says whether that is new. */
gboolean snapshot_hinder(Snapshot *snapshot, SnapshotLack lack, const char *message);

/* As JSON text (docs/status.schema.json), with running where it is not NULL. Free with g_free(). */
char *snapshot_text(const Snapshot *snapshot, const gboolean *running);

/* Back from such a text; what is missing in it, or strange, is left out. NULL where it is none. */
Snapshot *snapshot_read(const char *text, gsize size);
