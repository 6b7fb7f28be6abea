#include "photo/xmp.h"

#include <exempi/xmp.h>
#include <string.h>

#include "photo/charset.h"
#include "photo/extended.h"
#include "photo/rights.h"
#include "photo/xmpcheck.h"

#define DC "http://purl.org/dc/elements/1.1/"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/"
#define RIGHTS "http://ns.adobe.com/xap/1.0/rights/"
#define NOTE "http://ns.adobe.com/xmp/note/"
#define PLUS "http://ns.useplus.org/ldf/xmp/1.0/"
#define IPTC_CORE "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
#define IPTC_EXT "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
#define REGIONS "http://www.metadataworkinggroup.com/schemas/regions/"
#define EXIF "http://ns.adobe.com/exif/1.0/"
#define AUX "http://ns.adobe.com/exif/1.0/aux/"
#define EXIF_EX "http://cipa.jp/exif/1.0/"
#define AREA "http://ns.adobe.com/xmp/sType/Area#"

#define MOST_CREATORS 50
#define MOST_REGIONS 200

/* exempi starts with the first packet: a photo without one does not pay for it. The names below stand in
 * paths. */
static gboolean start(void)
{
    static gsize done;
    if (g_once_init_enter(&done)) {
        gboolean ok = xmp_init();
        const char *const names[][2] = { { DC, "dc:" },
                                         { PHOTOSHOP, "photoshop:" },
                                         { RIGHTS, "xmpRights:" },
                                         { NOTE, "xmpNote:" },
                                         { PLUS, "plus:" },
                                         { IPTC_CORE, "Iptc4xmpCore:" },
                                         { IPTC_EXT, "Iptc4xmpExt:" },
                                         { REGIONS, "mwg-rs:" },
                                         { AREA, "stArea:" },
                                         { EXIF, "exif:" },
                                         { AUX, "aux:" },
                                         { EXIF_EX, "exifEX:" } };
        XmpStringPtr registered = xmp_string_new();
        for (gsize i = 0; ok && i < G_N_ELEMENTS(names); i++)
            ok = xmp_register_namespace(names[i][0], names[i][1], registered) &&
                 strcmp(xmp_string_cstr(registered), names[i][1]) == 0;
        xmp_string_free(registered);
        g_once_init_leave(&done, ok ? 2 : 1);
    }
    return done == 2;
}

/* ---- Fields ---- */

/* What exempi gave, mended and bare; NULL for nothing. */
static char *take_text(XmpStringPtr value)
{
    const char *raw = xmp_string_cstr(value);
    if (!g_utf8_validate(raw, -1, NULL))
        return NULL;
    char *mended = charset_mend(raw);
    char *text = g_strstrip(mended ? mended : g_strdup(raw));
    if (!*text)
        g_clear_pointer(&text, g_free);
    return text;
}

static char *read_text(XmpPtr xmp, const char *space, const char *path)
{
    XmpStringPtr value = xmp_string_new();
    uint32_t form = 0;
    char *text = xmp_get_property(xmp, space, path, value, &form) && XMP_IS_PROP_SIMPLE(form)
                     ? take_text(value)
                     : NULL;
    xmp_string_free(value);
    return text;
}

/* Text that may be there in several languages, or was written as plain text by a careless program. Where it
 * is not there in this language, the default one. */
static char *read_localized(XmpPtr xmp, const char *space, const char *name, const char *language)
{
    XmpStringPtr value = xmp_string_new(), found = xmp_string_new();
    uint32_t form = 0;
    g_autofree char *generic = g_strndup(language ? language : "", strcspn(language ? language : "", "-"));
    char *text = xmp_get_localized_text(xmp, space, name, generic, language ? language : "x-default", found,
                                        value, &form)
                     ? take_text(value)
                     : NULL;
    xmp_string_free(found);
    xmp_string_free(value);
    if (text)
        return text;
    g_autofree char *first = g_strconcat(name, "[1]", NULL);
    text = read_text(xmp, space, name);
    return text ? text : read_text(xmp, space, first);
}

static char **read_creators(XmpPtr xmp)
{
    g_autoptr(GPtrArray) creators = g_ptr_array_new();
    XmpStringPtr value = xmp_string_new();
    for (int32_t i = 1; i <= MOST_CREATORS && xmp_get_array_item(xmp, DC, "dc:creator", i, value, NULL);
         i++) {
        char *name = take_text(value);
        if (name)
            g_ptr_array_add(creators, name);
    }
    xmp_string_free(value);
    char *plain = creators->len == 0 ? read_text(xmp, DC, "dc:creator") : NULL;
    if (plain)
        g_ptr_array_add(creators, plain);
    g_ptr_array_add(creators, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&creators), FALSE);
}

/* ---- Faces ---- */

