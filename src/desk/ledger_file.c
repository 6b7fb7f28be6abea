#include "desk/ledger_file.h"

#include <glib/gstdio.h>

#include "base/error.h"

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

/* ---- Statements ---- */

static gboolean is_full(sqlite3 *db)
{
    return sqlite3_errcode(db) == SQLITE_FULL || error_is_full(sqlite3_system_errno(db));
}

gboolean ledger_fail(Ledger *ledger, GError **error)
{
    g_set_error(
        error, PHOTODESK_ERROR, is_full(ledger->db) ? PHOTODESK_ERROR_FULL : PHOTODESK_ERROR_OUTPUT,
        "The ledger in the output folder cannot be used: %s; see that its folder .photodesk can be written, "
        "or delete ledger.sqlite there, and run again",
        sqlite3_errmsg(ledger->db));
    return FALSE;
}

sqlite3_stmt *ledger_begin(Ledger *ledger, Statement which, const char *gallery, const char *name)
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

gboolean ledger_finish(Ledger *ledger, sqlite3_stmt *s, GError **error)
{
    gboolean ok = sqlite3_step(s) == SQLITE_DONE;
    if (!ok)
        ledger_fail(ledger, error);
    sqlite3_reset(s);
    return ok;
}

gboolean ledger_run(Ledger *ledger, const char *statements, GError **error)
{
    return sqlite3_exec(ledger->db, statements, NULL, NULL, NULL) == SQLITE_OK || ledger_fail(ledger, error);
}

/* ---- The file ---- */

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

/* -1: it cannot be read. */
static int read_version(sqlite3 *db, const char *name)
{
    g_autofree char *question = g_strdup_printf("PRAGMA %s.user_version", name);
    sqlite3_stmt *ask = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(db, question, -1, &ask, NULL) == SQLITE_OK && sqlite3_step(ask) == SQLITE_ROW)
        version = sqlite3_column_int(ask, 0);
    sqlite3_finalize(ask);
    return version;
}

/* The write-ahead log makes a commit cheap: it need not wait for the disk, since the ledger can be made
 * again; neither need what makes a new one, which knows nothing yet. Only the holder of the output's lock
 * opens it, so that its index can stay in memory. */
static gboolean set_up(Ledger *ledger)
{
    if (!ledger_run(ledger,
                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;",
                    NULL))
        return FALSE;
    int version = read_version(ledger->db, "main");
    if (version == 0 && !ledger_run(ledger, schema, NULL))
        return FALSE;
    return (version == 0 || version == VERSION) && ledger_run(ledger, "PRAGMA synchronous = NORMAL;", NULL) &&
           prepare(ledger);
}

gboolean ledger_is_ours(Ledger *ledger, const char *name)
{
    return read_version(ledger->db, name) == VERSION;
}

/* NULL without an error: what is there is no ledger of ours. */
static Ledger *open_one(const char *path, GError **error)
{
    g_autoptr(Ledger) ledger = g_new0(Ledger, 1);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &ledger->db, flags, NULL) == SQLITE_OK && set_up(ledger))
        return g_steal_pointer(&ledger);
    if (!ledger->db || is_hindered(ledger->db))
        ledger_fail(ledger, error);
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
        g_set_error(&hindrance, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT,
                    "The ledger in the output folder cannot be made anew; delete ledger.sqlite in its folder "
                    ".photodesk, "
                    "and run again");
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

gboolean ledger_copy(Ledger *ledger, const char *path, GError **error)
{
    remove_files(path);
    char *statement = sqlite3_mprintf("VACUUM INTO %Q", path);
    gboolean ok = statement && ledger_run(ledger, statement, error);
    sqlite3_free(statement);
    return ok;
}
