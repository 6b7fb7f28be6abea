#include "desk/ledger.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "base/error.h"
#include "photo/sidecar.h"

#define VERSION 8
#define TEXT(version) #version
#define PRAGMA_VERSION(version) "PRAGMA user_version = " TEXT(version) ";"

/* The records stand apart from the photos, so that finding out that nothing changed reads little. */
static const char schema[] =
    "BEGIN;"
    "CREATE TABLE gallery (path TEXT PRIMARY KEY, captions_size INTEGER, captions_mtime INTEGER,"
    " captions BLOB, folder_mtime INTEGER, source TEXT, device INTEGER, captions_warnings BLOB) WITHOUT "
    "ROWID;"
    "CREATE TABLE photo (gallery TEXT, name TEXT, size INTEGER, mtime INTEGER, digest TEXT,"
    " recipe TEXT, sidecar_size INTEGER, sidecar_mtime INTEGER, lead INTEGER, PRIMARY KEY (gallery, name)) "
    "WITHOUT ROWID;"
    "CREATE TABLE record (gallery TEXT, name TEXT, record BLOB, making BLOB, PRIMARY KEY (gallery, "
    "name));" PRAGMA_VERSION(VERSION) "COMMIT;";

enum {
    GET_GALLERY,
    GET_GALLERIES,
    GET_ALL,
    GET_PHOTOS,
    GET_RECORD,
    GET_MAKING,
    PUT_PHOTO,
    PUT_RECORD,
    DROP_PHOTO,
    DROP_RECORD,
    PUT_GALLERY,
    DROP_GALLERY,
    DROP_PHOTOS,
    DROP_RECORDS,
    STATEMENTS
};

static const char *const sql[STATEMENTS] = {
    [GET_ALL] = "SELECT path FROM gallery",
    [GET_GALLERY] = "SELECT captions_size, captions_mtime, captions, folder_mtime, source, device, "
                    "captions_warnings FROM gallery WHERE path = ?",
    [GET_GALLERIES] = "SELECT path FROM gallery WHERE source = ? ORDER BY path DESC",
    [GET_PHOTOS] = "SELECT name, size, mtime, digest, recipe, sidecar_size, sidecar_mtime, lead FROM photo "
                   "WHERE gallery = ? ORDER BY name",
    [GET_RECORD] = "SELECT record FROM record WHERE gallery = ? AND name = ?",
    [GET_MAKING] = "SELECT making FROM record WHERE gallery = ? AND name = ?",
    [PUT_PHOTO] = "INSERT OR REPLACE INTO photo (gallery, name, size, mtime, digest, recipe, sidecar_size, "
                  "sidecar_mtime, lead)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_RECORD] = "INSERT OR REPLACE INTO record (gallery, name, record, making) VALUES (?, ?, ?, ?)",
    [DROP_PHOTO] = "DELETE FROM photo WHERE gallery = ? AND name = ?",
    [DROP_RECORD] = "DELETE FROM record WHERE gallery = ? AND name = ?",
    [PUT_GALLERY] = "INSERT OR REPLACE INTO gallery (path, captions_size, captions_mtime, captions, "
                    "folder_mtime, source, device, captions_warnings)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [DROP_GALLERY] = "DELETE FROM gallery WHERE path = ?",
    [DROP_PHOTOS] = "DELETE FROM photo WHERE gallery = ?",
    [DROP_RECORDS] = "DELETE FROM record WHERE gallery = ?",
};

struct Ledger {
    sqlite3 *db;
    sqlite3_stmt *statement[STATEMENTS];
};

static gboolean is_full(sqlite3 *db)
{
    return sqlite3_errcode(db) == SQLITE_FULL || error_is_full(sqlite3_system_errno(db));
}

static gboolean fail(Ledger *ledger, GError **error)
{
    g_set_error(
        error, PHOTODESK_ERROR, is_full(ledger->db) ? PHOTODESK_ERROR_FULL : PHOTODESK_ERROR_OUTPUT,
        "The ledger in the output folder cannot be used: %s; see that its folder .photodesk can be written, "
        "or delete that, and run again",
        sqlite3_errmsg(ledger->db));
    return FALSE;
}

/* Whether it is the disk that does not serve, rather than the database that is none: then the ledger is to
 * be kept. */
static gboolean is_hindered(sqlite3 *db)
{
    switch (sqlite3_errcode(db)) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_NOMEM:
        return TRUE;
    case SQLITE_IOERR:
        return sqlite3_system_errno(db) != 0;
    default:
        return FALSE;
    }
}

