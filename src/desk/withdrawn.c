#include "desk/withdrawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "desk/filename.h"
#include "desk/publish.h"

#define VERSION 1
#define LARGEST ((gsize)64 << 20) /* bytes */

struct Withdrawn {
    char *out, *path;
    struct stat read; /* of the file as it was read; st_ino 0: there was none */
    GPtrArray *list;
    int lock;
};

static void withdrawal_free(gpointer data)
{
    Withdrawal *w = data;
    g_free(w->gallery);
    g_free(w->photo);
    g_free(w->stem);
    g_free(w->reason);
    g_free(w->since);
    g_clear_pointer(&w->digests, g_ptr_array_unref);
    g_free(w);
}

static gboolean hopeless(const Withdrawn *w, const char *what, GError **error)
{
    g_autofree char *shown = file_show(w->path);
    g_set_error(
        error, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT,
        "The list of withdrawn photos %s %s; nothing is published without it: mend it, or, where none is "
        "withdrawn, delete it",
        shown, what);
    return FALSE;
}

/* ---- Reading ---- */

static void stat_file(const Withdrawn *w, struct stat *st)
{
    if (stat(w->path, st) < 0)
        *st = (struct stat){ 0 };
}

gboolean withdrawn_is_stale(const Withdrawn *w)
{
    struct stat now;
    stat_file(w, &now);
    return now.st_ino != w->read.st_ino || now.st_size != w->read.st_size ||
           now.st_mtim.tv_sec != w->read.st_mtim.tv_sec || now.st_mtim.tv_nsec != w->read.st_mtim.tv_nsec;
}

static Withdrawal *read_entry(GVariant *entry)
{
    Withdrawal *w = g_new0(Withdrawal, 1);
    g_autoptr(GVariant) digests = NULL;
    w->digests = g_ptr_array_new_with_free_func(g_free);
    gboolean ok = g_variant_is_of_type(entry, G_VARIANT_TYPE_VARDICT) &&
                  g_variant_lookup(entry, "gallery", "s", &w->gallery) &&
                  g_variant_lookup(entry, "photo", "s", &w->photo) &&
                  g_variant_lookup(entry, "stem", "s", &w->stem) &&
                  g_variant_lookup(entry, "reason", "s", &w->reason) &&
                  g_variant_lookup(entry, "since", "s", &w->since) &&
                  (digests = g_variant_lookup_value(entry, "digests", G_VARIANT_TYPE("av")));
    for (gsize i = 0; ok && i < g_variant_n_children(digests); i++) {
        g_autoptr(GVariant) boxed = g_variant_get_child_value(digests, i);
        g_autoptr(GVariant) digest = g_variant_get_variant(boxed);
        ok = g_variant_is_of_type(digest, G_VARIANT_TYPE_STRING);
        if (ok)
            g_ptr_array_add(w->digests, g_variant_dup_string(digest, NULL));
    }
    if (!ok)
        g_clear_pointer(&w, withdrawal_free);
    return w;
}

static GPtrArray *read_list(GBytes *bytes)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(withdrawal_free);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    g_autoptr(GVariant) json = json_read(text, size, NULL);
    g_autoptr(GVariant) entries = NULL;
    gint64 version = 0;
    if (!json || !g_variant_is_of_type(json, G_VARIANT_TYPE_VARDICT) ||
        !g_variant_lookup(json, "version", "x", &version) || version != VERSION ||
        !(entries = g_variant_lookup_value(json, "withdrawn", G_VARIANT_TYPE("av"))))
        return NULL;
    for (gsize i = 0; i < g_variant_n_children(entries); i++) {
        g_autoptr(GVariant) boxed = g_variant_get_child_value(entries, i);
        g_autoptr(GVariant) entry = g_variant_get_variant(boxed);
        Withdrawal *w = read_entry(entry);
        if (!w)
            return NULL;
        g_ptr_array_add(list, w);
    }
    return g_steal_pointer(&list);
}