static gboolean read_number(XmpPtr xmp, const char *path, const char *field, double *number)
{
    g_autofree char *whole = g_strdup_printf("%s/mwg-rs:Area/stArea:%s", path, field);
    g_autofree char *text = read_text(xmp, REGIONS, whole);
    char *end = NULL;
    *number = text ? g_ascii_strtod(text, &end) : 0;
    return text && end != text && *number >= 0 && *number <= 1;
}

/* An area has its centre and its size, as parts of the picture's unless it says another unit. */
static gboolean read_face(XmpPtr xmp, const char *path, XmpFace *face)
{
    g_autofree char *type_path = g_strconcat(path, "/mwg-rs:Type", NULL);
    g_autofree char *unit_path = g_strconcat(path, "/mwg-rs:Area/stArea:unit", NULL);
    g_autofree char *type = read_text(xmp, REGIONS, type_path), *unit = read_text(xmp, REGIONS, unit_path);
    double x, y, width, height;
    if (g_strcmp0(type, "Face") != 0 || (unit && strcmp(unit, "normalized") != 0) ||
        !read_number(xmp, path, "x", &x) || !read_number(xmp, path, "y", &y) ||
        !read_number(xmp, path, "w", &width) || !read_number(xmp, path, "h", &height))
        return FALSE;
    double left = MAX(x - width / 2, 0), top = MAX(y - height / 2, 0);
    *face = (XmpFace){ left, top, MIN(x + width / 2, 1) - left, MIN(y + height / 2, 1) - top };
    return face->width > 0 && face->height > 0;
}

static void read_faces(Xmp *out, XmpPtr xmp)
{
    g_autoptr(GArray) faces = g_array_new(FALSE, FALSE, sizeof(XmpFace));
    for (guint i = 1; i <= MOST_REGIONS; i++) {
        g_autofree char *path = g_strdup_printf("mwg-rs:Regions/mwg-rs:RegionList[%u]", i);
        XmpFace face;
        if (!xmp_get_property(xmp, REGIONS, path, NULL, NULL))
            break;
        if (read_face(xmp, path, &face))
            g_array_append_val(faces, face);
    }
    out->n_faces = faces->len;
    out->faces = (XmpFace *)(gpointer)g_array_free(g_steal_pointer(&faces), FALSE);
}

/* ---- What must not be published ---- */

static gboolean has_any(XmpPtr xmp, const char *const names[][2], gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (xmp_has_property(xmp, names[i][0], names[i][1]))
            return TRUE;
    return FALSE;
}

/* A position, wherever it stands: IPTC has one within a place that is shown. */
static gboolean has_position(XmpPtr xmp)
{
    XmpIteratorPtr each = xmp_iterator_new(xmp, NULL, NULL, XMP_ITER_JUSTLEAFNODES);
    XmpStringPtr path = xmp_string_new();
    gboolean found = FALSE;
    while (each && !found && xmp_iterator_next(each, NULL, path, NULL, NULL))
        found = strstr(xmp_string_cstr(path), ":GPSL") != NULL; /* GPSLatitude, GPSLongitude */
    xmp_string_free(path);
    if (each)
        xmp_iterator_free(each);
    return found;
}

static void look_for_private(Xmp *out, XmpPtr xmp)
{
    static const char *const serial[][2] = { { AUX, "aux:SerialNumber" },
                                             { AUX, "aux:LensSerialNumber" },
                                             { EXIF_EX, "exifEX:BodySerialNumber" },
                                             { EXIF_EX, "exifEX:LensSerialNumber" } };
    static const char *const owner[][2] = { { AUX, "aux:OwnerName" }, { EXIF_EX, "exifEX:CameraOwnerName" } };
    out->has_gps = out->has_gps || has_position(xmp);
    out->has_serial = out->has_serial || has_any(xmp, serial, G_N_ELEMENTS(serial));
    out->has_owner = out->has_owner || has_any(xmp, owner, G_N_ELEMENTS(owner));
}

/* ---- Packets ---- */

static XmpPtr parse(GBytes *packet, const char *charset)
{
    gsize size;
    const char *data = g_bytes_get_data(packet, &size);
    g_autofree char *text = size <= XMP_MAX ? charset_decode(data, size, charset) : NULL;
    if (!text || !xmpcheck_is_harmless(text) || !start())
        return NULL;
    XmpPtr xmp = xmp_new_empty();
    if (xmp && !xmp_parse(xmp, text, strlen(text)))
        g_clear_pointer(&xmp, xmp_free);
    return xmp;
}

