#include <string.h>

#include "desk/lineup.h"
#include "desk/round.h"

/* ---- Before ---- */

static gboolean is_known(const LedgerGallery *known, const char *name)
{
    for (guint i = 0; i < known->photos->len; i++)
        if (strcmp(((const LedgerPhoto *)known->photos->pdata[i])->name, name) == 0)
            return TRUE;
    return FALSE;
}

const char *lead_expect(const GalleryRun *g)
{
    if (!preset_has_lead(g->run->options.preset))
        return NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < g->source->photos->len; i++)
        if (!g_ptr_array_find_with_equal_func(
                g->plan->withdrawn, ((const ScanFile *)g->source->photos->pdata[i])->name, g_str_equal, NULL))
            g_ptr_array_add(names, ((const ScanFile *)g->source->photos->pdata[i])->name);
    for (guint i = 0; (g->run->options.keep_others || g->kept) && i < g->known->photos->len; i++) {
        char *name = ((const LedgerPhoto *)g->known->photos->pdata[i])->name;
        if (g->run->options.keep_others || g_hash_table_contains(g->kept, name))
            g_ptr_array_add(names, name);
    }
    g_autoptr(GArray) places = lineup(names, g->captions);
    return lineup_lead(places);
}

gboolean lead_is(const GalleryRun *g, const PlanItem *item, const char *lead)
{
    if (!lead)
        return FALSE;
    /* one that is not there yet may never be: till then the old one stays */
    gboolean stays = item->made && item->made->lead && !is_known(g->known, lead);
    return stays || strcmp(item->photo->name, lead) == 0;
}

/* ---- After ---- */

static const ScanFile *find_file(const GalleryRun *g, const char *name)
{
    for (guint i = 0; i < g->source->photos->len; i++) {
        const ScanFile *photo = g->source->photos->pdata[i];
        if (strcmp(photo->name, name) == 0)
            return photo;
    }
    return NULL;
}

/* Takes a photo out of the totals, which will have it again. FALSE where it is in none: so it waits. */
static gboolean uncount(GalleryRun *g, const char *name)
{
    guint *total = g_hash_table_lookup(g->counted, name);
    if (!total && g_ptr_array_find_with_equal_func(g->plan->unchanged, name, g_str_equal, NULL))
        total = &g->run->totals->unchanged;
    if (total)
        (*total)--;
    return total != NULL;
}

/* Once in a round: what fails then, or is not there, is not tried again and again. A dry run does not see
 * what became of a photo. */
static gboolean may_redo(const GalleryRun *g, const ScanFile *photo)
{
    return !g_hash_table_contains(g->redone, photo->name) &&
           !(g->run->options.dry && g_hash_table_contains(g->counted, photo->name));
}

/* FALSE where it is for another round: the photo is not settled yet. */
static gboolean redo(GalleryRun *g, const ScanFile *photo, const LedgerPhoto *made, gboolean lead)
{
    if (photo->held || !uncount(g, photo->name))
        return FALSE;
    SidecarRow row = captions_row(g->captions, photo->name);
    PlanItem item = { .photo = photo,
                      .recipe =
                          recipe_photo(g->run->recipe, &row, photo->sidecar ? photo->sidecar->name : NULL),
                      .made = made,
                      .row = row };
    g_hash_table_add(g->redone, photo->name);
    photos_add(g, &item, lead);
    return TRUE;
}

gboolean lead_settle(GalleryRun *g, GError **error)
{
    Run *run = g->run;
    if (!preset_has_lead(run->options.preset))
        return TRUE;
    g_clear_pointer(&g->done, ledger_gallery_free);
    g->done = ledger_gallery(run->ledger, g->source->path, error);
    if (!g->done)
        return FALSE;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < g->done->photos->len; i++)
        g_ptr_array_add(names, ((const LedgerPhoto *)g->done->photos->pdata[i])->name);
    g_autoptr(GArray) places = lineup(names, g->captions);
    const char *lead = lineup_lead(places);
    g->unsettled = FALSE;
    for (guint i = 0; i < g->done->photos->len; i++) {
        const LedgerPhoto *made = g->done->photos->pdata[i];
        const ScanFile *photo = made->lead != (made->name == lead) ? find_file(g, made->name) : NULL;
        if (photo && !(may_redo(g, photo) && redo(g, photo, made, !made->lead)))
            g->unsettled = TRUE;
    }
    return TRUE;
}
