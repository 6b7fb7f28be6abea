#include "desk/stage.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/writers.h"
#include "desk/filename.h"
#include "render/render.h"

void staged_init(Staged *staged)
{
    staged->files = g_array_new(FALSE, FALSE, sizeof(ManifestFile));
    staged->fresh = g_ptr_array_new();
    staged->texts = g_ptr_array_new_with_free_func(g_free);
    staged->placeholder = NULL;
}

void staged_clear(Staged *staged)
{
    g_array_unref(staged->files);
    g_ptr_array_unref(staged->fresh);
    g_ptr_array_unref(staged->texts);
    g_free(staged->placeholder);
}

static const struct {
    const char *ending, *type;
} formats[] = { [IMAGE_WEBP] = { "webp", "image/webp" }, [IMAGE_JPEG] = { "jpg", "image/jpeg" } };

static char *make_file_name(const char *stem, const Variant *variant)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(variant->bytes, &size);
    g_autofree char *digest = digest_hex(data, size);
    return filename_variant(stem, variant->rendition, variant->width, digest,
                            formats[variant->format].ending);
}

/* The same for a file that had another stem: its hash and ending are behind the last hyphen. */
static char *rename_file(const char *stem, const ManifestFile *file)
{
    const char *hash = strrchr(file->file, '-');
    return hash ? g_strdup_printf("%s-%s-%u%s", stem, file->rendition, file->width, hash)
                : g_strdup(file->file);
}

/* ---- Staging, in the child ---- */

gboolean stage_begin(const char *folder, GError **error)
{
    return (file_remove_tree(folder, error) &&
            (g_mkdir(folder, 0777) == 0 || error_errno(error, errno, "%s cannot be made", folder))) ||
           error_blame_output(error);
}

static void add_crop(ManifestFile *file, const Crop *crop)
{
    file->crop_x = crop->box.x;
    file->crop_y = crop->box.y;
    file->crop_width = crop->box.width;
    file->crop_height = crop->box.height;
    file->focus_x = crop->x;
    file->focus_y = crop->y;
    file->focus_source = crop->by;
}

gboolean stage_variants(Staged *staged, const char *folder, const char *photo, const GPtrArray *variants,
                        GError **error)
{
    g_autofree char *stem = filename_stem(photo);
    Writers *writers = writers_new(folder);
    for (guint i = 0; i < variants->len; i++) {
        const Variant *variant = variants->pdata[i];
        char *name = make_file_name(stem, variant);
        writers_add(writers, name, variant->bytes);
        g_ptr_array_add(staged->texts, name);
        g_ptr_array_add(staged->fresh, name);
        ManifestFile file = { .rendition = variant->rendition,
                              .file = name,
                              .width = variant->width,
                              .height = variant->height,
                              .bytes = g_bytes_get_size(variant->bytes),
                              .type = formats[variant->format].type,
                              .stamped = variant->stamped,
                              .contrast = variant->contrast,
                              .box_x = variant->box.x,
                              .box_y = variant->box.y,
                              .box_width = variant->box.width,
                              .box_height = variant->box.height };
        if (variant->crop.by)
            add_crop(&file, &variant->crop);
        g_array_append_val(staged->files, file);
    }
    return writers_end(writers, error) || error_blame_output(error);
}

gboolean stage_former(Staged *staged, const char *photo, const char *target, const Former *former)
{
    g_autofree char *damage = former_damage(former, NULL);
    g_autoptr(GArray) files = damage ? NULL : manifest_read_files(former->photo);
    if (!files)
        return FALSE;
    g_autofree char *stem = filename_stem(photo);
    g_variant_lookup(former->photo, "placeholder", "ms", &staged->placeholder);
    for (guint i = 0; i < files->len; i++) {
        ManifestFile file = g_array_index(files, ManifestFile, i);
        char *name = rename_file(stem, &file);
        g_autofree char *from = g_build_filename(former->folder, file.file, NULL);
        g_autofree char *place = g_build_filename(target, name, NULL);
        g_ptr_array_add(staged->texts, name);
        if (strcmp(from, place) != 0)
            g_ptr_array_add(staged->fresh, name);
        file.file = name;
        g_array_append_val(staged->files, file);
    }
    return TRUE;
}

/* ---- Staging, in the parent ---- */

/* What stands in the place of a file by a symbolic link stays by itself. */
static gboolean link_or_copy(const char *from, const char *to, GError **error)
{
    if (!g_file_test(from, G_FILE_TEST_IS_SYMLINK) && link(from, to) == 0)
        return TRUE;
    g_autoptr(GBytes) bytes = file_read(from, G_MAXSIZE, NULL, NULL, error);
    if (!bytes) {
        g_autofree char *shown = file_show(from);
        g_prefix_error(error, "%s ", shown);
        return FALSE;
    }
    return file_write_new(to, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
}

/* The one among the files that gets this name; or NULL. */
static const ManifestFile *find_former(const GArray *files, const char *stem, const StagedFile *fresh)
{
    for (guint i = 0; i < files->len; i++) {
        const ManifestFile *file = &g_array_index(files, ManifestFile, i);
        g_autofree char *name = rename_file(stem, file);
        if (strcmp(name, fresh->name) == 0 && file->bytes == fresh->size)
            return publish_is_plain(name) && publish_is_plain(file->file) ? file : NULL;
    }
    return NULL;
}

gboolean stage_links(const char *folder, const char *photo, const Former *former, const GArray *fresh,
                     GError **error)
{
    g_autofree char *stem = filename_stem(photo);
    g_autoptr(GArray) files = manifest_read_files(former->photo);
    if (!stage_begin(folder, error))
        return FALSE;
    for (guint i = 0; i < fresh->len; i++) {
        const StagedFile *wanted = &g_array_index(fresh, StagedFile, i);
        const ManifestFile *file = files ? find_former(files, stem, wanted) : NULL;
        g_autofree char *to = g_build_filename(folder, wanted->name, NULL);
        if (!file || g_file_test(to, G_FILE_TEST_EXISTS)) /* or it was announced twice */
            return error_failed(error, "its variants are not those that there were; run again");
        g_autofree char *from = g_build_filename(former->folder, file->file, NULL);
        if (!link_or_copy(from, to, error))
            return error_blame_machine(error);
    }
    return TRUE;
}
