#include "desk/pages.h"

#include <string.h>

#include "desk/captions.h"
#include "page/figure.h"
#include "page/share.h"
#include "page/sheet.h"

#define SHEET "index.html"
#define FIGURES "figures.html"
#define HEAD "head.html"

const char *const pages_files[] = { PUBLISH_MANIFEST, SHEET, FIGURES, HEAD, NULL };

gboolean pages_is_taken(const char *name)
{
    return g_strv_contains(pages_files, name);
}

gboolean pages_are_there(const Output *output, const char *gallery)
{
    for (const char *const *file = pages_files; *file; file++)
        if (!publish_has(output, gallery, *file))
            return FALSE;
    return TRUE;
}

/* A photo and its place. */
typedef struct {
    const char *name;
    guint row;
    gboolean lead;
} Place;

static int compare_places(gconstpointer a, gconstpointer b)
{
    const Place *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : strcmp(x->name, y->name);
}

/* The gallery's photos (Place) in the order of its captions, and then by name. */
static GArray *arrange(const LedgerGallery *now, GVariant *rows)
{
    g_autoptr(Captions) captions = captions_new(rows);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    for (guint i = 0; i < now->photos->len; i++) {
        Place place = { .name = ((const LedgerPhoto *)now->photos->pdata[i])->name };
        place.row = captions_place(captions, place.name, &place.lead);
        g_array_append_val(places, place);
    }
    g_array_sort(places, compare_places);
    return places;
}

/* The names and records of the photos, and which of them leads: the first that is marked, else the first. A
 * photo without a record is as good as none. */
static gboolean collect(Ledger *ledger, const char *gallery, const GArray *places, GPtrArray *names,
                        GPtrArray *records, guint *lead, GError **error)
{
    gboolean marked = FALSE;
    *lead = 0;
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        GError *failure = NULL;
        GVariant *record = ledger_record(ledger, gallery, place->name, &failure);
        if (failure) {
            g_propagate_error(error, failure);
            return FALSE;
        }
        if (!record)
            continue;
        if (place->lead && !marked)
            *lead = names->len;
        marked = marked || place->lead;
        g_ptr_array_add(names, (gpointer)place->name);
        g_ptr_array_add(records, record);
    }
    return TRUE;
}

gboolean pages_write(const Output *output, Ledger *ledger, const char *gallery, const Preset *preset,
                     LedgerGallery *known, GError **error)
{
    g_autoptr(LedgerGallery) now = ledger_gallery(ledger, gallery, error);
    if (!now)
        return FALSE;
    g_autoptr(GArray) places = arrange(now, known->captions);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    guint lead;
    if (!collect(ledger, gallery, places, names, records, &lead, error))
        return FALSE;
    if (records->len == 0 && publish_folder_mtime(output, gallery) == 0)
        return TRUE; /* nothing was published, and nothing is */

    g_autoptr(Album) album = album_new(gallery, preset, names, records, lead);
    g_autofree char *sheet = sheet_text(album);
    g_autofree char *figures = figure_all(album);
    g_autofree char *head = share_head(album);
    g_autofree char *manifest = manifest_text(album);
    if (!publish_text(output, gallery, SHEET, sheet, error) ||
        !publish_text(output, gallery, FIGURES, figures, error) ||
        !publish_text(output, gallery, HEAD, head, error) ||
        !publish_text(output, gallery, PUBLISH_MANIFEST, manifest, error))
        return FALSE;
    known->folder_mtime = publish_folder_mtime(output, gallery);
    return ledger_put_gallery(ledger, gallery, known, error);
}
