#include "desk/examine.h"

#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/format.h"
#include "desk/filename.h"
#include "desk/withdrawn.h"
#include "page/listing.h"
#include "photo/audit.h"
#include "render/managed.h"

#define HEAD 4096 /* bytes that tell what a file is */

/* ---- A manifest ---- */

GVariant *examine_manifest(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, LISTING_MAX, NULL, NULL, error);
    Listing listing;
    if (!bytes)
        return NULL;
    if (!listing_read(&listing, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error)) {
        listing_clear(&listing);
        return NULL;
    }
    GVariantBuilder result, photos;
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_init(&photos, G_VARIANT_TYPE("a(sa(suuts))"));
    for (guint i = 0; !listing.foreign && i < listing.photos->len; i++) {
        g_autoptr(GVariant) files = listing_files(listing.photos->pdata[i]);
        g_variant_builder_add(&photos, "(s@a(suuts))", listing.names->pdata[i], files);
    }
    g_variant_builder_add(&result, "{sv}", "foreign", g_variant_new_boolean(listing.foreign));
    g_variant_builder_add(&result, "{sv}", "photos", g_variant_builder_end(&photos));
    listing_clear(&listing);
    return g_variant_builder_end(&result);
}

/* ---- A file ---- */

static const char *media_type(Format format)
{
    return format == FORMAT_WEBP ? "image/webp" : format == FORMAT_JPEG ? "image/jpeg" : "another type";
}

/* What can be said of the file's bytes alone. */
static void check_bytes(GPtrArray *findings, GBytes *bytes, const char *path, const Expectation *expected)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    g_autofree char *digest = digest_hex(data, size), *name = g_path_get_basename(path);
    const char *type = media_type(format_sniff(data, size));
    if (size != expected->bytes)
        audit_say(findings, "size",
                  "has %" G_GSIZE_FORMAT " bytes where its manifest says %" G_GUINT64_FORMAT, size,
                  expected->bytes);
    if (!filename_has_digest(name, digest))
        audit_say(findings, "hash", "has other bytes than its name says");
    if (strcmp(type, expected->type) != 0)
        audit_say(findings, "type", "is of %s where its manifest says %s", type, expected->type);
}

/* Whether it is a withdrawn photo itself, as where the originals are served, too. */
static void check_withdrawn(GPtrArray *findings, GBytes *bytes, const GPtrArray *lists)
{
    g_autofree char *digest =
        lists->len > 0 ? digest_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
    for (guint i = 0; i < lists->len; i++) {
        const Withdrawal *entry = withdrawn_find_digest(lists->pdata[i], digest);
        if (!entry)
            continue;
        g_autofree char *photo = g_build_filename(entry->gallery, entry->photo, NULL);
        audit_say(findings, "withdrawn", "is the original of %s, which is withdrawn: %s; take it away", photo,
                  entry->reason);
        return;
    }
}

/* By its header. One that cannot be read is for the decoder to tell. */
static gboolean is_too_large(GPtrArray *findings, GBytes *bytes, const Managed *managed, const Limits *limits)
{
    ManagedHeader header;
    if (!managed->read_header(&header, bytes, NULL))
        return FALSE;
    double megapixels = (double)header.width * header.height / 1e6;
    gboolean too_large = megapixels > limits->megapixels;
    if (too_large)
        audit_say(
            findings, "unreadable",
            "has %.4g megapixels (%u x %u), more than the limit of %g (preset key limits/megapixels), and "
            "was not decoded",
            megapixels, header.width, header.height, limits->megapixels);
    managed_header_clear(&header);
    return too_large;
}

static void check_pixels(GPtrArray *findings, GBytes *bytes, const Expectation *expected,
                         const Limits *limits)
{
    g_autoptr(GError) error = NULL;
    guint width, height;
    const Managed *managed = managed_lane(&error);
    if (managed && is_too_large(findings, bytes, managed, limits))
        return;
    if (!managed || !managed->check(bytes, (guint)limits->pages, &width, &height, &error))
        audit_say(findings, "broken", "cannot be decoded to its end: %.*s", (int)strcspn(error->message, ";"),
                  error->message);
    else if (expected && (width != expected->width || height != expected->height))
        audit_say(findings, "dimensions", "is %u x %u px where its manifest says %u x %u", width, height,
                  expected->width, expected->height);
}

/* What libvips reads, as far as it is allowed to: drawings and documents it is not. */
static gboolean has_pixels(gconstpointer data, gsize size)
{
    return format_sniff(data, size) != FORMAT_REFUSED || (size >= 4 && memcmp(data, "GIF8", 4) == 0);
}

/* Whether the name promises a picture. */
static gboolean is_named_picture(const char *path)
{
    static const char *const endings[] = { ".jpg", ".jpeg", ".png",  ".webp", ".tif",
                                           ".gif", ".tiff", ".heic", ".heif", ".avif" };
    g_autofree char *name = g_ascii_strdown(path, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i]))
            return TRUE;
    return FALSE;
}

static gboolean look_through(const char *path, const Expectation *expected, const Limits *limits,
                             const GPtrArray *lists, GPtrArray *findings, gboolean *picture, GError **error)
{
    g_autoptr(GBytes) head = file_read_head(path, HEAD, error);
    if (!head)
        return FALSE;
    *picture = audit_is_picture(g_bytes_get_data(head, NULL), g_bytes_get_size(head));
    if (!*picture && !expected) {
        if (is_named_picture(path))
            audit_say(findings, "broken", "is no picture, as its name says");
        return TRUE;
    }
    g_autoptr(GBytes) bytes =
        file_read(path, (gsize)limits->file_mib << 20, " (preset key limits/file-mib)", NULL, error);
    if (!bytes)
        return FALSE;
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    if (expected)
        check_bytes(findings, bytes, path, expected);
    if (!*picture) {
        audit_say(findings, "broken", "is no picture");
        return TRUE;
    }
    check_withdrawn(findings, bytes, lists);
    audit(bytes, findings);
    if (has_pixels(data, size))
        check_pixels(findings, bytes, expected, limits);
    return TRUE;
}

GVariant *examine_file(const char *path, const Expectation *expected, const Limits *limits,
                       const GPtrArray *lists, GError **error)
{
    g_autoptr(GPtrArray) findings = audit_findings_new();
    gboolean picture = FALSE;
    if (!look_through(path, expected, limits, lists, findings, &picture, error))
        return NULL;
    GVariantBuilder result, list;
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_init(&list, G_VARIANT_TYPE("a(ss)"));
    for (guint i = 0; i < findings->len; i++) {
        const AuditFinding *finding = findings->pdata[i];
        g_autofree char *text = g_utf8_make_valid(finding->text, -1);
        g_variant_builder_add(&list, "(ss)", finding->kind, text);
    }
    g_variant_builder_add(&result, "{sv}", "picture", g_variant_new_boolean(picture));
    g_variant_builder_add(&result, "{sv}", "findings", g_variant_builder_end(&list));
    return g_variant_builder_end(&result);
}
