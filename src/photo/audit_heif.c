#include <string.h>

#include "photo/auditor.h"
#include "photo/blocks.h"
#include "photo/c2pa.h"
#include "photo/heif.h"

/* ISO/IEC 14496-12 and 23008-12: boxes, and the items that they list. What the items hold, libheif reads. */

typedef struct {
    const guchar *data; /* of the content */
    gsize size;
    char type[5];
} Box;

static guint32 read_32(const guchar *p)
{
    return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

/* Takes the next box off the front of what is left. FALSE where there is none. */
static gboolean next_box(const guchar **data, gsize *left, Box *box)
{
    if (*left < 8)
        return FALSE;
    guint64 length = read_32(*data), head = 8;
    if (length == 1 && *left >= 16) { /* a longer length follows */
        length = (guint64)read_32(*data + 8) << 32 | read_32(*data + 12);
        head = 16;
    } else if (length == 0) /* up to the end */
        length = *left;
    if (length < head || length > *left)
        return FALSE;
    *box = (Box){ .data = *data + head, .size = (gsize)(length - head) };
    memcpy(box->type, *data + 4, 4);
    *data += length;
    *left -= (gsize)length;
    return TRUE;
}

static gboolean is_any(const char *type, const char *const *names)
{
    return g_strv_contains(names, type);
}

/* The types of items that are pixels, or put them together. */
static const char *const pictures[] = { "hvc1", "av01", "grid", "iden", "iovl",
                                        "avc1", "jpeg", "j2k1", "unci", NULL };

/* An entry of the item table: its version, flags, number, protection and then its type. */
static void audit_item(const Box *entry, GPtrArray *findings)
{
    gsize at = entry->size > 0 && entry->data[0] >= 3 ? 10 : 8; /* version 3 has numbers of 32 bits */
    if (entry->size < at + 4 || entry->data[0] < 2)
        return;
    char type[5] = { 0 };
    memcpy(type, entry->data + at, 4);
    gsize left = entry->size - at - 4;
    const char *name = (const char *)entry->data + at + 4;
    gsize n = strnlen(name, left);
    if (is_any(type, pictures))
        return;
    if (strcmp(type, "Exif") == 0)
        audit_say(findings, "exif", "EXIF");
    else if (strcmp(type, "mime") == 0 && left > n && memmem(name + n, left - n, "rdf+xml", 7))
        audit_say(findings, "xmp", "XMP");
    else {
        g_autofree char *shown = g_strescape(type, NULL);
        audit_say(findings, "unknown", "an item %s", shown);
    }
}

static void audit_items(const Box *table, GPtrArray *findings)
{
    gsize head = table->size > 0 && table->data[0] == 0 ? 6 : 8; /* version, flags, how many */
    if (table->size < head)
        return;
    const guchar *data = table->data + head;
    gsize left = table->size - head;
    for (Box box; next_box(&data, &left, &box);)
        if (strcmp(box.type, "infe") == 0)
            audit_item(&box, findings);
}

static void audit_properties(const Box *properties, GPtrArray *findings)
{
    const guchar *data = properties->data;
    gsize left = properties->size;
    for (Box box; next_box(&data, &left, &box);) {
        gboolean profile = strcmp(box.type, "colr") == 0 && box.size > 4 &&
                           (memcmp(box.data, "prof", 4) == 0 || memcmp(box.data, "rICC", 4) == 0);
        if (profile)
            auditor_icc(findings, box.size - 4);
        else if (strcmp(box.type, "uuid") == 0 || strcmp(box.type, "udes") == 0)
            audit_say(findings, "unknown", "a property %s of %" G_GSIZE_FORMAT " bytes", box.type, box.size);
    }
}

/* References that say that a picture is a small one, or goes with another. */
static void audit_references(const Box *table, GPtrArray *findings)
{
    if (table->size < 4)
        return;
    const guchar *data = table->data + 4;
    gsize left = table->size - 4;
    for (Box box; next_box(&data, &left, &box);)
        if (strcmp(box.type, "thmb") == 0)
            audit_say(findings, "thumbnail", "a small picture");
}

static void audit_meta(const Box *meta, GPtrArray *findings)
{
    static const char *const known[] = { "hdlr", "pitm", "iloc", "iinf", "iprp",
                                         "iref", "idat", "dinf", "grpl", NULL };
    if (meta->size < 4)
        return;
    const guchar *data = meta->data + 4;
    gsize left = meta->size - 4;
    for (Box box; next_box(&data, &left, &box);) {
        if (strcmp(box.type, "iinf") == 0)
            audit_items(&box, findings);
        else if (strcmp(box.type, "iref") == 0)
            audit_references(&box, findings);
        else if (strcmp(box.type, "iprp") == 0) {
            const guchar *inner = box.data;
            gsize rest = box.size;
            for (Box part; next_box(&inner, &rest, &part);)
                if (strcmp(part.type, "ipco") == 0)
                    audit_properties(&part, findings);
        } else if (!is_any(box.type, known)) {
            g_autofree char *shown = g_strescape(box.type, NULL);
            audit_say(findings, "unknown", "a box %s of %" G_GSIZE_FORMAT " bytes", shown, box.size);
        }
    }
}

/* What EXIF and XMP say, as libheif finds them. */
static void audit_content(GBytes *bytes, GPtrArray *findings)
{
    Blocks blocks = { 0 };
    g_autoptr(GError) error = NULL;
    const Heif *heif = heif_find(&error);
    if (!heif)
        audit_say(findings, "unknown", "items that cannot be read: %s", error->message);
    else
        heif->read_blocks(&blocks, bytes);
    if (blocks.exif)
        auditor_exif(findings, blocks.exif);
    if (blocks.xmp)
        auditor_xmp(findings, blocks.xmp, NULL);
    blocks_clear(&blocks);
}

void audit_heif(GBytes *bytes, GPtrArray *findings)
{
    gsize left;
    const guchar *data = g_bytes_get_data(bytes, &left);
    for (Box box; next_box(&data, &left, &box);) {
        if (strcmp(box.type, "meta") == 0)
            audit_meta(&box, findings);
        else if (strcmp(box.type, "uuid") == 0 && c2pa_is_in(FORMAT_HEIF, bytes))
            audit_say(findings, "c2pa", "a C2PA manifest store");
        else if (strcmp(box.type, "ftyp") != 0 && strcmp(box.type, "mdat") != 0) {
            g_autofree char *shown = g_strescape(box.type, NULL);
            audit_say(findings, "unknown", "a box %s of %" G_GSIZE_FORMAT " bytes", shown, box.size);
        }
    }
    auditor_trailing(findings, left);
    audit_content(bytes, findings);
}
