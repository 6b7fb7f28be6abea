#include "base/digest.h"
#include "base/file.h"
#include "desk/filename.h"
#include "desk/round.h"
#include "page/manifest.h"

/* ---- The list ---- */

gboolean withhold_begin(Run *run, GError **error)
{
    gboolean ok = withhold_lock(run, error) &&
                  (run->options.dry || withdrawn_learn(run->withdrawn, run->ledger, error));
    withhold_unlock(run);
    return ok;
}

gboolean withhold_lock(Run *run, GError **error)
{
    return run->options.dry ? withdrawn_refresh(run->withdrawn, error)
                            : withdrawn_lock(run->withdrawn, error);
}

void withhold_unlock(Run *run)
{
    if (!run->options.dry)
        withdrawn_unlock(run->withdrawn);
}

/* ---- A photo ---- */

static const ScanFile *find_file(const GalleryRun *g, const char *name)
{
    for (guint i = 0; i < g->source->photos->len; i++) {
        const ScanFile *photo = g->source->photos->pdata[i];
        if (g_str_equal(photo->name, name))
            return photo;
    }
    return NULL;
}

/* The ledger may know nothing of the photo: so that a copy is known, the file is read. */
static gboolean learn_bytes(GalleryRun *g, const char *name, GError **error)
{
    Run *run = g->run;
    const ScanFile *photo = find_file(g, name);
    const Withdrawal *entry = withdrawn_find(run->withdrawn, g->source->path, name);
    if (!entry || !photo || run->options.dry || entry->digests->len > (photo->sidecar ? 1 : 0))
        return TRUE;
    g_autofree char *path = g_build_filename(g->source->folder, name, NULL);
    g_autofree char *digest = digest_file(path);
    if (!digest)
        return TRUE; /* there is nothing then that could be published */
    gboolean ok = withhold_lock(run, error) &&
                  withdrawn_add_digest(run->withdrawn, g->source->path, name, digest, error);
    withhold_unlock(run);
    return ok;
}

gboolean withhold_photo(GalleryRun *g, const char *name, const char *digest, GError **error)
{
    Run *run = g->run;
    g_autoptr(GVariant) record = ledger_record(run->ledger, g->source->path, name, NULL);
    g_autofree char *reason = withdrawn_reason(run->withdrawn, g->source->path, name, digest);
    if (record && !run->options.dry &&
        (!photos_mark_dirty(g, error) || !ledger_drop_photo(run->ledger, g->source->path, name, error)))
        return FALSE;
    if (!learn_bytes(g, name, error))
        return FALSE;
    g_hash_table_insert(g->withheld, file_utf8(name), filename_stem(name));
    run->totals->withdrawn++;
    round_tell(g, (Event){ .type = EVENT_WITHDRAWN, .photo = name, .reason = reason ? reason : "withdrawn" });
    return TRUE;
}

/* ---- Their files ---- */

/* Those that the photos have which stay; and whose the others are, as far as the ledger, the source and the
 * list know. */
static GHashTable *list_kept(GalleryRun *g, Owners *owners, GError **error)
{
    const Run *run = g->run;
    g_autoptr(LedgerGallery) now = ledger_gallery(run->ledger, g->source->path, error);
    if (!now)
        return NULL;
    GHashTable *kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < now->photos->len; i++) {
        const LedgerPhoto *photo = now->photos->pdata[i];
        owners_add_photo(owners, photo->name);
        g_autofree char *reason =
            withdrawn_reason(run->withdrawn, g->source->path, photo->name, photo->digest);
        g_autoptr(GVariant) record =
            reason ? NULL : ledger_record(run->ledger, g->source->path, photo->name, NULL);
        g_autoptr(GPtrArray) files = record ? manifest_files(record) : NULL;
        for (guint k = 0; files && k < files->len; k++) {
            g_hash_table_add(kept, g_strdup(files->pdata[k]));
            owners_add_file(owners, files->pdata[k], photo->name);
        }
    }
    return kept;
}

static Owners *find_owners(const GalleryRun *g)
{
    Owners *owners = owners_new();
    GHashTableIter each;
    gpointer stem;
    owners_add_preset(owners, g->run->options.preset);
    for (guint i = 0; i < g->source->photos->len; i++)
        owners_add_photo(owners, ((const ScanFile *)g->source->photos->pdata[i])->name);
    g_hash_table_iter_init(&each, g->withheld);
    while (g_hash_table_iter_next(&each, NULL, &stem))
        owners_add_stem(owners, stem);
    return owners;
}

gboolean withhold_sweep(GalleryRun *g, GError **error)
{
    const Run *run = g->run;
    const GPtrArray *list = withdrawn_list(run->withdrawn);
    g_autofree char *gallery = file_utf8(g->source->path);
    guint removed = 0;
    for (guint i = 0; i < list->len; i++) {
        const Withdrawal *entry = list->pdata[i];
        if (g_str_equal(entry->gallery, gallery) && !g_hash_table_contains(g->withheld, entry->photo))
            g_hash_table_insert(g->withheld, g_strdup(entry->photo), g_strdup(entry->stem));
    }
    if (run->options.dry || g_hash_table_size(g->withheld) == 0)
        return TRUE;
    g_autoptr(Owners) owners = find_owners(g);
    g_autoptr(GHashTable) kept = list_kept(g, owners, error);
    gboolean ok = kept != NULL;
    GHashTableIter each;
    gpointer photo, stem;
    g_hash_table_iter_init(&each, g->withheld);
    while (ok && g_hash_table_iter_next(&each, &photo, &stem))
        ok = publish_sweep(run->output, g->source->path, owners, photo, stem, kept, &removed, error);
    return ok;
}
