#include "desk/moves.h"

#include <string.h>

typedef struct {
    Run *run;
    GHashTable *sizes; /* of new photos */
    GHashTable *found;
} Search;

static gint64 *size_key(gint64 size)
{
    gint64 *key = g_new(gint64, 1);
    *key = size;
    return key;
}

/* Calls what for each photo of a gallery that the ledger has not, and gone for each that it alone has. Both
 * lists are in the same order. */
static void compare(const GPtrArray *there, const LedgerGallery *known,
                    void (*arrived)(Search *, const ScanFile *),
                    void (*left)(Search *, const char *, const LedgerPhoto *), const char *gallery,
                    Search *search)
{
    guint at = 0;
    for (guint i = 0; i <= there->len; i++) {
        const ScanFile *photo = i < there->len ? there->pdata[i] : NULL;
        int order = -1;
        while (at < known->photos->len) {
            const LedgerPhoto *made = known->photos->pdata[at];
            order = photo ? strcmp(made->name, photo->name) : -1;
            if (order >= 0)
                break;
            if (left)
                left(search, gallery, made);
            at++;
            order = -1;
        }
        if (order == 0)
            at++;
        else if (photo && arrived)
            arrived(search, photo);
    }
}

static void on_arrived(Search *search, const ScanFile *photo)
{
    if (!photo->held)
        g_hash_table_add(search->sizes, size_key(photo->size));
}

static void on_left(Search *search, const char *gallery, const LedgerPhoto *made)
{
    if (!g_hash_table_contains(search->sizes, &made->size))
        return;
    Run *run = search->run;
    Former *former = former_load(run->ledger, run->output, gallery, made->name, NULL);
    if (former)
        g_hash_table_replace(search->found, former->look, former);
}

/* The galleries that the ledger has of the source and the scan has not. */
static gboolean search_gone(Search *search, const ScanSource *source, GPtrArray *all, GError **error)
{
    g_autoptr(GPtrArray) paths = ledger_galleries(search->run->ledger, source->path, error);
    if (!paths)
        return FALSE;
    g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    for (guint i = 0; i < all->len; i++)
        g_hash_table_add(there, ((Gallery *)all->pdata[i])->path);
    for (guint i = 0; i < paths->len; i++) {
        if (g_hash_table_contains(there, paths->pdata[i]))
            continue;
        g_autoptr(LedgerGallery) known = ledger_gallery(search->run->ledger, paths->pdata[i], error);
        if (!known)
            return FALSE;
        compare(none, known, NULL, on_left, paths->pdata[i], search);
    }
    return TRUE;
}

GHashTable *moves_find(Run *run, GPtrArray *galleries, const RunTakedown *gone, GError **error)
{
    if (run->options.keep_others || run->options.force)
        return NULL;
    g_autoptr(GHashTable) sizes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Search search = { run, sizes, NULL };
    for (guint i = 0; i < galleries->len; i++) {
        const GalleryRun *g = galleries->pdata[i];
        compare(g->source->photos, g->known, on_arrived, NULL, g->source->path, &search);
    }
    if (g_hash_table_size(sizes) == 0)
        return NULL;

    search.found = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)former_free);
    for (guint i = 0; i < galleries->len; i++) {
        const GalleryRun *g = galleries->pdata[i];
        compare(g->source->photos, g->known, NULL, on_left, g->source->path, &search);
    }
    gboolean ok = TRUE;
    for (guint i = 0; gone && ok && i < gone->sources->len; i++)
        ok = search_gone(&search, gone->sources->pdata[i], gone->all, error);
    if (ok && g_hash_table_size(search.found) > 0)
        return search.found;
    g_hash_table_unref(search.found);
    return NULL;
}
