#include "desk/unpublish.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/filename.h"
#include "desk/publish.h"
#include "page/album.h"
#include "page/figure.h"
#include "page/share.h"
#include "page/sheet.h"

/* Takes the photo's entry out of the listing; NULL where it has none. */
static GVariant *take_entry(Listing *listing, const char *photo)
{
    g_autofree char *name = file_utf8(photo);
    for (guint i = 0; listing->names && i < listing->names->len; i++)
        if (strcmp(listing->names->pdata[i], name) == 0) {
            g_ptr_array_remove_index(listing->names, i);
            return g_ptr_array_steal_index(listing->photos, i);
        }
    return NULL;
}

/* A take-down does not fail for its preset's sake: the next build puts right what differs. */
static Preset *find_preset(const char *name, char **unsettled, GError **error)
{
    g_autoptr(GError) cause = NULL;
    Preset *preset = preset_load(name, &cause);
    if (!preset && !*unsettled)
        *unsettled = g_strdup(cause->message);
    return preset ? preset : preset_load("article", error);
}

static gboolean write_gallery(const Output *output, const char *gallery, const Listing *listing,
                              char **unsettled, GError **error)
{
    g_autoptr(Preset) preset = find_preset(listing->preset, unsettled, error);
    if (!preset)
        return FALSE;
    guint lead = 0; /* where it was the lead, the first is until the next build */
    for (guint i = 0; i < listing->names->len; i++)
        if (g_strcmp0(listing->names->pdata[i], listing->lead) == 0)
            lead = i;
    g_autoptr(Album) album = album_new(gallery, preset, listing->names, listing->photos, lead);
    g_autofree char *manifest = manifest_text(album);
    g_autofree char *sheet = sheet_text(album);
    g_autofree char *figures = figure_all(album);
    g_autofree char *head = share_head(album);
    return publish_text(output, gallery, PUBLISH_MANIFEST, manifest, error) &&
           publish_text(output, gallery, PUBLISH_SHEET, sheet, error) &&
           publish_text(output, gallery, PUBLISH_FIGURES, figures, error) &&
           publish_text(output, gallery, PUBLISH_HEAD, head, error);
}

static void add_files(GHashTable *names, GVariant *photo)
{
    g_autoptr(GVariant) files = listing_files(photo);
    const char *name;
    for (gsize i = 0; i < g_variant_n_children(files); i++) {
        g_variant_get_child(files, i, "(&suuts)", &name, NULL, NULL, NULL, NULL);
        g_hash_table_add(names, g_strdup(name));
    }
}

/* All that the others are published with, or NULL with an error; where a run is at work, which may be about
 * to name it, also what came since the manifest was written: that run removes those of them that are of a
 * withdrawn photo. */
static GHashTable *list_kept(const Output *output, const char *gallery, const Listing *listing,
                             GVariant *entry, gint64 manifest, GError **error)
{
    g_autoptr(GHashTable) kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < listing->photos->len; i++)
        add_files(kept, listing->photos->pdata[i]);
    if (entry)
        add_files(own, entry);
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    g_autoptr(GPtrArray) names = output->busy ? file_list(folder, error) : NULL;
    if (output->busy && !names) {
        error_blame_output(error);
        return NULL;
    }
    for (guint i = 0; names && i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_hash_table_contains(own, name) && file_changed(path) >= manifest)
            g_hash_table_add(kept, g_strdup(name));
    }
    return g_steal_pointer(&kept);
}

/* The manifest first, since readers trust it; then the pages; then the files, also where a page cannot be
 * written. */
gboolean unpublish(const Output *output, const Owners *owners, const char *gallery, const char *photo,
                   Listing *listing, guint *files, char **unsettled, GError **error)
{
    g_autofree char *path = g_build_filename(output->path, gallery, PUBLISH_MANIFEST, NULL);
    gint64 written = file_changed(path);
    g_autoptr(GVariant) entry = take_entry(listing, photo);
    GError *failure = NULL;
    if (entry)
        write_gallery(output, gallery, listing, unsettled, &failure);
    g_autoptr(GHashTable) kept = list_kept(output, gallery, listing, entry, written, failure ? NULL : error);
    g_autofree char *stem = filename_stem(photo);
    gboolean ok =
        kept && publish_sweep(output, gallery, owners, photo, stem, kept, files, failure ? NULL : error);
    if (failure)
        g_propagate_error(error, failure);
    return ok && !failure;
}