static gboolean prepare(Ledger *ledger)
{
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(ledger->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &ledger->statement[i],
                               NULL) != SQLITE_OK)
            return FALSE;
    return TRUE;
}

static int read_version(sqlite3 *db)
{
    sqlite3_stmt *ask = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &ask, NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW)
        version = sqlite3_column_int(ask, 0);
    sqlite3_finalize(ask);
    return version;
}

static gboolean run(Ledger *ledger, const char *statements)
{
    return sqlite3_exec(ledger->db, statements, NULL, NULL, NULL) == SQLITE_OK;
}

/* The write-ahead log makes a commit cheap: it need not wait for the disk, since the ledger can be made
 * again; neither need what makes a new one, which knows nothing yet. Only the holder of the output's lock
 * opens it, so that its index can stay in memory. */
static gboolean set_up(Ledger *ledger)
{
    if (!run(ledger, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;"))
        return FALSE;
    int version = read_version(ledger->db);
    if (version == 0 && !run(ledger, schema))
        return FALSE;
    return (version == 0 || version == VERSION) && run(ledger, "PRAGMA synchronous = NORMAL;") &&
           prepare(ledger);
}

/* NULL without an error: what is there is no ledger of ours. */
static Ledger *open_one(const char *path, GError **error)
{
    g_autoptr(Ledger) ledger = g_new0(Ledger, 1);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &ledger->db, flags, NULL) == SQLITE_OK && set_up(ledger))
        return g_steal_pointer(&ledger);
    if (!ledger->db || is_hindered(ledger->db))
        fail(ledger, error);
    return NULL;
}

static void remove_files(const char *path)
{
    static const char *const parts[] = { "", "-wal", "-shm" };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = g_strconcat(path, parts[i], NULL);
        g_unlink(part);
    }
}

Ledger *ledger_open(const char *path, GError **error)
{
    g_autoptr(GError) hindrance = NULL;
    Ledger *ledger = open_one(path, &hindrance);
    if (ledger)
        return ledger;
    if (hindrance) {
        g_propagate_error(error, g_steal_pointer(&hindrance));
        return NULL;
    }

    remove_files(path); /* where this fails, opening fails again and is told */
    ledger = open_one(path, &hindrance);
    if (!ledger && !hindrance)
        g_set_error(
            &hindrance, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT,
            "The ledger in the output folder cannot be made anew; delete its folder .photodesk and run "
            "again");
    if (hindrance)
        g_propagate_error(error, g_steal_pointer(&hindrance));
    return ledger;
}

void ledger_close(Ledger *ledger)
{
    if (!ledger)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(ledger->statement[i]);
    sqlite3_close(ledger->db);
    g_free(ledger);
}

/* ---- Statements ---- */

static sqlite3_stmt *begin(Ledger *ledger, int which, const char *gallery, const char *name)
{
    sqlite3_stmt *s = ledger->statement[which];
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    if (gallery)
        sqlite3_bind_text(s, 1, gallery, -1, SQLITE_STATIC);
    if (name)
        sqlite3_bind_text(s, 2, name, -1, SQLITE_STATIC);
    return s;
}

static gboolean finish(Ledger *ledger, sqlite3_stmt *s, GError **error)
{
    gboolean ok = sqlite3_step(s) == SQLITE_DONE;
    if (!ok)
        fail(ledger, error);
    sqlite3_reset(s);
    return ok;
}

/* A value that we wrote; one that is not of its type or not in normal form is as good as none. */
static GVariant *column_variant(sqlite3_stmt *s, int column, const GVariantType *type)
{
    const void *blob = sqlite3_column_blob(s, column);
    if (!blob)
        return NULL;
    g_autoptr(GBytes) bytes = g_bytes_new(blob, (gsize)sqlite3_column_bytes(s, column));
    g_autoptr(GVariant) value = g_variant_ref_sink(g_variant_new_from_bytes(type, bytes, FALSE));
    return g_variant_is_normal_form(value) ? g_steal_pointer(&value) : NULL;
}

static void bind_variant(sqlite3_stmt *s, int parameter, GVariant *value)
{
    if (value)
        sqlite3_bind_blob64(s, parameter, g_variant_get_data(value), g_variant_get_size(value),
                            SQLITE_STATIC);
}

/* ---- Galleries and photos ---- */

static void photo_free(gpointer data)
{
    LedgerPhoto *photo = data;
    g_free(photo->name);
    g_free(photo->digest);
    g_free(photo->recipe);
    g_free(photo);
}

