#include "desk/takedown.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "desk/kept.h"
#include "desk/pages.h"
#include "page/manifest.h"

const char *takedown_doubt(const ScanSource *source, gint64 device)
{
    if (!source->found)
        return "since that could not be read";
    if (source->photos == 0 && source->device != device) /* as a mount point is without its disk */
        return "since it has no photos at all and is on another disk than before; is it mounted?";
    return NULL;
}

/* Why the folder may be there all the same, as part of a sentence: it could not be read, has come back since
 * the scan, or a link has taken its place. NULL where it is gone. */
static const char *find_doubt(const ScanSource *source, const char *path)
{
    struct stat st;
    g_autofree char *folder = g_build_filename(source->path, path, NULL);
    if (lstat(folder, &st) < 0)
        return file_is_absent(errno) ? NULL : "since its folder cannot be looked at";
    return S_ISREG(st.st_mode)   ? NULL
           : S_ISDIR(st.st_mode) ? "since its folder is there, but was not read"
                                 : "since something else is in the place of its folder";
}

/* The names of the files of a photo. */
static gboolean add_files(GPtrArray *names, Ledger *ledger, const char *gallery, const char *photo,
                          GError **error)
{
    GError *failure = NULL;
    g_autoptr(GVariant) record = ledger_record(ledger, gallery, photo, &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    GPtrArray *files = record ? manifest_files(record) : NULL;
    if (files)
        g_ptr_array_extend_and_steal(names, files);
    return TRUE;
}

/* The manifest goes first, since readers trust it; the ledger forgets last, so that a run that is killed is
 * followed by one that goes on. */
static gboolean take_down(const char *path, const LedgerGallery *known, Ledger *ledger, const Output *output,
                          guint *removed, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    if (known->photos->len > 0 || known->folder_mtime != 0)
        for (const char *const *file = pages_files; *file; file++)
            g_ptr_array_add(names, g_strdup(*file));
    for (guint i = 0; i < known->photos->len; i++) {
        const LedgerPhoto *photo = known->photos->pdata[i];
        if (!add_files(names, ledger, path, photo->name, error))
            return FALSE;
    }
    return publish_remove(output, path, names, removed, error) && ledger_drop_gallery(ledger, path, error);
}

static void tell_stale(const char *path, const RunOptions *options, RunTotals *totals)
{
    Event event = {
        .type = EVENT_STALE, .gallery = path, .reason = "its source folder is gone", .totals = totals
    };
    totals->stale++;
    options->on_event(&event, options->user);
}

/* It fails, and the others go on. */
static void warn_hindered(const char *path, const char *hindrance, const RunOptions *options,
                          RunTotals *totals)
{
    totals->failed++;
    g_autofree char *shown = file_show(*path ? path : ".");
    g_autofree char *message =
        g_strdup_printf("The gallery %s is no longer found, but not taken down, since %s", shown, hindrance);
    Event event = { .type = EVENT_WARNING, .message = message, .totals = totals };
    options->on_event(&event, options->user);
}

static char *find_hindrance(const Output *output, const char *path)
{
    char *hindrance = pages_hindrance(output, path, TRUE);
    return hindrance || output->dry ? hindrance : pages_closed(output, path);
}

static void tell_removed(const char *path, const char *photo, guint files, const RunOptions *options,
                         const RunTotals *totals)
{
    Event event = { .type = EVENT_REMOVED,
                    .gallery = path,
                    .photo = photo,
                    .reason = photo ? RUN_GONE_REASON : NULL,
                    .files = files,
                    .totals = totals };
    options->on_event(&event, options->user);
}

static void tell_others(const char *path, const GPtrArray *gone, const RunOptions *options, RunTotals *totals)
{
    for (guint i = 0; i < gone->len; i++) {
        totals->removed++;
        tell_removed(path, gone->pdata[i], 0, options, totals);
    }
}

/* The same of a gallery with photos that are kept: the others go. */
static gboolean take_others(const char *path, LedgerGallery *known, GHashTable *kept, Ledger *ledger,
                            const Withdrawn *withdrawn, const Output *output, const RunOptions *options,
                            RunTotals *totals, GError **error)
{
    g_autoptr(GPtrArray) stale = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    for (guint i = 0; i < known->photos->len; i++) {
        const LedgerPhoto *photo = known->photos->pdata[i];
        const char *name = photo->name;
        if (g_hash_table_contains(kept, name))
            continue;
        g_autofree char *withheld = withdrawn_reason(withdrawn, path, name, photo->digest);
        known->folder_mtime = 0; /* first, so that a run that is killed is followed by one that goes on */
        if (!ledger_put_gallery(ledger, path, known, error) || !ledger_drop_photo(ledger, path, name, error))
            return FALSE;
        if (options->on_photo)
            options->on_photo(path, name, RUN_GONE, options->user);
        if (!withheld)
            g_ptr_array_add(gone, (gpointer)name);
    }
    if (known->folder_mtime != 0)
        return TRUE;
    g_autofree char *hindrance = find_hindrance(output, path);
    if (hindrance)
        warn_hindered(path, hindrance, options, totals);
    else if (output->dry)
        tell_stale(path, options, totals);
    else if (!pages_write(output, ledger, withdrawn, path, options->preset, known, stale, error))
        return FALSE;
    else {
        tell_others(path, gone, options, totals);
        if (options->on_gallery)
            options->on_gallery(path, options->user);
    }
    return TRUE;
}

/* A gallery whose folder is gone for certain. */
static gboolean take_one(const char *path, LedgerGallery *known, Ledger *ledger, const Withdrawn *withdrawn,
                         const Output *output, const RunOptions *options, RunTotals *totals, GError **error)
{
    guint removed = 0;
    g_autoptr(GHashTable) kept = NULL;
    if (!kept_names(output, path, &kept, error))
        return FALSE;
    if (kept)
        return take_others(path, known, kept, ledger, withdrawn, output, options, totals, error);
    if (output->dry) {
        tell_stale(path, options, totals);
        return TRUE;
    }
    g_autofree char *hindrance = find_hindrance(output, path);
    if (hindrance) {
        warn_hindered(path, hindrance, options, totals);
        return TRUE;
    }
    if (!take_down(path, known, ledger, output, &removed, error))
        return FALSE;
    if (removed > 0) {
        totals->removed += known->photos->len;
        tell_removed(path, NULL, removed, options, totals);
    }
    return TRUE;
}

static void warn(const ScanSource *source, guint left, const char *first, const char *why,
                 const RunOptions *options, const RunTotals *totals)
{
    g_autofree char *shown = file_show(source->path);
    g_autofree char *gallery = file_show(*first ? first : ".");
    g_autofree char *message =
        left == 1 ? g_strdup_printf("%s: the gallery %s is no longer found there; it stays published, %s",
                                    shown, gallery, why)
                  : g_strdup_printf("%s: %u galleries (%s, ...) are no longer found there; they stay "
                                    "published, %s",
                                    shown, left, gallery, why);
    Event event = { .type = EVENT_WARNING, .message = message, .totals = totals };
    options->on_event(&event, options->user);
}

gboolean takedown(const ScanSource *source, GPtrArray *galleries, Ledger *ledger, const Withdrawn *withdrawn,
                  const Output *output, const RunOptions *options, RunTotals *totals, GError **error)
{
    g_autoptr(GPtrArray) paths = ledger_galleries(ledger, source->path, error);
    if (!paths)
        return FALSE;
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < galleries->len; i++) {
        Gallery *gallery = galleries->pdata[i];
        if (gallery->source == source)
            g_hash_table_insert(found, gallery->path, gallery);
    }

    guint left = 0;
    const char *first = NULL, *why = NULL;
    for (guint i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        const Gallery *there = g_hash_table_lookup(found, path);
        if (there && there->photos->len > 0)
            continue;
        g_autoptr(LedgerGallery) known = ledger_gallery(ledger, path, error);
        if (!known)
            return FALSE;
        const char *doubt = takedown_doubt(source, known->device);
        if (there && (!doubt || known->photos->len == 0))
            continue; /* a folder without photos is a gallery without photos */
        if (!doubt)
            doubt = find_doubt(source, path);
        if (doubt) {
            left++;
            first = path;
            why = doubt;
            continue;
        }
        if (!take_one(path, known, ledger, withdrawn, output, options, totals, error))
            return FALSE;
    }
    if (left > 0)
        warn(source, left, first, why, options, totals);
    return TRUE;
}
