#include "desk/withdraw.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/filename.h"
#include "desk/kept.h"
#include "desk/publish.h"
#include "desk/unpublish.h"
#include "desk/withdrawn.h"
#include "page/listing.h"

/* ---- The published gallery ---- */

static gboolean no_gallery(const char *out, const char *gallery, GError **error)
{
    g_autofree char *shown = file_show(out), *in = file_show(*gallery ? gallery : ".");
    return error_failed(error,
                        "there is no gallery %s in %s; name it as its folder is called there: GALLERY/PHOTO, "
                        "or PHOTO alone for one of %s itself",
                        in, shown, shown);
}

static gboolean read_gallery(const char *out, const char *gallery, Listing *listing, GError **error)
{
    *listing = (Listing){ 0 };
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = g_build_filename(out, gallery, PUBLISH_MANIFEST, NULL);
    if (!publish_is_gallery(gallery) || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return no_gallery(out, gallery, error);
    g_autofree char *shown = file_show(path);
    g_autoptr(GBytes) bytes = file_read(path, LISTING_MAX, NULL, NULL, &cause);
    if (!bytes || !listing_read(listing, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &cause))
        return error_failed(error, "%s %s; build its gallery again first", shown, cause->message);
    return !listing->foreign || no_gallery(out, gallery, error);
}

static gboolean has_run(const char *out)
{
    g_autofree char *state = g_build_filename(out, PUBLISH_STATE_FOLDER, NULL);
    return g_file_test(state, G_FILE_TEST_IS_DIR);
}

/* The gallery as its manifest lists it: nothing, where a run has not come to writing that. */
static gboolean read_published(const char *out, const char *gallery, Listing *listing, GError **error)
{
    g_autofree char *folder = g_build_filename(out, gallery, NULL);
    g_autofree char *manifest = g_build_filename(folder, PUBLISH_MANIFEST, NULL);
    if (!publish_is_gallery(gallery) || !has_run(out) || !g_file_test(folder, G_FILE_TEST_IS_DIR) ||
        g_file_test(manifest, G_FILE_TEST_EXISTS))
        return read_gallery(out, gallery, listing, error);
    *listing = (Listing){ .names = g_ptr_array_new_with_free_func(g_free),
                          .photos = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref) };
    return TRUE;
}

static gboolean is_near(const char *name, const char *photo)
{
    g_autofree char *a = g_utf8_casefold(name, -1), *valid = file_utf8(photo);
    g_autofree char *b = g_utf8_casefold(valid, -1), *stem = filename_stem(b);
    return strstr(a, b) || strstr(b, a) || strstr(a, stem);
}

/* ---- Whose files there are ---- */

static gboolean has_name(GPtrArray *names, const char *photo)
{
    g_autofree char *name = file_utf8(photo);
    return g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL);
}

static void add_named(Owners *owners, const char *photo, GVariant *entry)
{
    g_autoptr(GVariant) files = listing_files(entry);
    const char *name;
    for (gsize i = 0; i < g_variant_n_children(files); i++) {
        g_variant_get_child(files, i, "(&suuts)", &name, NULL, NULL, NULL, NULL);
        owners_add_file(owners, name, photo);
    }
}

static void add_preset(Owners *owners, const char *name)
{
    g_autoptr(Preset) preset = preset_load(name, NULL);
    if (preset)
        owners_add_preset(owners, preset);
}

/* By the manifest, and the preset that it was made by; before there is one, that may be any. */
static void add_listed(Owners *owners, const Listing *listing)
{
    g_auto(GStrv) presets = listing->preset ? NULL : preset_list();
    if (listing->preset)
        add_preset(owners, listing->preset);
    for (char **preset = presets; preset && *preset; preset++)
        add_preset(owners, *preset);
    for (guint i = 0; i < listing->names->len; i++) {
        owners_add_photo(owners, listing->names->pdata[i]);
        add_named(owners, listing->names->pdata[i], listing->photos->pdata[i]);
    }
}