/* Fills the fields that are empty yet. */
static void read_fields(Xmp *out, XmpPtr xmp, const char *language)
{
    const struct {
        char **text;
        const char *space, *path;
        gboolean localized;
    } fields[] = { { &out->rights, DC, "dc:rights", TRUE },
                   { &out->description, DC, "dc:description", TRUE },
                   { &out->title, DC, "dc:title", TRUE },
                   { &out->credit, PHOTOSHOP, "photoshop:Credit", FALSE },
                   { &out->source, PHOTOSHOP, "photoshop:Source", FALSE },
                   { &out->position, PHOTOSHOP, "photoshop:AuthorsPosition", FALSE },
                   { &out->web_statement, RIGHTS, "xmpRights:WebStatement", FALSE },
                   { &out->licensor_name, PLUS, "plus:Licensor[1]/plus:LicensorName", FALSE },
                   { &out->licensor_url, PLUS, "plus:Licensor[1]/plus:LicensorURL", FALSE },
                   { &out->alt, IPTC_CORE, "Iptc4xmpCore:AltTextAccessibility", TRUE },
                   { &out->long_description, IPTC_CORE, "Iptc4xmpCore:ExtDescrAccessibility", TRUE },
                   { &out->digital_source_type, IPTC_EXT, "Iptc4xmpExt:DigitalSourceType", FALSE } };
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (!*fields[i].text)
            *fields[i].text = fields[i].localized
                                  ? read_localized(xmp, fields[i].space, fields[i].path, language)
                                  : read_text(xmp, fields[i].space, fields[i].path);
    if (!out->creators[0]) {
        g_strfreev(out->creators);
        out->creators = read_creators(xmp);
    }
    if (out->n_faces == 0) {
        g_free(out->faces);
        read_faces(out, xmp);
    }
    look_for_private(out, xmp);
}

static void read_extended(Xmp *out, XmpPtr main, const GPtrArray *parts, const char *charset,
                          const char *language)
{
    g_autofree char *guid = read_text(main, NOTE, "xmpNote:HasExtendedXMP");
    g_autoptr(GBytes) joined = guid ? extended_join(parts, guid, XMP_MAX) : NULL;
    XmpPtr xmp = joined ? parse(joined, charset) : NULL;
    if (!xmp)
        return; /* most are maps of depth and the like, as large as a picture */
    read_fields(out, xmp, language);
    xmp_free(xmp);
}

void xmp_read(Xmp *xmp, GBytes *packet, const GPtrArray *extended, const char *name, const char *charset,
              const char *language, GPtrArray *warnings)
{
    *xmp = (Xmp){ .creators = g_new0(char *, 1) };
    if (!packet || g_bytes_get_size(packet) == 0)
        return;
    XmpPtr main = parse(packet, charset);
    if (!main) {
        xmp->damaged = TRUE;
        g_ptr_array_add(
            warnings, g_strdup_printf("%s is damaged, or larger than a photo needs, and was left out", name));
        return;
    }
    read_fields(xmp, main, language);
    if (extended && extended->len > 0)
        read_extended(xmp, main, extended, charset, language);
    xmp_free(main);
}

void xmp_clear(Xmp *xmp)
{
    char **texts[] = { &xmp->rights,        &xmp->description,      &xmp->title,
                       &xmp->credit,        &xmp->source,           &xmp->position,
                       &xmp->web_statement, &xmp->licensor_name,    &xmp->licensor_url,
                       &xmp->alt,           &xmp->long_description, &xmp->digital_source_type };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    g_clear_pointer(&xmp->creators, g_strfreev);
    g_clear_pointer(&xmp->faces, g_free);
    xmp->n_faces = 0;
}

/* ---- What is not ours ---- */

/* Of qualifiers, a text's language is ours. */
static gboolean is_ours(const char *space, const char *path, uint32_t options)
{
    return XMP_IS_PROP_QUALIFIER(options) ? g_str_has_suffix(path, "?xml:lang") : rights_has(space, path);
}

/* The field that a path begins with: "plus:Licensor[1]/plus:LicensorName" is part of plus:Licensor. */
static char *find_field(const char *path)
{
    return g_strndup(path, strcspn(path, "[/"));
}

gboolean xmp_find_foreign(GBytes *packet, GPtrArray *names)
{
    gsize size;
    const char *data = g_bytes_get_data(packet, &size);
    XmpPtr xmp = parse(packet, NULL);
    if (!xmp)
        return FALSE;
    XmpIteratorPtr each = xmp_iterator_new(xmp, NULL, NULL, XMP_ITER_JUSTLEAFNODES);
    XmpStringPtr space = xmp_string_new(), path = xmp_string_new();
    uint32_t options = 0;
    while (each && xmp_iterator_next(each, space, path, NULL, &options)) {
        g_autofree char *field = find_field(xmp_string_cstr(path));
        if (*field && !is_ours(xmp_string_cstr(space), xmp_string_cstr(path), options) &&
            !g_ptr_array_find_with_equal_func(names, field, g_str_equal, NULL))
            g_ptr_array_add(names, g_steal_pointer(&field));
    }
    xmp_string_free(path);
    xmp_string_free(space);
    if (each)
        xmp_iterator_free(each);
    xmp_free(xmp);
    return !memmem(data, size, "<!--", 4);
}
