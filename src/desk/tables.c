#include "desk/round.h"

#include "desk/captions.h"

static void on_captions(gpointer task, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    CaptionsJob *job = task;
    GalleryRun *g = job->gallery;
    g_autoptr(GVariant) rows = result ? g_variant_lookup_value(result, "rows", SIDECAR_ROWS_TYPE) : NULL;
    if (!rows) {
        g->unusable = g_strdup_printf("%s; none of this folder's %u photos is published until it is mended",
                                      error ? error->message : "cannot be read", g->source->photos->len);
        return;
    }

    g_variant_lookup(result, "warnings", "^as", &g->table_warnings);
    if (!g->known->captions || !g_variant_equal(g->known->captions, rows))
        g->known->folder_mtime = 0; /* the order of its pages may be another one */
    g_clear_pointer(&g->known->captions, g_variant_unref);
    g->known->captions = g_steal_pointer(&rows);
    g->known->captions_size = g->source->captions->size;
    g->known->captions_mtime = g->source->captions->mtime;
    GError *fatal = NULL;
    if (!ledger_put_gallery(g->run->ledger, g->source->path, g->known, &fatal))
        round_give_up(g->run, fatal);
}

/* Whether the table that the ledger has is not the one that is there. An absent table is known without
 * reading it. */
static gboolean captions_changed(GalleryRun *g)
{
    const ScanFile *there = g->source->captions;
    if (!there) {
        if (g->known->captions)
            g->known->folder_mtime = 0;
        g_clear_pointer(&g->known->captions, g_variant_unref);
        g->known->captions_size = g->known->captions_mtime = -1;
        return FALSE;
    }
    return !g->known->captions || there->size != g->known->captions_size ||
           there->mtime != g->known->captions_mtime;
}

gboolean tables_read(Run *run, GPtrArray *galleries, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new();
    for (guint i = 0; i < galleries->len; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (!captions_changed(g))
            continue;
        g->table = (CaptionsJob){ g_build_filename(g->source->folder, SIDECAR_NAME, NULL), g };
        g_ptr_array_add(tasks, &g->table);
    }
    return round_pool(run, NULL, job_read_captions, on_captions, tasks, error);
}

void tables_tell(GalleryRun *g)
{
    if (g->unusable) {
        g->run->totals->failed += g->source->photos->len;
        round_tell(g, (Event){ .type = EVENT_FAILED, .photo = SIDECAR_NAME, .message = g->unusable });
        return;
    }
    for (char **warning = g->table_warnings; warning && *warning; warning++)
        round_tell(g, (Event){ .type = EVENT_WARNING, .photo = SIDECAR_NAME, .message = *warning });
    if (g->table.path && g->source->source) { /* single files need not be all of a table's */
        g_autofree char *strays = captions_strays(g->captions, g->source->photos);
        if (strays)
            round_tell(g, (Event){ .type = EVENT_WARNING, .photo = SIDECAR_NAME, .message = strays });
    }
}
