#include "desk/ledger.h"

#include "desk/ledger_file.h"
#include "photo/sidecar.h"

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

    sqlite3_stmt *s = ledger_begin(ledger, GET_GALLERY, path, NULL);
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
        ledger_fail(ledger, error);
        return NULL;
    }

    s = ledger_begin(ledger, GET_PHOTOS, path, NULL);
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
        ledger_fail(ledger, error);
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

/* The first column of a statement's rows. */
static GPtrArray *get_texts(Ledger *ledger, int which, const char *parameter, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *s = ledger_begin(ledger, which, parameter, NULL);
    int status;
    while ((status = sqlite3_step(s)) == SQLITE_ROW)
        g_ptr_array_add(paths, g_strdup((const char *)sqlite3_column_text(s, 0)));
    sqlite3_reset(s);
    return status == SQLITE_DONE ? g_steal_pointer(&paths) : (ledger_fail(ledger, error), NULL);
}

GPtrArray *ledger_galleries(Ledger *ledger, const char *source, GError **error)
{
    return get_texts(ledger, GET_GALLERIES, source, error);
}

GPtrArray *ledger_all(Ledger *ledger, GError **error)
{
    return get_texts(ledger, GET_ALL, NULL, error);
}

static GVariant *get_variant(Ledger *ledger, int which, const char *gallery, const char *name, GError **error)
{
    sqlite3_stmt *s = ledger_begin(ledger, which, gallery, name);
    int status = sqlite3_step(s);
    GVariant *record = status == SQLITE_ROW ? column_variant(s, 0, G_VARIANT_TYPE_VARDICT) : NULL;
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        ledger_fail(ledger, error);
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

gboolean ledger_put_photo(Ledger *ledger, const char *gallery, const LedgerPhoto *photo, GVariant *record,
                          GVariant *making, GError **error)
{
    if (!ledger_run(ledger, "BEGIN", error))
        return FALSE;

    sqlite3_stmt *s = ledger_begin(ledger, PUT_PHOTO, gallery, photo->name);
    sqlite3_bind_int64(s, 3, photo->size);
    sqlite3_bind_int64(s, 4, photo->mtime);
    sqlite3_bind_text(s, 5, photo->digest, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 6, photo->recipe, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 7, photo->sidecar_size);
    sqlite3_bind_int64(s, 8, photo->sidecar_mtime);
    sqlite3_bind_int(s, 9, photo->lead);
    gboolean ok = ledger_finish(ledger, s, error);
    if (ok && record) {
        s = ledger_begin(ledger, PUT_RECORD, gallery, photo->name);
        bind_variant(s, 3, record);
        bind_variant(s, 4, making);
        ok = ledger_finish(ledger, s, error);
    }
    return ok ? ledger_run(ledger, "COMMIT", error) : (ledger_run(ledger, "ROLLBACK", NULL), FALSE);
}

gboolean ledger_drop_photo(Ledger *ledger, const char *gallery, const char *name, GError **error)
{
    return ledger_finish(ledger, ledger_begin(ledger, DROP_PHOTO, gallery, name), error) &&
           ledger_finish(ledger, ledger_begin(ledger, DROP_RECORD, gallery, name), error);
}

gboolean ledger_put_gallery(Ledger *ledger, const char *path, const LedgerGallery *gallery, GError **error)
{
    sqlite3_stmt *s = ledger_begin(ledger, PUT_GALLERY, path, NULL);
    sqlite3_bind_int64(s, 2, gallery->captions_size);
    sqlite3_bind_int64(s, 3, gallery->captions_mtime);
    bind_variant(s, 4, gallery->captions);
    sqlite3_bind_int64(s, 5, gallery->folder_mtime);
    if (gallery->source)
        sqlite3_bind_text(s, 6, gallery->source, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 7, gallery->device);
    bind_variant(s, 8, gallery->captions_warnings);
    return ledger_finish(ledger, s, error);
}

gboolean ledger_drop_gallery(Ledger *ledger, const char *path, GError **error)
{
    static const Statement drops[] = { DROP_RECORDS, DROP_PHOTOS, DROP_GALLERY };
    gboolean ok = ledger_run(ledger, "BEGIN", error);
    if (!ok)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(drops) && ok; i++)
        ok = ledger_finish(ledger, ledger_begin(ledger, drops[i], path, NULL), error);
    return ok && ledger_run(ledger, "COMMIT", error) ? TRUE : (ledger_run(ledger, "ROLLBACK", NULL), FALSE);
}

/* ---- Several ledgers ---- */

gboolean ledger_keep(Ledger *ledger, gboolean (*is_mine)(const char *gallery, gpointer user), gpointer user,
                     GError **error)
{
    g_autoptr(GPtrArray) paths = ledger_all(ledger, error);
    gboolean ok = paths != NULL;
    for (guint i = 0; ok && i < paths->len; i++)
        ok = is_mine(paths->pdata[i], user) || ledger_drop_gallery(ledger, paths->pdata[i], error);
    return ok;
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
    if (attach && ledger_run(ledger, attach, NULL)) {
        if (ledger_is_ours(ledger, "other") && !ledger_run(ledger, take_over, NULL))
            ledger_run(ledger, "ROLLBACK", NULL);
        ledger_run(ledger, "DETACH other", NULL);
    }
    sqlite3_free(attach);
}
