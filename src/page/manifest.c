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
