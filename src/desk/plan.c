#include "desk/plan.h"

#include <string.h>

#include "desk/recipe.h"
#include "page/manifest.h"

static gboolean files_are_there(const Gallery *gallery, const char *name, const Output *output,
                                Ledger *ledger)
{
    g_autoptr(GVariant) record = ledger_record(ledger, gallery->path, name, NULL);
    g_autoptr(GPtrArray) files = record ? manifest_files(record) : NULL;
    if (!files)
        return FALSE;
    for (guint i = 0; i < files->len; i++)
        if (!publish_has(output, gallery->path, files->pdata[i]))
            return FALSE;
    return TRUE;
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
    return made->size == photo->size && made->mtime == photo->mtime &&
           made->sidecar_size == (sidecar ? sidecar->size : 0) &&
           made->sidecar_mtime == (sidecar ? sidecar->mtime : 0);
}

Plan *plan_gallery(const Gallery *gallery, const LedgerGallery *known, Captions *captions, const char *base,
                   const Output *output, Ledger *ledger)
{
    Plan *plan = g_new0(Plan, 1);
    plan->items = g_array_new(FALSE, FALSE, sizeof(PlanItem));
    g_array_set_clear_func(plan->items, item_clear);
    plan->vanished = g_ptr_array_new();
    plan->folder_same =
        known->folder_mtime != 0 && publish_folder_mtime(output, gallery->path) == known->folder_mtime;

    guint at = 0;
    for (guint i = 0; i < gallery->photos->len; i++) {
        const ScanFile *photo = gallery->photos->pdata[i];
        const LedgerPhoto *made = advance(known, &at, photo->name, plan->vanished);
        if (photo->held)
            continue;
        SidecarRow row = captions_row(captions, photo->name);
        g_autofree char *recipe = recipe_photo(base, &row, photo->sidecar ? photo->sidecar->name : NULL);
        gboolean same_recipe = made && strcmp(made->recipe, recipe) == 0 &&
                               (plan->folder_same || files_are_there(gallery, photo->name, output, ledger));
        if (same_recipe && is_as_it_was(photo, made)) {
            plan->unchanged++;
            continue;
        }
        PlanItem item = { photo, g_steal_pointer(&recipe), same_recipe ? g_strdup(made->digest) : NULL, row };
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
    g_ptr_array_unref(plan->vanished);
    g_free(plan);
}
