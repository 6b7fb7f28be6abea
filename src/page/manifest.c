#include "page/manifest.h"

#include <math.h>

#include "base/json.h"
#include "page/album.h"
#include "page/share.h"

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

static GVariant *box(guint x, guint y, guint width, guint height)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "x", g_variant_new_uint32(x));
    g_variant_builder_add(&b, "{sv}", "y", g_variant_new_uint32(y));
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(width));
    g_variant_builder_add(&b, "{sv}", "height", g_variant_new_uint32(height));
    return g_variant_builder_end(&b);
}

static GVariant *focus(const ManifestFile *file)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "x", g_variant_new_uint32(file->focus_x));
    g_variant_builder_add(&b, "{sv}", "y", g_variant_new_uint32(file->focus_y));
    g_variant_builder_add(&b, "{sv}", "source", maybe_string(file->focus_source));
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
        g_variant_builder_add(&b, "{sv}", "box",
                              box(file->box_x, file->box_y, file->box_width, file->box_height));
    }
    if (file->crop_width > 0) {
        g_variant_builder_add(&b, "{sv}", "crop",
                              box(file->crop_x, file->crop_y, file->crop_width, file->crop_height));
        g_variant_builder_add(&b, "{sv}", "focus", focus(file));
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
    g_variant_builder_add(&b, "{sv}", "placeholder", maybe_string(photo->placeholder));
    g_variant_builder_add(&b, "{sv}", "credit", credit(photo));
    g_variant_builder_add(&b, "{sv}", "renditions", renditions(photo));
    g_variant_builder_add(&b, "{sv}", "removed", strings(photo->removed));
    g_variant_builder_add(&b, "{sv}", "warnings", strings(photo->warnings));
    return g_variant_builder_end(&b);
}

/* ---- Back ---- */

static char **look_up_strings(GVariant *dict, const char *key)
{
    char **list = NULL; /* its strings stay the dictionary's */
    g_variant_lookup(dict, key, "^a&s", &list);
    return list ? list : g_new0(char *, 1);
}

static const char *look_up_maybe(GVariant *dict, const char *key)
{
    const char *text = NULL;
    g_variant_lookup(dict, key, "m&s", &text);
    return text;
}

static gboolean read_box(GVariant *entry, const char *key, guint *x, guint *y, guint *width, guint *height)
{
    g_autoptr(GVariant) values = g_variant_lookup_value(entry, key, G_VARIANT_TYPE_VARDICT);
    return values && g_variant_lookup(values, "x", "u", x) && g_variant_lookup(values, "y", "u", y) &&
           g_variant_lookup(values, "width", "u", width) && g_variant_lookup(values, "height", "u", height);
}

static void read_crop(GVariant *entry, ManifestFile *file)
{
    g_autoptr(GVariant) point = g_variant_lookup_value(entry, "focus", G_VARIANT_TYPE_VARDICT);
    read_box(entry, "crop", &file->crop_x, &file->crop_y, &file->crop_width, &file->crop_height);
    if (point && g_variant_lookup(point, "x", "u", &file->focus_x) &&
        g_variant_lookup(point, "y", "u", &file->focus_y))
        file->focus_source = look_up_maybe(point, "source");
}

/* FALSE where something is missing in it; that is empty then. */
static gboolean read_file(GVariant *entry, const char *rendition, ManifestFile *file)
{
    guint64 bytes = 0;
    *file = (ManifestFile){ .rendition = rendition, .file = "", .type = "" };
    gboolean whole = g_variant_lookup(entry, "file", "&s", &file->file);
    whole &= g_variant_lookup(entry, "type", "&s", &file->type);
    whole &= g_variant_lookup(entry, "width", "u", &file->width);
    whole &= g_variant_lookup(entry, "height", "u", &file->height);
    whole &= g_variant_lookup(entry, "bytes", "t", &bytes);
    whole &= g_variant_lookup(entry, "stamped", "b", &file->stamped);
    file->bytes = bytes;
    gboolean stamp = g_variant_lookup(entry, "contrast", "d", &file->contrast);
    stamp &= read_box(entry, "box", &file->box_x, &file->box_y, &file->box_width, &file->box_height);
    read_crop(entry, file);
    return whole && (stamp || !file->stamped);
}

/* The files of a photo's entry (ManifestFile), in their order. whole is FALSE where one of them, or all, are
 * missing something. */
static GArray *read_files(GVariant *photo, gboolean *whole)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(ManifestFile));
    g_autoptr(GVariant) by_name = g_variant_lookup_value(photo, "renditions", G_VARIANT_TYPE_VARDICT);
    *whole = by_name != NULL;
    gsize names = by_name ? g_variant_n_children(by_name) : 0;
    for (gsize i = 0; i < names; i++) {
        const char *rendition;
        g_autoptr(GVariant) list = NULL;
        g_variant_get_child(by_name, i, "{&sv}", &rendition, &list);
        gsize n = g_variant_is_of_type(list, G_VARIANT_TYPE("aa{sv}")) ? g_variant_n_children(list) : 0;
        for (gsize k = 0; k < n; k++) {
            ManifestFile file;
            g_autoptr(GVariant) entry = g_variant_get_child_value(list, k);
            *whole &= read_file(entry, rendition, &file);
            g_array_append_val(files, file);
        }
    }
    return files;
}

