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
    g_hash_table_add(g->withheld, g_strdup(name));
    run->totals->withdrawn++;
    round_tell(g, (Event){ .type = EVENT_WITHDRAWN, .photo = name, .reason = reason ? reason : "withdrawn" });
    return TRUE;
}

/* ---- Their files ---- */

/* Those that the photos have which stay. */
static GHashTable *list_kept(GalleryRun *g, GError **error)
{
    const Run *run = g->run;
    g_autoptr(LedgerGallery) now = ledger_gallery(run->ledger, g->source->path, error);
    if (!now)
        return NULL;
    GHashTable *kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < now->photos->len; i++) {
        const LedgerPhoto *photo = now->photos->pdata[i];
        g_autofree char *reason =
            withdrawn_reason(run->withdrawn, g->source->path, photo->name, photo->digest);
        g_autoptr(GVariant) record =
            reason ? NULL : ledger_record(run->ledger, g->source->path, photo->name, NULL);
        g_autoptr(GPtrArray) files = record ? manifest_files(record) : NULL;
        for (guint k = 0; files && k < files->len; k++)
            g_hash_table_add(kept, g_strdup(files->pdata[k]));
    }
    return kept;
}

gboolean withhold_sweep(GalleryRun *g, GError **error)
{
    const Run *run = g->run;
    const GPtrArray *list = withdrawn_list(run->withdrawn);
    g_autoptr(GHashTable) kept = NULL;
    g_autofree char *gallery = file_utf8(g->source->path);
    guint removed = 0;
    for (guint i = 0; i < list->len; i++) {
        const Withdrawal *entry = list->pdata[i];
        if (g_str_equal(entry->gallery, gallery))
            g_hash_table_add(g->withheld, g_strdup(entry->photo));
    }
    if (run->options.dry || g_hash_table_size(g->withheld) == 0)
        return TRUE;
    if (!(kept = list_kept(g, error)))
        return FALSE;
    GHashTableIter each;
    gpointer name;
    g_hash_table_iter_init(&each, g->withheld);
    while (g_hash_table_iter_next(&each, &name, NULL)) {
        g_autofree char *stem = filename_stem(name);
        if (!publish_sweep(run->output, g->source->path, stem, kept, &removed, error))
            return FALSE;
    }
    return TRUE;
}
