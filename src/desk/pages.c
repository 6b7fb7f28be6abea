#include "desk/pages.h"

#include <string.h>

#include "base/file.h"
#include "page/manifest.h"
#include "page/sheet.h"

/* The names and records of the gallery's photos; a photo without a record is as good as none. */
static gboolean collect(Ledger *ledger, const char *gallery, const LedgerGallery *now, GPtrArray *names,
                        GPtrArray *records, GError **error)
{
    for (guint i = 0; i < now->photos->len; i++) {
        const LedgerPhoto *photo = now->photos->pdata[i];
        GError *failure = NULL;
        GVariant *record = ledger_record(ledger, gallery, photo->name, &failure);
        if (failure) {
            g_propagate_error(error, failure);
            return FALSE;
        }
        if (!record)
            continue;
        g_ptr_array_add(names, photo->name);
        g_ptr_array_add(records, record);
    }
    return TRUE;
}

static gboolean is_there(const Output *output, const char *gallery, const char *name, const char *text)
{
    gsize size = strlen(text);
    g_autofree char *path = g_build_filename(output->path, gallery, name, NULL);
    g_autoptr(GBytes) there = file_read(path, size, NULL, NULL, NULL);
    return there && g_bytes_get_size(there) == size && memcmp(g_bytes_get_data(there, NULL), text, size) == 0;
}

/* Writes it where it is not there already. */
static gboolean renew(const Output *output, const char *gallery, const char *name, const char *text,
                      GPtrArray *stale, GError **error)
{
    if (is_there(output, gallery, name, text))
        return TRUE;
    if (!output->dry)
        return publish_text(output, gallery, name, text, error);
    g_ptr_array_add(stale, g_strdup(name));
    return TRUE;
}

gboolean pages_write(const Output *output, Ledger *ledger, const char *gallery, const char *preset,
                     LedgerGallery *known, GPtrArray *stale, GError **error)
{
    g_autoptr(LedgerGallery) now = ledger_gallery(ledger, gallery, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    if (!now || !collect(ledger, gallery, now, names, records, error))
        return FALSE;
    if (records->len == 0 && !publish_has(output, gallery, PUBLISH_MANIFEST))
        return TRUE; /* nothing was published, and nothing is */

    g_autofree char *page = sheet_text(gallery, names, records);
    g_autofree char *manifest = manifest_text(gallery, preset, names, records);
    if (!renew(output, gallery, PAGES_SHEET, page, stale, error) ||
        !renew(output, gallery, PUBLISH_MANIFEST, manifest, stale, error))
        return FALSE;
    known->folder_mtime = publish_folder_stamp(output, gallery);
    return ledger_put_gallery(ledger, gallery, known, error);
}
