#include "page/manifest.h"

#include <math.h>

#include "base/file.h"
#include "base/json.h"

#define VERSION 1

static GVariant *strings(char **list)
{
    return g_variant_new_strv((const char *const *)list, -1);
}

static GVariant *maybe_string(const char *text)
{
    return g_variant_new_maybe(G_VARIANT_TYPE_STRING, text ? g_variant_new_string(text) : NULL);
}

/* Rounded down to a sixteenth, which JSON writes in few digits. */
static GVariant *contrast(double ratio)
{
    return g_variant_new_double(floor(ratio * 16) / 16);
}

static GVariant *box(const ManifestFile *file)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "x", g_variant_new_uint32(file->box_x));
    g_variant_builder_add(&b, "{sv}", "y", g_variant_new_uint32(file->box_y));
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(file->box_width));
    g_variant_builder_add(&b, "{sv}", "height", g_variant_new_uint32(file->box_height));
    return g_variant_builder_end(&b);
}

static GVariant *file_entry(const ManifestFile *file)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "file", g_variant_new_string(file->file));
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(file->width));
    g_variant_builder_add(&b, "{sv}", "height", g_variant_new_uint32(file->height));
    g_variant_builder_add(&b, "{sv}", "bytes", g_variant_new_uint64(file->bytes));
    g_variant_builder_add(&b, "{sv}", "type", g_variant_new_string(file->type));
    g_variant_builder_add(&b, "{sv}", "stamped", g_variant_new_boolean(file->stamped));
    if (file->stamped) {
        g_variant_builder_add(&b, "{sv}", "contrast", contrast(file->contrast));
        g_variant_builder_add(&b, "{sv}", "box", box(file));
    }
    return g_variant_builder_end(&b);
}

static GVariant *renditions(const ManifestPhoto *photo)
{
    GVariantBuilder by_name;
    g_variant_builder_init(&by_name, G_VARIANT_TYPE_VARDICT);
    for (guint i = 0; i < photo->n_files;) {
        const char *rendition = photo->files[i].rendition;
        GVariantBuilder list;
        g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
        for (; i < photo->n_files && g_str_equal(photo->files[i].rendition, rendition); i++)
            g_variant_builder_add_value(&list, file_entry(&photo->files[i]));
        g_variant_builder_add(&by_name, "{sv}", rendition, g_variant_builder_end(&list));
    }
    return g_variant_builder_end(&by_name);
}

static GVariant *credit(const ManifestPhoto *photo)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "text", maybe_string(photo->credit_text));
    g_variant_builder_add(&b, "{sv}", "creators", strings(photo->creators));
    g_variant_builder_add(&b, "{sv}", "agency", maybe_string(photo->agency));
    g_variant_builder_add(&b, "{sv}", "source", maybe_string(photo->source));
    g_variant_builder_add(&b, "{sv}", "confidence", g_variant_new_string(photo->confidence));
    g_variant_builder_add(&b, "{sv}", "conflicts", strings(photo->conflicts));
    return g_variant_builder_end(&b);
}

GVariant *manifest_photo(const ManifestPhoto *photo)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(photo->width));
    g_variant_builder_add(&b, "{sv}", "height", g_variant_new_uint32(photo->height));
    g_variant_builder_add(&b, "{sv}", "caption", g_variant_new_string(photo->caption));
    g_variant_builder_add(&b, "{sv}", "alt", g_variant_new_string(photo->alt));
    g_variant_builder_add(&b, "{sv}", "lang", g_variant_new_string(photo->language));
    g_variant_builder_add(&b, "{sv}", "dir", g_variant_new_string(photo->rtl ? "rtl" : "ltr"));
    g_variant_builder_add(&b, "{sv}", "credit", credit(photo));
    g_variant_builder_add(&b, "{sv}", "renditions", renditions(photo));
    g_variant_builder_add(&b, "{sv}", "removed", strings(photo->removed));
    g_variant_builder_add(&b, "{sv}", "warnings", strings(photo->warnings));
    return g_variant_builder_end(&b);
}

