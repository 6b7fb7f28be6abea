/* The ledger: what was made from what, in a SQLite database. Never the only copy of anything: without it, or
 * with a damaged one, the next build restores it. Used by the parent process only. */
#pragma once

#include <glib.h>

typedef struct Ledger Ledger;

/* What the ledger knows of a source file. */
typedef struct {
    char *name;
    gint64 size, mtime;                 /* bytes, ns */
    gint64 sidecar_size, sidecar_mtime; /* of its XMP sidecar; 0 where it has none */
    char *digest;                       /* of its bytes and the sidecar's */
    char *recipe;                       /* of all else that its variants were made from */
    gboolean lead;                      /* it has the renditions that are for the gallery's lead */
} LedgerPhoto;

typedef struct {
    gint64 captions_size, captions_mtime; /* of captions.csv; -1 where there was none */
    GVariant *captions;                   /* its rows, or NULL */
    GVariant *captions_warnings;          /* what is wrong with it (as), or NULL */
    gint64 folder_mtime; /* publish_folder_stamp() after its manifest was written; 0: not yet */
    char *source;        /* real path of the source folder that it belongs to, or NULL */
    gint64 device;       /* the file system that source was on */
    GPtrArray *photos;   /* LedgerPhoto, ascending by name as strcmp() has it */
} LedgerGallery;

/* Opens or creates it. A file that is no ledger, or one of another version, is made anew; one that cannot be
 * read or written, as on a full disk, is an error and is left alone. */
Ledger *ledger_open(const char *path, GError **error);
void ledger_close(Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_close)

/* What is known of the gallery; an empty one where nothing is. Free with ledger_gallery_free(). */
LedgerGallery *ledger_gallery(Ledger *ledger, const char *gallery, GError **error);
void ledger_gallery_free(LedgerGallery *gallery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LedgerGallery, ledger_gallery_free)

/* The paths (char *) of all galleries that belong to a source folder, descending: those below a folder come
 * before it. */
GPtrArray *ledger_galleries(Ledger *ledger, const char *source, GError **error);

/* The paths of all galleries. */
GPtrArray *ledger_all(Ledger *ledger, GError **error);

/* The record that was kept with a photo (type a{sv}), or NULL. */
GVariant *ledger_record(Ledger *ledger, const char *gallery, const char *name, GError **error);

/* What its variants were made from, as it was kept with that (type a{sv}), or NULL. */
GVariant *ledger_making(Ledger *ledger, const char *gallery, const char *name, GError **error);

/* Each of these is durable as far as a crash may at worst lose the last ones, never tear one. record may be
 * NULL: the one that is there stays, and the making with it. */
gboolean ledger_put_photo(Ledger *ledger, const char *gallery, const LedgerPhoto *photo, GVariant *record,
                          GVariant *making, GError **error);
gboolean ledger_drop_photo(Ledger *ledger, const char *gallery, const char *name, GError **error);
gboolean ledger_put_gallery(Ledger *ledger, const char *path, const LedgerGallery *gallery, GError **error);

/* Forgets the gallery with all its photos. */
gboolean ledger_drop_gallery(Ledger *ledger, const char *path, GError **error);

/* ---- Several ledgers of one output: desk/shards.h ---- */

/* Writes the whole ledger to a new file, in the place of one that is there. */
gboolean ledger_copy(Ledger *ledger, const char *path, GError **error);

/* Forgets the galleries that are not of the caller's. */
gboolean ledger_keep(Ledger *ledger, gboolean (*is_mine)(const char *gallery, gpointer user), gpointer user,
                     GError **error);

/* Takes over the galleries that another ledger has, with their photos as they are there, in one transaction.
 * One that is absent or no ledger gives nothing: what it knew will be found out again. */
void ledger_merge(Ledger *ledger, const char *path);
