#include "page/listing.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

/* ---- Types: JSON has fewer than a manifest's entries ---- */

static const struct {
    const char *key, *type;
} types[] = {
    { "width", "u" },      { "height", "u" },       { "x", "u" },
    { "y", "u" },          { "bytes", "t" },        { "contrast", "d" },
    { "stamped", "b" },    { "caption", "s" },      { "alt", "s" },
    { "lang", "s" },       { "dir", "s" },          { "confidence", "s" },
    { "file", "s" },       { "type", "s" },         { "text", "ms" },
    { "agency", "ms" },    { "source", "ms" },      { "creators", "as" },
    { "conflicts", "as" }, { "removed", "as" },     { "warnings", "as" },
    { "credit", "a{sv}" }, { "box", "a{sv}" },      { "crop", "a{sv}" },
    { "focus", "a{sv}" },  { "placeholder", "ms" }, { "renditions", "renditions" },
};

static const char *find_type(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (strcmp(types[i].key, key) == 0)
            return types[i].type;
    return NULL;
}

static GVariant *retype(GVariant *value, const char *type);

static GVariant *retype_number(GVariant *value, const char *type)
{
    if (*type == 'd')
        return g_variant_is_of_type(value, G_VARIANT_TYPE_INT64)
                   ? g_variant_new_double((double)g_variant_get_int64(value))
                   : NULL;
    if (!g_variant_is_of_type(value, G_VARIANT_TYPE_INT64))
        return NULL;
    gint64 number = g_variant_get_int64(value);
    if (number < 0 || (*type == 'u' && number > G_MAXUINT32))
        return NULL;
    return *type == 'u' ? g_variant_new_uint32((guint32)number) : g_variant_new_uint64((guint64)number);
}

/* Each element as type has it, in an array of such. */
static GVariant *retype_array(GVariant *value, const char *type)
{
    if (!g_variant_is_of_type(value, G_VARIANT_TYPE("av")))
        return NULL;
    g_autofree char *array = g_strconcat("a", type, NULL);
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE(array));
    for (gsize i = 0; i < g_variant_n_children(value); i++) {
        g_autoptr(GVariant) boxed = g_variant_get_child_value(value, i);
        g_autoptr(GVariant) element = g_variant_get_variant(boxed);
        g_autoptr(GVariant) typed = retype(element, type);
        if (!typed) {
            g_variant_builder_clear(&b);
            return NULL;
        }
        g_variant_builder_add_value(&b, typed);
    }
    return g_variant_builder_end(&b);
}

/* Each entry by its key; with type, all of them so. */
static GVariant *retype_entries(GVariant *value, const char *type)
{
    if (!g_variant_is_of_type(value, G_VARIANT_TYPE_VARDICT))
        return NULL;
    GVariantBuilder b;
    GVariantIter each;
    const char *key;
    GVariant *entry;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_iter_init(&each, value);
    while (g_variant_iter_next(&each, "{&sv}", &key, &entry)) {
        const char *wanted = type ? type : find_type(key);
        g_autoptr(GVariant) typed = wanted ? retype(entry, wanted) : g_variant_ref(entry);
        g_variant_unref(entry);
        if (!typed) {
            g_variant_builder_clear(&b);
            return NULL;
        }
        g_variant_builder_add(&b, "{sv}", key, typed);
    }
    return g_variant_builder_end(&b);
}

/* The value of this scalar type: floating, or itself. NULL where it is another. */
static GVariant *retype_scalar(GVariant *value, const char *type)
{
    if (g_variant_is_of_type(value, G_VARIANT_TYPE(type)))
        return value;
    if (strcmp(type, "ms") != 0)
        return strcmp(type, "u") == 0 || strcmp(type, "t") == 0 || strcmp(type, "d") == 0
                   ? retype_number(value, type)
                   : NULL;
    gboolean said = g_variant_is_of_type(value, G_VARIANT_TYPE_STRING);
    if (!said && !g_variant_is_of_type(value, G_VARIANT_TYPE("mv")))
        return NULL;
    return g_variant_new("ms", said ? g_variant_get_string(value, NULL) : NULL);
}

