#include "desk/kept.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

#define FOLDER PUBLISH_STATE_FOLDER "/archived"
#define LARGEST ((gsize)16 << 20) /* bytes */

/* Names begin with a dot here, as those of no gallery do: a photo may have the name that a gallery has later.
 */
static char *folder_of(const char *gallery)
{
    return *gallery ? g_build_filename(FOLDER, gallery, NULL) : g_strdup(FOLDER);
}

static char *path_of(const Output *output, const char *gallery, const char *name)
{
    g_autofree char *folder = folder_of(gallery);
    return g_strdup_printf("%s/%s/.%s", output->path, folder, name);
}

gboolean kept_names(const Output *output, const char *gallery, GHashTable **names, GError **error)
{
    *names = NULL;
    g_autofree char *folder = folder_of(gallery), *path = g_build_filename(output->path, folder, NULL);
    g_autoptr(GPtrArray) files = file_list(path, error);
    if (!files)
        return error_blame_output(error);
    for (guint i = 0; i < files->len; i++) {
        const char *file = files->pdata[i];
        if (*file != '.')
            continue;
        if (!*names)
            *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_add(*names, g_strdup(file + 1));
    }
    return TRUE;
}

gboolean kept_put(const Output *output, Ledger *ledger, const char *gallery, const LedgerPhoto *photo,
                  GError **error)
{
    g_autoptr(GVariant) record = ledger_record(ledger, gallery, photo->name, NULL);
    g_autoptr(GVariant) making = ledger_making(ledger, gallery, photo->name, NULL);
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "size", g_variant_new_int64(photo->size));
    g_variant_builder_add(&b, "{sv}", "mtime", g_variant_new_int64(photo->mtime));
    g_variant_builder_add(&b, "{sv}", "sidecar-size", g_variant_new_int64(photo->sidecar_size));
    g_variant_builder_add(&b, "{sv}", "sidecar-mtime", g_variant_new_int64(photo->sidecar_mtime));
    g_variant_builder_add(&b, "{sv}", "digest", g_variant_new_string(photo->digest));
    g_variant_builder_add(&b, "{sv}", "recipe", g_variant_new_string(photo->recipe));
    g_variant_builder_add(&b, "{sv}", "lead", g_variant_new_boolean(photo->lead));
    if (record)
        g_variant_builder_add(&b, "{sv}", "record", record);
    if (making)
        g_variant_builder_add(&b, "{sv}", "making", making);
    g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_builder_end(&b));
    g_autofree char *text = g_variant_print(all, TRUE);
    g_autofree char *folder = folder_of(gallery), *name = g_strconcat(".", photo->name, NULL);
    return publish_text(output, folder, name, text, error);
}

gboolean kept_drop(const Output *output, const char *gallery, const char *name, GError **error)
{
    g_autofree char *path = path_of(output, gallery, name);
    return unlink(path) == 0 || file_is_absent(errno) || output_fail(error, errno, "cannot be cleared", path);
}

static gboolean be_unusable(const char *path, const char *what, GError **error)
{
    g_autofree char *shown = file_show(path);
    g_set_error(
        error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE,
        "%s %s; it is the record of an archived photo: mend it, put that photo's original here again, "
        "or delete the record, which takes the photo down; till then, what is published stays",
        shown, what);
    return FALSE;
}

/* Its text; NULL, and no error, where that is not there or cannot be one that was kept. */
static GBytes *read_kept(const char *path, GError **error)
{
    struct stat st;
    g_autoptr(GError) cause = NULL;
    if (lstat(path, &st) < 0 ? file_is_absent(errno) : !S_ISREG(st.st_mode))
        return NULL;
    GBytes *bytes = file_read(path, LARGEST, NULL, NULL, &cause);
    if (!bytes)
        be_unusable(path, cause->message, error);
    return bytes;
}

/* FALSE where it is no text of ours. What is in photo belongs to all, and record and making to the caller. */
static gboolean parse(GVariant *all, LedgerPhoto *photo, GVariant **record, GVariant **making)
{
    return g_variant_lookup(all, "size", "x", &photo->size) &&
           g_variant_lookup(all, "mtime", "x", &photo->mtime) &&
           g_variant_lookup(all, "sidecar-size", "x", &photo->sidecar_size) &&
           g_variant_lookup(all, "sidecar-mtime", "x", &photo->sidecar_mtime) &&
           g_variant_lookup(all, "digest", "&s", &photo->digest) &&
           g_variant_lookup(all, "recipe", "&s", &photo->recipe) &&
           g_variant_lookup(all, "lead", "b", &photo->lead) &&
           g_variant_lookup(all, "record", "@a{sv}", record) &&
           g_variant_lookup(all, "making", "@a{sv}", making);
}

/* The gallery first, so that a run that is killed is followed by one that goes on. */
static gboolean put_back(Ledger *ledger, const char *gallery, LedgerGallery *known, const LedgerPhoto *photo,
                         GVariant *record, GVariant *making, GError **error)
{
    known->folder_mtime = 0;
    return ledger_put_gallery(ledger, gallery, known, error) &&
           ledger_put_photo(ledger, gallery, photo, record, making, error);
}

gboolean kept_restore(const Output *output, Ledger *ledger, const char *gallery, LedgerGallery *known,
                      const char *name, GError **error)
{
    g_autofree char *path = path_of(output, gallery, name);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GBytes) bytes = read_kept(path, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!bytes)
        return TRUE;
    const char *text = g_bytes_get_data(bytes, NULL);
    g_autoptr(GVariant) all =
        text ? g_variant_parse(G_VARIANT_TYPE_VARDICT, text, text + g_bytes_get_size(bytes), NULL, NULL)
             : NULL;
    g_autoptr(GVariant) record = NULL, making = NULL;
    LedgerPhoto photo = { .name = (char *)name };
    return all && parse(all, &photo, &record, &making)
               ? put_back(ledger, gallery, known, &photo, record, making, error)
               : be_unusable(path, "is damaged", error);
}