void manifest_read(GVariant *entry, ManifestPhoto *photo)
{
    const char *dir = "ltr";
    *photo = (ManifestPhoto){ .caption = "", .alt = "", .language = "en", .confidence = "none" };
    g_variant_lookup(entry, "width", "u", &photo->width);
    g_variant_lookup(entry, "height", "u", &photo->height);
    g_variant_lookup(entry, "caption", "&s", &photo->caption);
    g_variant_lookup(entry, "alt", "&s", &photo->alt);
    g_variant_lookup(entry, "lang", "&s", &photo->language);
    g_variant_lookup(entry, "dir", "&s", &dir);
    photo->rtl = g_str_equal(dir, "rtl");
    photo->placeholder = look_up_maybe(entry, "placeholder");
    photo->removed = look_up_strings(entry, "removed");
    photo->warnings = look_up_strings(entry, "warnings");

    g_autoptr(GVariant) credits = g_variant_lookup_value(entry, "credit", G_VARIANT_TYPE_VARDICT);
    if (!credits)
        credits = g_variant_ref_sink(g_variant_new_array(G_VARIANT_TYPE("{sv}"), NULL, 0));
    photo->credit_text = look_up_maybe(credits, "text");
    photo->creators = look_up_strings(credits, "creators");
    photo->agency = look_up_maybe(credits, "agency");
    photo->source = look_up_maybe(credits, "source");
    g_variant_lookup(credits, "confidence", "&s", &photo->confidence);
    photo->conflicts = look_up_strings(credits, "conflicts");

    gboolean whole;
    GArray *files = read_files(entry, &whole);
    photo->n_files = files->len;
    photo->files = (ManifestFile *)(gpointer)g_array_free(files, FALSE);
}

void manifest_clear(ManifestPhoto *photo)
{
    g_free(photo->creators);
    g_free(photo->conflicts);
    g_free(photo->removed);
    g_free(photo->warnings);
    g_free((gpointer)photo->files);
}

GPtrArray *manifest_files(GVariant *photo)
{
    gboolean whole;
    g_autoptr(GArray) files = read_files(photo, &whole);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < files->len; i++) {
        const ManifestFile *file = &g_array_index(files, ManifestFile, i);
        if (*file->file)
            g_ptr_array_add(names, g_strdup(file->file));
    }
    return names;
}

GArray *manifest_read_files(GVariant *photo)
{
    gboolean whole;
    GArray *files = read_files(photo, &whole);
    if (whole)
        return files;
    g_array_unref(files);
    return NULL;
}

const ManifestFile *manifest_narrowest(const ManifestFile *files, guint n)
{
    const ManifestFile *least = NULL;
    for (guint i = 0; i < n; i++)
        if (!least || files[i].width < least->width)
            least = &files[i];
    return least;
}

/* ---- The whole ---- */

/* What, beside the photos, figures are made by. */
static GVariant *page(const Album *album)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "address", maybe_string(*album->address ? album->address : NULL));
    g_variant_builder_add(&b, "{sv}", "figure", strings(album->figure));
    g_variant_builder_add(&b, "{sv}", "social", strings(album->social));
    g_variant_builder_add(&b, "{sv}", "sizes", g_variant_new_string(album->preset->page.sizes));
    return g_variant_builder_end(&b);
}

char *manifest_text(const Album *album)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    GVariantBuilder entries;
    g_variant_builder_init(&entries, G_VARIANT_TYPE_VARDICT);
    for (guint i = 0; i < album->photos->len; i++) {
        const AlbumPhoto *photo = album->photos->pdata[i];
        g_variant_builder_add(&entries, "{sv}", photo->name, photo->record);
        g_ptr_array_add(order, photo->name);
    }
    const AlbumPhoto *lead = album->lead < album->photos->len ? album->photos->pdata[album->lead] : NULL;

    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "version", g_variant_new_uint32(VERSION));
    g_variant_builder_add(&b, "{sv}", "gallery", g_variant_new_string(album->path));
    g_variant_builder_add(&b, "{sv}", "preset", g_variant_new_string(album->preset->name));
    g_variant_builder_add(&b, "{sv}", "order",
                          g_variant_new_strv((const char *const *)order->pdata, order->len));
    g_variant_builder_add(&b, "{sv}", "lead", maybe_string(lead ? lead->name : NULL));
    g_variant_builder_add(&b, "{sv}", "page", page(album));
    g_variant_builder_add(&b, "{sv}", "photos", g_variant_builder_end(&entries));
    g_variant_builder_add(&b, "{sv}", "jsonld", share_article(album));
    g_variant_builder_add(&b, "{sv}", "opengraph", share_opengraph(album));
    g_autoptr(GVariant) manifest = g_variant_ref_sink(g_variant_builder_end(&b));
    return json_text(manifest, TRUE);
}