/* By the manifest, by the ledger, where there is one that is free, and by the list; what the ledger cannot
 * tell keeps nothing online. names gets those of the photos that the first two have. */
static Owners *find_owners(const Listing *listing, Ledger *ledger, const Withdrawn *withdrawn,
                           const char *gallery, GPtrArray *names)
{
    Owners *owners = owners_new();
    g_autoptr(LedgerGallery) known = ledger ? ledger_gallery(ledger, gallery, NULL) : NULL;
    g_autofree char *valid = file_utf8(gallery);
    add_listed(owners, listing);
    for (guint i = 0; i < listing->names->len; i++)
        g_ptr_array_add(names, g_strdup(listing->names->pdata[i]));
    for (guint i = 0; known && i < known->photos->len; i++) {
        const char *name = ((const LedgerPhoto *)known->photos->pdata[i])->name;
        owners_add_photo(owners, name);
        if (!has_name(names, name))
            g_ptr_array_add(names, file_utf8(name));
    }
    for (guint i = 0; i < withdrawn_list(withdrawn)->len; i++) {
        const Withdrawal *entry = withdrawn_list(withdrawn)->pdata[i];
        if (strcmp(entry->gallery, valid) == 0)
            owners_add_stem(owners, entry->stem);
    }
    return owners;
}

/* ---- Withdrawing ---- */

/* The ledger, where it is free: else the run that has it notes the photo's digest. NULL without an error
 * then, and where there is none. */
static Ledger *open_ledger(const Output *output, GError **error)
{
    return output->busy || !g_file_test(output->ledger, G_FILE_TEST_EXISTS)
               ? NULL
               : ledger_open(output->ledger, error);
}

/* Of a photo that is on the list by now: whatever stops this, OUT is in the way, not its name. */
static gboolean remove_published(const Output *output, Ledger *ledger, Withdrawn *withdrawn,
                                 const Owners *owners, const char *gallery, const char *photo,
                                 Listing *listing, WithdrawResult *result, GError **error)
{
    gboolean ok =
        kept_drop(output, gallery, photo, error) && /* its files go: there is nothing to keep */
        unpublish(output, owners, gallery, photo, listing, &result->files, &result->unsettled, error) &&
        (!ledger || withdrawn_learn(withdrawn, ledger, error));
    return ok || error_blame_output(error);
}

static gboolean no_photo(const char *out, const Listing *listing, const GPtrArray *names, const char *gallery,
                         const char *photo, GError **error)
{
    enum { TOLD = 5 };
    g_autoptr(GString) near = g_string_new(NULL);
    for (guint told = 0, pass = 0; pass < 2 && told == 0; pass++)
        for (guint i = 0; i < names->len && told < TOLD; i++) {
            g_autofree char *shown = file_show(names->pdata[i]);
            if (pass == 1 || is_near(names->pdata[i], photo))
                g_string_append_printf(near, "%s%s", told++ > 0 ? ", " : "", shown);
        }
    g_autofree char *in = file_show(*gallery ? gallery : "."), *name = file_show(photo);
    if (names->len > 0)
        return error_failed(error, "the gallery %s has no photo %s; it has %u, such as %s%s", in, name,
                            names->len, near->str,
                            listing->preset ? ": its manifest.json names them all" : "");
    return listing->preset
               ? error_failed(error, "the gallery %s has no photo %s; it has none at all", in, name)
               : no_gallery(out, gallery, error);
}

/* That files of it are there that neither manifest nor ledger names yet: a run puts a photo's files in their
 * place first, and may be killed then. Those of a photo with the same stem, as of b.jpeg where b.jpg is
 * known, are that one's. */
