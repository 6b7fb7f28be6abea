#include "page/share.h"

#include "base/json.h"
#include "page/escape.h"

/* ---- JSON-LD ---- */

static void add_text(GVariantBuilder *b, const char *key, const char *text)
{
    if (text && *text)
        g_variant_builder_add(b, "{sv}", key, g_variant_new_string(text));
}

static GVariant *named(const char *type, const char *name)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_text(&b, "@type", type);
    add_text(&b, "name", name);
    return g_variant_builder_end(&b);
}

/* The photographers; where none is named, the agency. */
static void add_creator(GVariantBuilder *b, const ManifestPhoto *is)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (char **creator = is->creators; *creator; creator++)
        g_variant_builder_add_value(&list, named("Person", *creator));
    if (!*is->creators && is->agency)
        g_variant_builder_add_value(&list, named("Organization", is->agency));
    g_variant_builder_add(b, "{sv}", "creator", g_variant_builder_end(&list));
}

static GVariant *image_object(const Album *album, const AlbumPhoto *photo, const ManifestFile *file)
{
    const Rights *rights = &album->preset->rights;
    g_autofree char *address = album_address(album, file->file);
    g_autofree char *credit = album_credit(photo);
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_text(&b, "@type", "ImageObject");
    add_text(&b, "contentUrl", address);
    g_variant_builder_add(&b, "{sv}", "width", g_variant_new_uint32(file->width));
    g_variant_builder_add(&b, "{sv}", "height", g_variant_new_uint32(file->height));
    add_text(&b, "encodingFormat", file->type);
    add_text(&b, "caption", photo->is.caption);
    if (credit)
        add_creator(&b, &photo->is);
    add_text(&b, "creditText", credit);
    add_text(&b, "copyrightNotice", rights->copyright);
    add_text(&b, "license", rights->web_statement);
    add_text(&b, "acquireLicensePage", rights->licensor_url);
    return g_variant_builder_end(&b);
}

static void add_image(GVariantBuilder *list, const Album *album, const AlbumPhoto *photo,
                      const char *rendition)
{
    const ManifestFile *file = album_widest(photo, rendition);
    if (file)
        g_variant_builder_add_value(list, image_object(album, photo, file));
}

GVariant *share_article(const Album *album)
{
    GVariantBuilder images;
    g_variant_builder_init(&images, G_VARIANT_TYPE("aa{sv}"));
    const AlbumPhoto *lead = album->lead < album->photos->len ? album->photos->pdata[album->lead] : NULL;
    for (char **social = album->social; lead && *social; social++)
        add_image(&images, album, lead, *social);
    if (lead && *album->figure)
        add_image(&images, album, lead, album->figure[0]);
    for (guint i = 0; i < album->photos->len && *album->figure; i++)
        if (i != album->lead)
            add_image(&images, album, album->photos->pdata[i], album->figure[0]);

    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_text(&b, "@context", "https://schema.org");
    add_text(&b, "@type", "Article");
    g_variant_builder_add(&b, "{sv}", "image", g_variant_builder_end(&images));
    return g_variant_builder_end(&b);
}

/* ---- Open Graph ---- */

/* Of the social renditions the first that the photo has; else the last format of its figure, which is the one
 * that most programs read. */
static const ManifestFile *preview(const Album *album, const AlbumPhoto *lead)
{
    const ManifestFile *file = NULL;
    for (char **social = album->social; *social && !file; social++)
        file = album_widest(lead, *social);
    for (guint i = g_strv_length(album->figure); i > 0 && !file; i--)
        file = album_widest(lead, album->figure[i - 1]);
    return file;
}

static void add_number(GVariantBuilder *b, const char *key, guint number)
{
    g_autofree char *text = g_strdup_printf("%u", number);
    add_text(b, key, text);
}

GVariant *share_opengraph(const Album *album)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    const AlbumPhoto *lead = album->lead < album->photos->len ? album->photos->pdata[album->lead] : NULL;
    const ManifestFile *file = lead ? preview(album, lead) : NULL;
    if (file) {
        g_autofree char *address = album_address(album, file->file);
        add_text(&b, "og:image", address);
        add_text(&b, "og:image:type", file->type);
        add_number(&b, "og:image:width", file->width);
        add_number(&b, "og:image:height", file->height);
        add_text(&b, "og:image:alt", lead->is.alt);
    }
    return g_variant_builder_end(&b);
}

char *share_head(const Album *album)
{
    GString *head = g_string_new(NULL);
    g_autoptr(GVariant) properties = g_variant_ref_sink(share_opengraph(album));
    GVariantIter each;
    const char *property;
    GVariant *content;
    g_variant_iter_init(&each, properties);
    while (g_variant_iter_next(&each, "{&sv}", &property, &content)) {
        escape_print(head, "<meta property=\"%s\" content=\"%s\">\n", property,
                     g_variant_get_string(content, NULL));
        g_variant_unref(content);
    }

    g_autoptr(GVariant) article = g_variant_ref_sink(share_article(album));
    g_autofree char *json = json_text(article, TRUE);
    g_string_append(head, "<script type=\"application/ld+json\">\n");
    escape_json(head, json);
    g_string_append(head, "</script>\n");
    return g_string_free(head, FALSE);
}