/* The value of this type, to be unreferenced; NULL where it is another. */
static GVariant *retype(GVariant *value, const char *type)
{
    GVariant *typed = strcmp(type, "renditions") == 0 ? retype_entries(value, "aa{sv}")
                      : strcmp(type, "a{sv}") == 0    ? retype_entries(value, NULL)
                      : *type == 'a'                  ? retype_array(value, type + 1)
                                                      : retype_scalar(value, type);
    return typed ? g_variant_ref_sink(typed) : NULL;
}

/* ---- The manifest ---- */

static gboolean malformed(GError **error)
{
    return error_failed(error, "is no manifest that photodesk wrote");
}

static gboolean take_photos(Listing *listing, GVariant *photos)
{
    GVariantIter each;
    const char *name;
    GVariant *entry;
    gboolean ok = TRUE;
    g_variant_iter_init(&each, photos);
    while (g_variant_iter_next(&each, "{&sv}", &name, &entry)) {
        GVariant *typed = retype(entry, "a{sv}");
        g_autoptr(GVariant) files = NULL;
        g_variant_unref(entry);
        if (typed)
            g_ptr_array_add(listing->photos, typed);
        ok = ok && typed && *name && !strchr(name, '/') && (files = listing_files(typed));
        if (ok)
            g_ptr_array_add(listing->names, g_strdup(name));
    }
    return ok;
}

gboolean listing_read(Listing *listing, const char *text, gsize size, GError **error)
{
    *listing = (Listing){ 0 };
    g_autoptr(GVariant) json = json_read(text, size, error);
    if (!json)
        return FALSE;
    g_autoptr(GVariant) photos = NULL;
    gint64 version = 0;
    gboolean object = g_variant_is_of_type(json, G_VARIANT_TYPE_VARDICT);
    if (object)
        photos = g_variant_lookup_value(json, "photos", G_VARIANT_TYPE_VARDICT);
    if (!photos) {
        listing->foreign = TRUE;
        return TRUE;
    }
    listing->names = g_ptr_array_new_with_free_func(g_free);
    listing->photos = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    if (!g_variant_lookup(json, "gallery", "s", &listing->gallery) ||
        !g_variant_lookup(json, "preset", "s", &listing->preset) ||
        !g_variant_lookup(json, "version", "x", &version) || version != 1 || !take_photos(listing, photos))
        return malformed(error);
    g_variant_lookup(json, "lead", "s", &listing->lead);
    return TRUE;
}

void listing_clear(Listing *listing)
{
    g_clear_pointer(&listing->gallery, g_free);
    g_clear_pointer(&listing->preset, g_free);
    g_clear_pointer(&listing->lead, g_free);
    g_clear_pointer(&listing->names, g_ptr_array_unref);
    g_clear_pointer(&listing->photos, g_ptr_array_unref);
}

static gboolean add_file(GVariantBuilder *b, GVariant *file)
{
    const char *name, *type;
    guint32 width, height;
    guint64 bytes;
    if (!g_variant_lookup(file, "file", "&s", &name) || !g_variant_lookup(file, "width", "u", &width) ||
        !g_variant_lookup(file, "height", "u", &height) || !g_variant_lookup(file, "bytes", "t", &bytes) ||
        !g_variant_lookup(file, "type", "&s", &type) || !*name || *name == '.' || strchr(name, '/'))
        return FALSE;
    g_variant_builder_add(b, "(suuts)", name, width, height, bytes, type);
    return TRUE;
}

GVariant *listing_files(GVariant *photo)
{
    g_autoptr(GVariant) renditions = g_variant_lookup_value(photo, "renditions", G_VARIANT_TYPE_VARDICT);
    if (!renditions)
        return NULL;
    GVariantBuilder b;
    GVariantIter each;
    GVariant *list;
    gboolean ok = TRUE;
    g_variant_builder_init(&b, G_VARIANT_TYPE("a(suuts)"));
    g_variant_iter_init(&each, renditions);
    while (g_variant_iter_next(&each, "{sv}", NULL, &list)) {
        gboolean files = g_variant_is_of_type(list, G_VARIANT_TYPE("aa{sv}"));
        for (gsize i = 0; ok && files && i < g_variant_n_children(list); i++) {
            g_autoptr(GVariant) file = g_variant_get_child_value(list, i);
            ok = add_file(&b, file);
        }
        ok = ok && files;
        g_variant_unref(list);
    }
    if (!ok) {
        g_variant_builder_clear(&b);
        return NULL;
    }
    return g_variant_ref_sink(g_variant_builder_end(&b));
}
