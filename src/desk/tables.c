#include <string.h>

#include "base/error.h"
#include "desk/captions.h"
#include "desk/round.h"
#include "photo/sidecar.h"

static gboolean is_same_row(const SidecarRow *a, const SidecarRow *b)
{
    return strcmp(a->caption, b->caption) == 0 && strcmp(a->credit, b->credit) == 0 &&
           strcmp(a->alt, b->alt) == 0 && strcmp(a->focus, b->focus) == 0;
}

/* Each cell of a table has some bytes around it, as it is told. */
#define LARGEST_TABLE (4 * (gsize)SIDECAR_MAX)

/* Photos whose originals are archived are made from no table any more: whoever changes a row is to know. */
static char *find_late(GHashTable *kept, GVariant *before, GVariant *now)
{
    enum { SHOWN = 5 };
    g_autoptr(Captions) old = captions_new(before), new = captions_new(now);
    g_autoptr(GString) names = g_string_new(NULL);
    guint n = 0;
    GHashTableIter each;
    gpointer name;
    g_hash_table_iter_init(&each, kept);
    while (g_hash_table_iter_next(&each, &name, NULL)) {
        SidecarRow was = captions_row(old, name), is = captions_row(new, name);
        if (!is_same_row(&was, &is) && ++n <= SHOWN)
            g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", (const char *)name);
    }
    if (n == 0)
        return NULL;
    return g_strdup_printf(
        "says something else of photos that are archived already: %s%s; put them here again "
        "where that is to count",
        names->str, n > SHOWN ? ", ..." : "");
}

/* Whether a table that could not be read may be readable by itself later. */
static gboolean may_come(const Table *table, const ScanFile *there, const GError *error)
{
    return g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE)
               ? table->awaited
               : there->watched && g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE);
}

static void on_captions(gpointer task, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    const Table *table = task;
    GalleryRun *g = table->gallery;
    g_autoptr(GVariant) rows = result ? g_variant_lookup_value(result, "rows", SIDECAR_ROWS_TYPE) : NULL;
    if (!rows) {
        const char *why = error ? error->message : "cannot be read";
        g->awaited = may_come(table, g->source->captions, error);
        g->unusable =
            g->awaited
                ? g_strdup(why)
                : g_strdup_printf("%s; nothing of this folder (photos: %u) is published until it is mended",
                                  why, g->source->photos->len);
        return;
    }

    if (!g->known->captions || !g_variant_equal(g->known->captions, rows))
        g->known->folder_mtime = 0; /* the order of its pages may be another one */
    if (g->kept)
        g->late = find_late(g->kept, g->known->captions, rows);
    g_clear_pointer(&g->known->captions, g_variant_unref);
    g->known->captions = g_steal_pointer(&rows);
    g_clear_pointer(&g->known->captions_warnings, g_variant_unref);
    g->known->captions_warnings = g_variant_lookup_value(result, "warnings", G_VARIANT_TYPE_STRING_ARRAY);
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
        g_clear_pointer(&g->known->captions_warnings, g_variant_unref);
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
        const ScanFile *there = g->source->captions;
        g->table = (Table){ .path = g_build_filename(g->source->folder, there->name, NULL),
                            .gallery = g,
                            .awaited = there->watched && !there->last_try };
        g_ptr_array_add(tasks, &g->table);
    }
    return round_pool(run, NULL, NULL, table_read, LARGEST_TABLE, on_captions, tasks, error);
}

/* The photos (ScanFile, borrowed) that a row may be for: those that are there, and those that are archived.
 */
static GPtrArray *find_named(const GalleryRun *g, GArray *kept)
{
    GPtrArray *photos = g_ptr_array_copy(g->source->photos, NULL, NULL);
    g_ptr_array_set_free_func(photos, NULL);
    GHashTableIter each;
    gpointer name;
    if (g->kept)
        g_hash_table_iter_init(&each, g->kept);
    while (g->kept && g_hash_table_iter_next(&each, &name, NULL)) {
        ScanFile file = { .name = name };
        g_array_append_val(kept, file);
    }
    for (guint i = 0; i < kept->len; i++)
        g_ptr_array_add(photos, &g_array_index(kept, ScanFile, i));
    return photos;
}

void tables_tell(GalleryRun *g)
{
    const char *table = g->source->captions ? g->source->captions->name : SIDECAR_NAME;
    if (g->awaited) {
        round_tell(g, (Event){ .type = EVENT_WAITING, .photo = table, .message = g->unusable });
        return;
    }
    if (g->unusable) {
        g->run->totals->failed += g->source->photos->len;
        round_tell(g, (Event){ .type = EVENT_FAILED,
                               .photo = table,
                               .message = g->unusable,
                               .code = PHOTODESK_ERROR_TABLE });
        return;
    }
    if (!g->table.path && !g->run->options.remind)
        return;
    const char *warning;
    GVariantIter each;
    if (g->known->captions_warnings) {
        g_variant_iter_init(&each, g->known->captions_warnings);
        while (g_variant_iter_next(&each, "&s", &warning))
            round_tell(g, (Event){ .type = EVENT_WARNING, .photo = table, .message = warning });
    }
    if (g->late)
        round_tell(g, (Event){ .type = EVENT_WARNING, .photo = table, .message = g->late });
    if (g->source->source) { /* single files need not be all of a table's */
        g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(ScanFile));
        g_autoptr(GPtrArray) named = find_named(g, kept);
        g_autofree char *strays = captions_strays(g->captions, named);
        if (strays)
            round_tell(g, (Event){ .type = EVENT_WARNING, .photo = table, .message = strays });
    }
}