static gboolean be_on_its_way(const char *out, const char *gallery, const char *photo, const Listing *listing,
                              Owners *owners, GPtrArray *names, GError **error)
{
    gboolean has = FALSE, same = FALSE;
    g_autofree char *stem = filename_stem(photo), *folder = g_build_filename(out, gallery, NULL);
    g_autoptr(GPtrArray) files = file_list(folder, error);
    if (!files)
        return error_blame_output(error);
    for (guint i = 0; i < names->len && !same; i++) {
        g_autofree char *other = filename_stem(names->pdata[i]);
        same = strcmp(stem, other) == 0;
    }
    for (guint i = 0; i < files->len && !same; i++) {
        char *other = owners_guess(owners, folder, files->pdata[i]);
        if (other)
            g_ptr_array_add(names, other);
    }
    for (guint i = 0; i < files->len && !same && !has; i++)
        has = owners_is_of(owners, folder, files->pdata[i], photo, stem);
    return has || no_photo(out, listing, names, gallery, photo, error);
}

/* ---- Copies ---- */

static void copy_free(gpointer data)
{
    WithdrawCopy *copy = data;
    g_free(copy->path);
    g_free(copy->of);
    g_clear_error(&copy->left);
    g_free(copy);
}

/* Of a gallery that is there, by its manifest: so a photo that it does not name, and that no file is of, is
 * none. */
static gboolean take_copy(const Output *output, Ledger *ledger, const Withdrawn *withdrawn,
                          const char *gallery, const char *photo, gboolean *published, guint *files,
                          char **unsettled, GError **error)
{
    Listing listing;
    gboolean ok = read_published(output->path, gallery, &listing, error);
    if (ok) {
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(Owners) owners = find_owners(&listing, ledger, withdrawn, gallery, names);
        *published = has_name(listing.names, photo);
        ok = (kept_drop(output, gallery, photo, error) &&
              unpublish(output, owners, gallery, photo, &listing, files, unsettled, error)) ||
             error_blame_output(error);
    }
    listing_clear(&listing);
    return ok;
}

/* What is published of a photo that is withdrawn by its bytes. One that cannot be taken down is told, and the
 * others go. */
static void add_copy(const Output *output, Ledger *ledger, const Withdrawn *withdrawn, const char *gallery,
                     const char *photo, const Withdrawal *of, WithdrawResult *result)
{
    g_autofree char *folder = g_build_filename(output->path, gallery, NULL);
    if (!g_file_test(folder, G_FILE_TEST_EXISTS))
        return;
    GError *left = NULL;
    gboolean published = FALSE;
    guint files = 0;
    take_copy(output, ledger, withdrawn, gallery, photo, &published, &files, &result->unsettled, &left);
    if (!left && !published && files == 0)
        return;
    WithdrawCopy *copy = g_new0(WithdrawCopy, 1);
    *copy = (WithdrawCopy){ .path = g_build_filename(gallery, photo, NULL),
                            .of = g_build_filename(of->gallery, of->photo, NULL),
                            .files = files,
                            .left = left };
    g_ptr_array_add(result->copies, copy);
}

/* All that the ledger knows by other names: the list has their digests by now. They get no entry there, so
 * that undoing the one lets all of them come back. */
static gboolean take_copies(const Output *output, Ledger *ledger, const Withdrawn *withdrawn,
                            WithdrawResult *result, GError **error)
{
    g_autoptr(GPtrArray) galleries = ledger_all(ledger, error);
    for (guint i = 0; galleries && i < galleries->len; i++) {
        const char *gallery = galleries->pdata[i];
        g_autoptr(LedgerGallery) known = ledger_gallery(ledger, gallery, error);
        if (!known)
            return error_blame_output(error);
        for (guint k = 0; k < known->photos->len; k++) {
            const LedgerPhoto *made = known->photos->pdata[k];
            const Withdrawal *of = withdrawn_find_digest(withdrawn, made->digest);
            if (of && !withdrawn_find(withdrawn, gallery, made->name))
                add_copy(output, ledger, withdrawn, gallery, made->name, of, result);
        }
    }
    return galleries || error_blame_output(error);
}

/* ---- The photo ---- */

