#include "photo/audit.h"

#include <string.h>

#include "base/format.h"
#include "photo/auditor.h"
#include "photo/metadata.h"
#include "photo/resources.h"

/* ---- Findings ---- */

static void finding_free(gpointer data)
{
    g_free(((AuditFinding *)data)->text);
    g_free(data);
}

GPtrArray *audit_findings_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

void audit_say(GPtrArray *findings, const char *kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    for (guint i = 0; i < findings->len; i++) {
        const AuditFinding *told = findings->pdata[i];
        if (strcmp(told->kind, kind) == 0 && strcmp(told->text, text) == 0)
            return;
    }
    AuditFinding *finding = g_new0(AuditFinding, 1);
    *finding = (AuditFinding){ kind, g_steal_pointer(&text) };
    g_ptr_array_add(findings, finding);
}

/* ---- Blocks of metadata ---- */

void auditor_exif(GPtrArray *findings, GBytes *block)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(block, &size);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) what = g_string_new(NULL);
    Exif exif;
    exif_read(&exif, data, size, NULL, warnings);
    const struct {
        gboolean there;
        const char *name;
    } parts[] = {
        { exif.has_serial, "a serial number" },           { exif.has_owner, "the owner's name" },
        { exif.has_maker_note, "maker notes" },           { exif.artist != NULL, "the artist" },
        { exif.copyright != NULL, "a copyright notice" }, { exif.description != NULL, "a description" }
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].there)
            g_string_append_printf(what, "%s%s", what->len ? ", " : ", with ", parts[i].name);
    audit_say(findings, "exif", "EXIF%s", what->str);
    if (exif.has_gps)
        audit_say(findings, "gps", "a GPS position in EXIF");
    if (exif.has_thumbnail)
        audit_say(findings, "thumbnail", "a small picture in EXIF");
    exif_clear(&exif);
}

void auditor_xmp(GPtrArray *findings, GBytes *packet, const GPtrArray *extended)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    gboolean clear = xmp_find_foreign(packet, names);
    if (extended && extended->len > 0)
        audit_say(findings, "xmp", "XMP that goes on in further segments");
    if (names->len > 0) {
        guint shown = MIN(names->len, 8);
        g_autoptr(GString) list = g_string_new(NULL);
        for (guint i = 0; i < shown; i++)
            g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)names->pdata[i]);
        audit_say(findings, "xmp", "XMP with %s%s", list->str, names->len > shown ? ", ..." : "");
    } else if (!clear)
        audit_say(findings, "xmp", "XMP that cannot be read, or has what is no field");
    Xmp xmp;
    xmp_read(&xmp, packet, extended, "", NULL, NULL, warnings);
    if (xmp.has_gps)
        audit_say(findings, "gps", "a GPS position in XMP");
    xmp_clear(&xmp);
}

void auditor_iptc(GPtrArray *findings)
{
    audit_say(findings, "iptc", "IPTC");
}

void auditor_icc(GPtrArray *findings, gsize size)
{
    audit_say(findings, "icc", "a colour profile of %" G_GSIZE_FORMAT " bytes", size);
}

void auditor_photoshop(GPtrArray *findings, GBytes *resources)
{
    audit_say(findings, "photoshop", "Photoshop resources");
    g_autoptr(GBytes) iptc = resources_find(resources, RESOURCE_IPTC);
    g_autoptr(GBytes) exif = resources_find(resources, RESOURCE_EXIF);
    g_autoptr(GBytes) xmp = resources_find(resources, RESOURCE_XMP);
    g_autoptr(GBytes) old = resources_find(resources, RESOURCE_OLD_THUMBNAIL);
    g_autoptr(GBytes) thumbnail = resources_find(resources, RESOURCE_THUMBNAIL);
    if (iptc)
        auditor_iptc(findings);
    if (exif)
        auditor_exif(findings, exif);
    if (xmp)
        auditor_xmp(findings, xmp, NULL);
    if (old || thumbnail)
        audit_say(findings, "thumbnail", "a small picture in Photoshop resources");
}

void auditor_trailing(GPtrArray *findings, gsize size)
{
    if (size > 0)
        audit_say(findings, "trailing", "%" G_GSIZE_FORMAT " bytes behind the picture's end", size);
}

/* ---- Pictures ---- */

/* Text that begins with the letters of a bitmap, or a page with a drawing in it, is no picture. */
static gboolean is_mistaken(const guchar *data, gsize size)
{
    if (size >= 10 && memcmp(data, "BM", 2) == 0)
        return memcmp(data + 6, "\0\0\0\0", 4) != 0;
    g_autofree char *head = g_ascii_strdown((const char *)data, (gssize)MIN(size, 1024));
    return strstr(head, "<svg") && strstr(head, "<html");
}

gboolean audit_is_picture(gconstpointer data, gsize size)
{
    Format format = format_sniff(data, size);
    if (format == FORMAT_REFUSED)
        return !is_mistaken(data, size);
    return format != FORMAT_UNKNOWN && format != FORMAT_OTHER;
}

/* A drawing is text: what it may carry stands there by name. */
static void audit_svg(GBytes *bytes, GPtrArray *findings)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    static const char *const names[][3] = { { "<metadata", "unknown", "metadata in a drawing" },
                                            { "rdf:RDF", "xmp", "XMP or other RDF in a drawing" },
                                            { "data:image/", "preview", "another picture in a drawing" } };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (memmem(data, size, names[i][0], strlen(names[i][0])))
            audit_say(findings, names[i][1], "%s", names[i][2]);
}

void audit(GBytes *bytes, GPtrArray *findings)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    const char *refusal = format_refusal(data, size);
    switch (format_sniff(data, size)) {
    case FORMAT_JPEG:
        audit_jpeg(bytes, findings);
        break;
    case FORMAT_PNG:
        audit_png(bytes, findings);
        break;
    case FORMAT_WEBP:
        audit_webp(bytes, findings);
        break;
    case FORMAT_TIFF:
        audit_tiff(bytes, findings);
        break;
    case FORMAT_HEIF:
        audit_heif(bytes, findings);
        break;
    default:
        if (size >= 4 && memcmp(data, "GIF8", 4) == 0)
            audit_gif(bytes, findings);
        else if (strstr(refusal, "SVG"))
            audit_svg(bytes, findings);
        else
            audit_say(findings, "unsupported", "cannot be looked through: %.*s", (int)strcspn(refusal, ";"),
                      refusal);
    }
}