gboolean withdrawn_refresh(Withdrawn *w, GError **error)
{
    if (w->list && !withdrawn_is_stale(w))
        return TRUE;
    struct stat st;
    if (lstat(w->path, &st) < 0 && errno == ENOENT) {
        g_clear_pointer(&w->list, g_ptr_array_unref);
        w->list = g_ptr_array_new_with_free_func(withdrawal_free);
        w->read = (struct stat){ 0 };
        return TRUE;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = file_read(w->path, LARGEST, NULL, &st, &cause);
    g_autoptr(GPtrArray) list = bytes ? read_list(bytes) : NULL;
    if (!list)
        return hopeless(w, cause ? cause->message : "is damaged", error);
    g_clear_pointer(&w->list, g_ptr_array_unref);
    w->list = g_steal_pointer(&list);
    w->read = st;
    return TRUE;
}

Withdrawn *withdrawn_open(const char *out, GError **error)
{
    g_autoptr(Withdrawn) w = g_new0(Withdrawn, 1);
    w->out = g_strdup(out);
    w->path = g_build_filename(out, WITHDRAWN_FILE, NULL);
    w->lock = -1;
    return withdrawn_refresh(w, error) ? g_steal_pointer(&w) : NULL;
}

void withdrawn_free(Withdrawn *w)
{
    if (!w)
        return;
    if (w->lock >= 0)
        close(w->lock);
    g_clear_pointer(&w->list, g_ptr_array_unref);
    g_free(w->out);
    g_free(w->path);
    g_free(w);
}

/* ---- Finding ---- */

static Withdrawal *find(const Withdrawn *w, const char *gallery, const char *photo)
{
    if (w->list->len == 0)
        return NULL;
    g_autofree char *in = file_utf8(gallery), *name = file_utf8(photo);
    for (guint i = 0; i < w->list->len; i++) {
        Withdrawal *entry = w->list->pdata[i];
        if (strcmp(entry->photo, name) == 0 && strcmp(entry->gallery, in) == 0)
            return entry;
    }
    return NULL;
}

const Withdrawal *withdrawn_find(const Withdrawn *w, const char *gallery, const char *photo)
{
    return find(w, gallery, photo);
}

/* Of the photo's bytes, whatever its sidecar. */
static gboolean is_same_photo(gconstpointer a, gconstpointer b)
{
    const char *x = a, *y = b;
    gsize n = strcspn(x, DIGEST_JOINT);
    return n == strcspn(y, DIGEST_JOINT) && strncmp(x, y, n) == 0;
}

const Withdrawal *withdrawn_find_digest(const Withdrawn *w, const char *digest)
{
    for (guint i = 0; i < w->list->len; i++) {
        const Withdrawal *entry = w->list->pdata[i];
        if (g_ptr_array_find_with_equal_func(entry->digests, digest, is_same_photo, NULL))
            return entry;
    }
    return NULL;
}

char *withdrawn_reason(const Withdrawn *w, const char *gallery, const char *photo, const char *digest)
{
    const Withdrawal *entry = find(w, gallery, photo);
    if (entry)
        return g_strdup(entry->reason);
    entry = digest ? withdrawn_find_digest(w, digest) : NULL;
    if (!entry)
        return NULL;
    g_autofree char *other = g_build_filename(entry->gallery, entry->photo, NULL);
    return g_strdup_printf("it is %s: %s", other, entry->reason);
}

const GPtrArray *withdrawn_list(const Withdrawn *w)
{
    return w->list;
}

/* ---- Changing ---- */

gboolean withdrawn_lock(Withdrawn *w, GError **error)
{
    int status;
    g_autofree char *path = g_build_filename(w->out, PUBLISH_STATE_FOLDER, "withdrawn.lock", NULL);
    if (w->lock < 0)
        w->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (w->lock < 0)
        return output_fail(error, errno, "cannot be locked", w->out);
    while ((status = flock(w->lock, LOCK_EX)) < 0 && errno == EINTR)
        ;
    return (status == 0 || output_fail(error, errno, "cannot be locked", w->out)) &&
           withdrawn_refresh(w, error);
}

void withdrawn_unlock(Withdrawn *w)
{
    if (w->lock >= 0)
        flock(w->lock, LOCK_UN); /* which fails only where there is no lock */
}

static GVariant *describe(const Withdrawal *entry)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    const char *const texts[][2] = { { "gallery", entry->gallery },
                                     { "photo", entry->photo },
                                     { "stem", entry->stem },
                                     { "reason", entry->reason },
                                     { "since", entry->since } };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_variant_builder_add(&b, "{sv}", texts[i][0], g_variant_new_string(texts[i][1]));
    g_variant_builder_add(
        &b, "{sv}", "digests",
        g_variant_new_strv((const char *const *)entry->digests->pdata, (gssize)entry->digests->len));
    return g_variant_builder_end(&b);
}

static char *make_text(const Withdrawn *w)
{
    GVariantBuilder b, list;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < w->list->len; i++)
        g_variant_builder_add_value(&list, describe(w->list->pdata[i]));
    g_variant_builder_add(&b, "{sv}", "version", g_variant_new_uint32(VERSION));
    g_variant_builder_add(&b, "{sv}", "withdrawn", g_variant_builder_end(&list));
    g_autoptr(GVariant) whole = g_variant_ref_sink(g_variant_builder_end(&b));
    return json_text(whole, TRUE);
}