/* Its name as it is known, where it was given in another normal form of Unicode, as Macs have names. */
static char *find_name(GPtrArray *names, const char *photo)
{
    g_autofree char *wanted = g_utf8_normalize(photo, -1, G_NORMALIZE_NFC);
    for (guint i = 0; wanted && !has_name(names, photo) && i < names->len; i++) {
        g_autofree char *name = g_utf8_normalize(names->pdata[i], -1, G_NORMALIZE_NFC);
        if (g_strcmp0(name, wanted) == 0)
            return g_strdup(names->pdata[i]);
    }
    return g_strdup(photo);
}

/* With the list locked: nobody else writes a manifest. A ledger that cannot be read does not keep it online.
 */
static gboolean take_listed(const Output *output, Withdrawn *withdrawn, const char *gallery,
                            const char *photo, const char *reason, Listing *listing, WithdrawResult *result,
                            GError **error)
{
    g_autoptr(GError) unread = NULL;
    g_autoptr(Ledger) ledger = open_ledger(output, &unread);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Owners) owners = find_owners(listing, ledger, withdrawn, gallery, names);
    g_autofree char *name = find_name(names, photo);
    result->already = withdrawn_find(withdrawn, gallery, name) != NULL;
    result->unsure = !result->already && !has_name(names, name);
    if (result->unsure && !be_on_its_way(output->path, gallery, name, listing, owners, names, error))
        return FALSE;
    if (!withdrawn_add(withdrawn, gallery, name, reason, error) ||
        !remove_published(output, ledger, withdrawn, owners, gallery, name, listing, result, error) ||
        (ledger && !take_copies(output, ledger, withdrawn, result, error)))
        return FALSE;
    result->blind = !ledger;
    if (!unread)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&unread));
    return error_blame_output(error);
}

static gboolean take_back(const Output *output, Withdrawn *withdrawn, const char *gallery, const char *photo,
                          const char *reason, WithdrawResult *result, GError **error)
{
    Listing listing;
    gboolean ok = read_published(output->path, gallery, &listing, error) &&
                  take_listed(output, withdrawn, gallery, photo, reason, &listing, result, error);
    listing_clear(&listing);
    return ok;
}

/* Whether there is such a gallery, before a folder is made for the state of an output that is none. */
static gboolean is_there(const char *out, const char *gallery, GError **error)
{
    Listing listing;
    gboolean ok = read_published(out, gallery, &listing, error);
    listing_clear(&listing);
    return ok;
}

gboolean withdraw(const char *out, const char *gallery, const char *photo, const char *reason,
                  WithdrawResult *result, GError **error)
{
    const OutputMode mode = { .beside = TRUE };
    *result = (WithdrawResult){ .copies = g_ptr_array_new_with_free_func(copy_free) };
    g_autoptr(Output) output = is_there(out, gallery, error) ? output_open_as(out, &mode, error) : NULL;
    g_autoptr(Withdrawn) withdrawn = output ? withdrawn_open(out, error) : NULL;
    return withdrawn && withdrawn_lock(withdrawn, error) &&
           take_back(output, withdrawn, gallery, photo, reason, result, error);
}

void withdraw_result_clear(WithdrawResult *result)
{
    g_clear_pointer(&result->unsettled, g_free);
    g_clear_pointer(&result->copies, g_ptr_array_unref);
}

gboolean withdraw_undo(const char *out, const char *gallery, const char *photo, GError **error)
{
    g_autoptr(Withdrawn) withdrawn = withdrawn_open(out, error);
    if (!withdrawn)
        return FALSE;
    if (withdrawn_find(withdrawn, gallery, photo))
        return withdrawn_lock(withdrawn, error) && withdrawn_remove(withdrawn, gallery, photo, error);
    g_autofree char *path = g_build_filename(gallery, photo, NULL), *shown = file_show(path);
    return error_failed(error, "%s is not withdrawn; 'photodesk withdraw OUT' lists what is", shown);
}
