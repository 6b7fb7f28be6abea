#include "desk/former.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "page/manifest.h"

Former *former_load(Ledger *ledger, const Output *output, const char *gallery, const char *name,
                    GError **error)
{
    g_autoptr(Former) former = g_new0(Former, 1);
    former->photo = ledger_record(ledger, gallery, name, error);
    g_autoptr(GVariant) making = former->photo ? ledger_making(ledger, gallery, name, error) : NULL;
    if (!former->photo || !making || !g_variant_lookup(making, "look", "s", &former->look) ||
        !g_variant_lookup(making, "focus", "s", &former->focus) ||
        !g_variant_lookup(making, "warnings", "^as", &former->warnings) ||
        !g_variant_lookup(making, "base", "^as", &former->base))
        return NULL;
    former->folder = g_build_filename(output->path, gallery, NULL);
    former->name = g_build_filename(gallery, name, NULL);
    return g_steal_pointer(&former);
}

void former_free(Former *former)
{
    if (!former)
        return;
    g_clear_pointer(&former->photo, g_variant_unref);
    g_strfreev(former->warnings);
    g_strfreev(former->base);
    g_free(former->folder);
    g_free(former->name);
    g_free(former->look);
    g_free(former->focus);
    g_free(former);
}

GVariant *former_making(const char *look, const char *focus, GVariant *warnings, char *const *base)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "look", g_variant_new_string(look));
    g_variant_builder_add(&b, "{sv}", "focus", g_variant_new_string(focus));
    g_variant_builder_add(&b, "{sv}", "warnings", warnings);
    g_variant_builder_add(&b, "{sv}", "base", g_variant_new_strv((const char *const *)base, -1));
    return g_variant_builder_end(&b);
}

/* The same of one file. */
static char *find_damage(const char *path, const ManifestFile *file, GError **error)
{
    struct stat st;
    int err = stat(path, &st) < 0 ? errno : 0;
    if (err != 0 && !file_is_absent(err)) {
        g_autofree char *shown = file_show(path);
        g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE,
                    "%s cannot be looked at: %s; see that you may read it, and run again", shown,
                    g_strerror(err));
        return g_strdup_printf("%s cannot be looked at: %s", file->file, g_strerror(err));
    }
    if (err != 0 || !S_ISREG(st.st_mode))
        return g_strdup_printf("%s is missing", file->file);
    if ((gsize)st.st_size != file->bytes)
        return g_strdup_printf("%s has %" G_GINT64_FORMAT " bytes, not %" G_GSIZE_FORMAT, file->file,
                               (gint64)st.st_size, file->bytes);
    return NULL;
}

char *former_damage(const Former *former, GError **error)
{
    char *damage = NULL;
    g_autoptr(GArray) files = manifest_read_files(former->photo);
    if (!files || files->len == 0)
        return g_strdup("its files are not known");
    for (guint i = 0; i < files->len && !damage; i++) {
        const ManifestFile *file = &g_array_index(files, ManifestFile, i);
        g_autofree char *path = g_build_filename(former->folder, file->file, NULL);
        damage = find_damage(path, file, error);
    }
    return damage;
}
