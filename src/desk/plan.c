#include "desk/plan.h"

#include <string.h>

#include "desk/former.h"

/* NULL where all is well with what is published of a photo. */
static char *find_damage(const Gallery *gallery, const char *name, const PlanSetup *setup)
{
    g_autoptr(Former) former = former_load(setup->ledger, setup->output, gallery->path, name, NULL);
    return former ? former_damage(former, NULL) : g_strdup("its files are not known");
}

static int compare_sizes(gconstpointer a, gconstpointer b)
{
    gint64 x = ((const PlanItem *)a)->photo->size, y = ((const PlanItem *)b)->photo->size;
    return (x < y) - (x > y);
}

static void item_clear(gpointer data)
{
    PlanItem *item = data;
    g_free(item->recipe);
    g_free(item->known_digest);
    g_free(item->damage);
}

/* Steps through both lists, which are in the same order, and gives the ledger's photo of this name or NULL.
 * Those that are passed over have vanished. */
static const LedgerPhoto *advance(const LedgerGallery *known, guint *at, const char *name,
                                  GPtrArray *vanished)
{
    for (; *at < known->photos->len; (*at)++) {
        const LedgerPhoto *photo = known->photos->pdata[*at];
        int order = name ? strcmp(photo->name, name) : -1;
        if (order > 0)
            return NULL;
        if (order == 0) {
            (*at)++;
            return photo;
        }
        g_ptr_array_add(vanished, photo->name);
    }
    return NULL;
}

static gboolean is_as_it_was(const ScanFile *photo, const LedgerPhoto *made)
{
    const ScanFile *sidecar = photo->sidecar;
    return !photo->changed && made->size == photo->size && made->mtime == photo->mtime &&
           made->sidecar_size == (sidecar ? sidecar->size : 0) &&
           made->sidecar_mtime == (sidecar ? sidecar->mtime : 0);
}

Plan *plan_gallery(const Gallery *gallery, const LedgerGallery *known, Captions *captions,
                   const PlanSetup *setup)
{
    Plan *plan = g_new0(Plan, 1);
    plan->items = g_array_new(FALSE, FALSE, sizeof(PlanItem));
    g_array_set_clear_func(plan->items, item_clear);
    plan->unchanged = g_ptr_array_new();
    plan->vanished = g_ptr_array_new();
    plan->withdrawn = g_ptr_array_new();
    plan->folder_same =
        known->folder_mtime != 0 && publish_folder_stamp(setup->output, gallery->path) == known->folder_mtime;

    guint at = 0;
    for (guint i = 0; i < gallery->photos->len; i++) {
        const ScanFile *photo = gallery->photos->pdata[i];
        const LedgerPhoto *made = advance(known, &at, photo->name, plan->vanished);
        g_autofree char *withdrawn =
            withdrawn_reason(setup->withdrawn, gallery->path, photo->name, made ? made->digest : NULL);
        if (withdrawn)
            g_ptr_array_add(plan->withdrawn, photo->name);
        if (withdrawn || photo->held)
            continue;
        SidecarRow row = captions_row(captions, photo->name);
        g_autofree char *recipe =
            recipe_photo(setup->recipe, &row, photo->sidecar ? photo->sidecar->name : NULL);
        g_autofree char *damage =
            made && (setup->thorough || !plan->folder_same) ? find_damage(gallery, photo->name, setup) : NULL;
        gboolean same_recipe = made && !setup->force && !damage && strcmp(made->recipe, recipe) == 0;
        if (same_recipe && is_as_it_was(photo, made)) {
            g_ptr_array_add(plan->unchanged, photo->name);
            continue;
        }
        PlanItem item = { .photo = photo,
                          .recipe = g_steal_pointer(&recipe),
                          .known_digest = same_recipe ? g_strdup(made->digest) : NULL,
                          .made = made,
                          .damage = g_steal_pointer(&damage),
                          .row = row };
        g_array_append_val(plan->items, item);
    }
    advance(known, &at, NULL, plan->vanished);
    g_array_sort(plan->items, compare_sizes);
    return plan;
}

void plan_free(Plan *plan)
{
    if (!plan)
        return;
    g_array_unref(plan->items);
    g_ptr_array_unref(plan->unchanged);
    g_ptr_array_unref(plan->vanished);
    g_ptr_array_unref(plan->withdrawn);
    g_free(plan);
}

gboolean plan_has(const Plan *plan, const ScanFile *photo)
{
    for (guint i = 0; i < plan->items->len; i++)
        if (g_array_index(plan->items, PlanItem, i).photo == photo)
            return TRUE;
    return FALSE;
}