LedgerGallery *ledger_gallery(Ledger *ledger, const char *path, GError **error)
{
    g_autoptr(LedgerGallery) gallery = g_new0(LedgerGallery, 1);
    gallery->captions_size = gallery->captions_mtime = -1;
    gallery->photos = g_ptr_array_new_with_free_func(photo_free);

    sqlite3_stmt *s = begin(ledger, GET_GALLERY, path, NULL);
    int status = sqlite3_step(s);
    if (status == SQLITE_ROW) {
        gallery->captions_size = sqlite3_column_int64(s, 0);
        gallery->captions_mtime = sqlite3_column_int64(s, 1);
        gallery->captions = column_variant(s, 2, SIDECAR_ROWS_TYPE);
        gallery->folder_mtime = sqlite3_column_int64(s, 3);
        gallery->source = g_strdup((const char *)sqlite3_column_text(s, 4));
        gallery->device = sqlite3_column_int64(s, 5);
        gallery->captions_warnings = column_variant(s, 6, G_VARIANT_TYPE_STRING_ARRAY);
    }
    sqlite3_reset(s);
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        fail(ledger, error);
        return NULL;
    }

    s = begin(ledger, GET_PHOTOS, path, NULL);
    while ((status = sqlite3_step(s)) == SQLITE_ROW) {
        LedgerPhoto *photo = g_new0(LedgerPhoto, 1);
        photo->name = g_strdup((const char *)sqlite3_column_text(s, 0));
        photo->size = sqlite3_column_int64(s, 1);
        photo->mtime = sqlite3_column_int64(s, 2);
        photo->digest = g_strdup((const char *)sqlite3_column_text(s, 3));
        photo->recipe = g_strdup((const char *)sqlite3_column_text(s, 4));
        photo->sidecar_size = sqlite3_column_int64(s, 5);
        photo->sidecar_mtime = sqlite3_column_int64(s, 6);
        photo->lead = sqlite3_column_int(s, 7);
        g_ptr_array_add(gallery->photos, photo);
    }
    sqlite3_reset(s);
    if (status != SQLITE_DONE) {
        fail(ledger, error);
        return NULL;
    }
    return g_steal_pointer(&gallery);
}

void ledger_gallery_free(LedgerGallery *gallery)
{
    if (!gallery)
        return;
    g_clear_pointer(&gallery->captions, g_variant_unref);
    g_clear_pointer(&gallery->captions_warnings, g_variant_unref);
    g_ptr_array_unref(gallery->photos);
    g_free(gallery->source);
    g_free(gallery);
}

GPtrArray *ledger_galleries(Ledger *ledger, const char *source, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *s = begin(ledger, GET_GALLERIES, source, NULL);
    int status;
    while ((status = sqlite3_step(s)) == SQLITE_ROW)
        g_ptr_array_add(paths, g_strdup((const char *)sqlite3_column_text(s, 0)));
    sqlite3_reset(s);
    return status == SQLITE_DONE ? g_steal_pointer(&paths) : (fail(ledger, error), NULL);
}

static GVariant *get_variant(Ledger *ledger, int which, const char *gallery, const char *name, GError **error)
{
    sqlite3_stmt *s = begin(ledger, which, gallery, name);
    int status = sqlite3_step(s);
    GVariant *record = status == SQLITE_ROW ? column_variant(s, 0, G_VARIANT_TYPE_VARDICT) : NULL;
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        fail(ledger, error);
    sqlite3_reset(s);
    return record;
}

GVariant *ledger_record(Ledger *ledger, const char *gallery, const char *name, GError **error)
{
    return get_variant(ledger, GET_RECORD, gallery, name, error);
}

GVariant *ledger_making(Ledger *ledger, const char *gallery, const char *name, GError **error)
{
    return get_variant(ledger, GET_MAKING, gallery, name, error);
}

static gboolean transact(Ledger *ledger, const char *what, GError **error)
{
    return sqlite3_exec(ledger->db, what, NULL, NULL, NULL) == SQLITE_OK || fail(ledger, error);
}