/* The old list or the new one is there, whole, and the new one is durable when this returns. */
static gboolean save(Withdrawn *w, GError **error)
{
    g_autofree char *text = make_text(w);
    g_autofree char *fresh = g_build_filename(w->out, PUBLISH_STATE_FOLDER, "withdrawn.new", NULL);
    g_autofree char *shown = file_show(w->path);
    g_autoptr(GError) cause = NULL;
    if (unlink(fresh) < 0 && errno != ENOENT)
        error_errno(&cause, errno, "%s cannot be written", shown);
    else if (file_write_new(fresh, text, strlen(text), &cause) && rename(fresh, w->path) < 0)
        error_errno(&cause, errno, "%s cannot be written", shown);
    if (!cause && file_sync_folder(w->out, &cause)) {
        stat_file(w, &w->read);
        return TRUE;
    }
    w->read = (struct stat){ 0 };
    g_set_error_literal(error, PHOTODESK_ERROR, error_is_output(cause) ? cause->code : PHOTODESK_ERROR_OUTPUT,
                        cause->message);
    return FALSE;
}

gboolean withdrawn_add(Withdrawn *w, const char *gallery, const char *photo, const char *reason,
                       GError **error)
{
    Withdrawal *entry = find(w, gallery, photo);
    if (!entry) {
        g_autoptr(GDateTime) now = g_date_time_new_now_utc();
        entry = g_new0(Withdrawal, 1);
        *entry = (Withdrawal){ .gallery = file_utf8(gallery),
                               .photo = file_utf8(photo),
                               .stem = filename_stem(photo),
                               .since = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ"),
                               .digests = g_ptr_array_new_with_free_func(g_free) };
        g_ptr_array_add(w->list, entry);
    }
    g_free(entry->reason);
    entry->reason = g_strdup(reason);
    return save(w, error);
}

gboolean withdrawn_add_digest(Withdrawn *w, const char *gallery, const char *photo, const char *digest,
                              GError **error)
{
    Withdrawal *entry = find(w, gallery, photo);
    if (!entry || g_ptr_array_find_with_equal_func(entry->digests, digest, g_str_equal, NULL))
        return TRUE;
    g_ptr_array_add(entry->digests, g_strdup(digest));
    return save(w, error);
}

/* The list has names as file_utf8() makes them, the ledger the file system's bytes: both are compared as the
 * former. */
static gboolean is_same_name(const char *listed, const char *name)
{
    g_autofree char *valid = file_utf8(name);
    return strcmp(listed, valid) == 0;
}

/* Notes the digests that a gallery of the ledger has for the photo. */
static gboolean learn_from(Withdrawn *w, const Withdrawal *entry, Ledger *ledger, const char *gallery,
                           GError **error)
{
    g_autoptr(LedgerGallery) known = ledger_gallery(ledger, gallery, error);
    gboolean ok = known != NULL;
    for (guint i = 0; ok && i < known->photos->len; i++) {
        const LedgerPhoto *made = known->photos->pdata[i];
        if (is_same_name(entry->photo, made->name))
            ok = withdrawn_add_digest(w, entry->gallery, entry->photo, made->digest, error);
    }
    return ok;
}

static gboolean learn_one(Withdrawn *w, const Withdrawal *entry, Ledger *ledger, GError **error)
{
    if (!strchr(entry->gallery, '\\')) /* nothing in it is escaped */
        return learn_from(w, entry, ledger, entry->gallery, error);
    g_autoptr(GPtrArray) galleries = ledger_all(ledger, error);
    gboolean ok = galleries != NULL;
    for (guint i = 0; ok && i < galleries->len; i++)
        if (is_same_name(entry->gallery, galleries->pdata[i]))
            ok = learn_from(w, entry, ledger, galleries->pdata[i], error);
    return ok;
}

gboolean withdrawn_learn(Withdrawn *w, Ledger *ledger, GError **error)
{
    for (guint i = 0; i < w->list->len; i++) {
        const Withdrawal *entry = w->list->pdata[i];
        if (entry->digests->len == 0 && !learn_one(w, entry, ledger, error))
            return FALSE;
    }
    return TRUE;
}

gboolean withdrawn_remove(Withdrawn *w, const char *gallery, const char *photo, GError **error)
{
    Withdrawal *entry = find(w, gallery, photo);
    return !entry || (g_ptr_array_remove(w->list, entry) && save(w, error));
}