GPtrArray *manifest_files(GVariant *photo)
{
    g_autoptr(GVariant) by_name = g_variant_lookup_value(photo, "renditions", G_VARIANT_TYPE_VARDICT);
    if (!by_name)
        return NULL;

    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    GVariantIter names;
    g_variant_iter_init(&names, by_name);
    GVariant *list;
    while (g_variant_iter_next(&names, "{sv}", NULL, &list)) {
        GVariantIter entries;
        GVariant *entry;
        if (g_variant_is_of_type(list, G_VARIANT_TYPE("aa{sv}"))) {
            g_variant_iter_init(&entries, list);
            while ((entry = g_variant_iter_next_value(&entries))) {
                char *file;
                if (g_variant_lookup(entry, "file", "s", &file))
                    g_ptr_array_add(files, file);
                g_variant_unref(entry);
            }
        }
        g_variant_unref(list);
    }
    return files;
}

static gboolean read_file(GVariant *entry, const char *rendition, ManifestFile *file)
{
    guint64 bytes;
    gboolean stamped;
    *file = (ManifestFile){ .rendition = rendition };
    if (!g_variant_lookup(entry, "file", "&s", &file->file) ||
        !g_variant_lookup(entry, "width", "u", &file->width) ||
        !g_variant_lookup(entry, "height", "u", &file->height) ||
        !g_variant_lookup(entry, "bytes", "t", &bytes) ||
        !g_variant_lookup(entry, "type", "&s", &file->type) ||
        !g_variant_lookup(entry, "stamped", "b", &stamped))
        return FALSE;
    file->bytes = bytes;
    file->stamped = stamped;
    if (!stamped)
        return TRUE;
    g_autoptr(GVariant) place = g_variant_lookup_value(entry, "box", G_VARIANT_TYPE_VARDICT);
    return place && g_variant_lookup(entry, "contrast", "d", &file->contrast) &&
           g_variant_lookup(place, "x", "u", &file->box_x) &&
           g_variant_lookup(place, "y", "u", &file->box_y) &&
           g_variant_lookup(place, "width", "u", &file->box_width) &&
           g_variant_lookup(place, "height", "u", &file->box_height);
}

GArray *manifest_read_files(GVariant *photo)
{
    g_autoptr(GVariant) by_name = g_variant_lookup_value(photo, "renditions", G_VARIANT_TYPE_VARDICT);
    if (!by_name)
        return NULL;
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(ManifestFile));
    gsize renditions_count = g_variant_n_children(by_name);
    for (gsize i = 0; i < renditions_count; i++) {
        const char *rendition;
        g_autoptr(GVariant) list = NULL;
        g_variant_get_child(by_name, i, "{&sv}", &rendition, &list);
        gsize n = g_variant_is_of_type(list, G_VARIANT_TYPE("aa{sv}")) ? g_variant_n_children(list) : 0;
        for (gsize k = 0; k < n; k++) {
            ManifestFile file;
            g_autoptr(GVariant) entry = g_variant_get_child_value(list, k);
            if (!read_file(entry, rendition, &file))
                return NULL;
            g_array_append_val(files, file);
        }
    }
    return g_steal_pointer(&files);
}

char *manifest_text(const char *gallery, const char *preset, GPtrArray *names, GPtrArray *photos)
{
    GVariantBuilder entries;
    g_variant_builder_init(&entries, G_VARIANT_TYPE_VARDICT);
    for (guint i = 0; i < photos->len; i++) {
        g_autofree char *name = file_utf8(names->pdata[i]);
        g_variant_builder_add(&entries, "{sv}", name, photos->pdata[i]);
    }

    g_autofree char *path = file_utf8(gallery);
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "version", g_variant_new_uint32(VERSION));
    g_variant_builder_add(&b, "{sv}", "gallery", g_variant_new_string(path));
    g_variant_builder_add(&b, "{sv}", "preset", g_variant_new_string(preset));
    g_variant_builder_add(&b, "{sv}", "photos", g_variant_builder_end(&entries));
    g_autoptr(GVariant) manifest = g_variant_ref_sink(g_variant_builder_end(&b));
    return json_text(manifest, TRUE);
}