gboolean ledger_put_photo(Ledger *ledger, const char *gallery, const LedgerPhoto *photo, GVariant *record,
                          GVariant *making, GError **error)
{
    if (!transact(ledger, "BEGIN", error))
        return FALSE;

    sqlite3_stmt *s = begin(ledger, PUT_PHOTO, gallery, photo->name);
    sqlite3_bind_int64(s, 3, photo->size);
    sqlite3_bind_int64(s, 4, photo->mtime);
    sqlite3_bind_text(s, 5, photo->digest, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 6, photo->recipe, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 7, photo->sidecar_size);
    sqlite3_bind_int64(s, 8, photo->sidecar_mtime);
    sqlite3_bind_int(s, 9, photo->lead);
    gboolean ok = finish(ledger, s, error);
    if (ok && record) {
        s = begin(ledger, PUT_RECORD, gallery, photo->name);
        bind_variant(s, 3, record);
        bind_variant(s, 4, making);
        ok = finish(ledger, s, error);
    }
    return ok ? transact(ledger, "COMMIT", error) : (transact(ledger, "ROLLBACK", NULL), FALSE);
}

gboolean ledger_drop_photo(Ledger *ledger, const char *gallery, const char *name, GError **error)
{
    return finish(ledger, begin(ledger, DROP_PHOTO, gallery, name), error) &&
           finish(ledger, begin(ledger, DROP_RECORD, gallery, name), error);
}

gboolean ledger_put_gallery(Ledger *ledger, const char *path, const LedgerGallery *gallery, GError **error)
{
    sqlite3_stmt *s = begin(ledger, PUT_GALLERY, path, NULL);
    sqlite3_bind_int64(s, 2, gallery->captions_size);
    sqlite3_bind_int64(s, 3, gallery->captions_mtime);
    bind_variant(s, 4, gallery->captions);
    sqlite3_bind_int64(s, 5, gallery->folder_mtime);
    if (gallery->source)
        sqlite3_bind_text(s, 6, gallery->source, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 7, gallery->device);
    bind_variant(s, 8, gallery->captions_warnings);
    return finish(ledger, s, error);
}

gboolean ledger_drop_gallery(Ledger *ledger, const char *path, GError **error)
{
    static const int drops[] = { DROP_RECORDS, DROP_PHOTOS, DROP_GALLERY };
    gboolean ok = transact(ledger, "BEGIN", error);
    if (!ok)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(drops) && ok; i++)
        ok = finish(ledger, begin(ledger, drops[i], path, NULL), error);
    return ok && transact(ledger, "COMMIT", error) ? TRUE : (transact(ledger, "ROLLBACK", NULL), FALSE);
}

/* ---- Several ledgers ---- */

gboolean ledger_copy(Ledger *ledger, const char *path, GError **error)
{
    remove_files(path);
    char *statement = sqlite3_mprintf("VACUUM INTO %Q", path);
    gboolean ok = statement && transact(ledger, statement, error);
    sqlite3_free(statement);
    return ok;
}

gboolean ledger_keep(Ledger *ledger, gboolean (*is_mine)(const char *gallery, gpointer user), gpointer user,
                     GError **error)
{
    g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *s = begin(ledger, GET_ALL, NULL, NULL);
    int status;
    while ((status = sqlite3_step(s)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(s, 0);
        if (!is_mine(path, user))
            g_ptr_array_add(others, g_strdup(path));
    }
    sqlite3_reset(s);
    gboolean ok = status == SQLITE_DONE || fail(ledger, error);
    for (guint i = 0; i < others->len && ok; i++)
        ok = ledger_drop_gallery(ledger, others->pdata[i], error);
    return ok;
}

static gboolean has_our_version(sqlite3 *db)
{
    sqlite3_stmt *ask = NULL;
    gboolean ours = sqlite3_prepare_v2(db, "PRAGMA other.user_version", -1, &ask, NULL) == SQLITE_OK &&
                    sqlite3_step(ask) == SQLITE_ROW && sqlite3_column_int(ask, 0) == VERSION;
    sqlite3_finalize(ask);
    return ours;
}

void ledger_merge(Ledger *ledger, const char *path)
{
    static const char take_over[] = "BEGIN;"
                                    "DELETE FROM photo WHERE gallery IN (SELECT path FROM other.gallery);"
                                    "DELETE FROM record WHERE gallery IN (SELECT path FROM other.gallery);"
                                    "INSERT OR REPLACE INTO gallery SELECT * FROM other.gallery;"
                                    "INSERT OR REPLACE INTO photo SELECT * FROM other.photo;"
                                    "INSERT OR REPLACE INTO record SELECT * FROM other.record;"
                                    "COMMIT;";
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return;
    char *attach = sqlite3_mprintf("ATTACH %Q AS other", path);
    if (attach && transact(ledger, attach, NULL)) {
        if (has_our_version(ledger->db) && !transact(ledger, take_over, NULL))
            transact(ledger, "ROLLBACK", NULL);
        transact(ledger, "DETACH other", NULL);
    }
    sqlite3_free(attach);
}
