#include <stdlib.h>

#include "photo/auditor.h"
#include "photo/blocks.h"
#include "photo/ifd.h"
#include "photo/tiff.h"

/* TIFF 6.0, its supplements, and EXIF. */
enum {
    STRIP_OFFSETS = 0x0111,
    STRIP_SIZES = 0x0117,
    TILE_OFFSETS = 0x0144,
    TILE_SIZES = 0x0145,
    SUB_IFDS = 0x014a,
    EXIF_IFD = 0x8769,
    GPS_IFD = 0x8825,
    INTEROPERABILITY_IFD = 0xa005,
    C2PA = 0xcd41
};
#define MOST_DIRECTORIES 256

/* Tags that say how pixels lie and what their values mean. */
static const guint pixels[][2] = { { 0x00fe, 0x0103 }, { 0x0106, 0x010a }, { 0x0111, 0x0112 },
                                   { 0x0115, 0x011c }, { 0x0120, 0x0125 }, { 0x0128, 0x0129 },
                                   { 0x012d, 0x012d }, { 0x013d, 0x0145 }, { 0x014c, 0x014c },
                                   { 0x0150, 0x0155 }, { 0x015b, 0x015b }, { 0x0200, 0x0203 },
                                   { 0x0205, 0x0209 }, { 0x0211, 0x0214 } };

static const struct {
    guint first, last;
    const char *kind; /* NULL: another part tells of it */
} known[] = {
    { SUB_IFDS, SUB_IFDS, NULL },    { 0x010d, 0x0110, "exif" },   /* DocumentName, ImageDescription, Make,
                                                                      Model */
    { 0x011d, 0x011f, "exif" },                                    /* PageName and its place */
    { 0x0131, 0x0132, "exif" },                                    /* Software, DateTime */
    { 0x013b, 0x013c, "exif" },                                    /* Artist, HostComputer */
    { 0x8298, 0x8298, "exif" },                                    /* Copyright */
    { 0x9c9b, 0x9c9f, "exif" },                                    /* XPTitle to XPSubject */
    { EXIF_IFD, EXIF_IFD, "exif" },  { GPS_IFD, GPS_IFD, "exif" }, /* whose block tells whether a position is
                                                                      in it */
    { 0x02bc, 0x02bc, "xmp" },       { 0x83bb, 0x83bb, "iptc" },   { 0x8649, 0x8649, "photoshop" },
    { 0x935c, 0x935c, "photoshop" }, /* ImageSourceData: layers */
    { 0x8773, 0x8773, "icc" },       { C2PA, C2PA, "c2pa" },
};

typedef struct {
    guint64 from, to;
} Range;

typedef struct {
    Ifd tiff;
    GPtrArray *findings;
    GArray *used; /* Range: what some directory names */
    guint directories, pictures;
} Walk;

static void use(Walk *walk, guint64 from, guint64 size)
{
    Range range = { from, from + size };
    g_array_append_val(walk->used, range);
}

static void judge_tag(Walk *walk, guint tag, gsize size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pixels); i++)
        if (tag >= pixels[i][0] && tag <= pixels[i][1])
            return;
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (tag >= known[i].first && tag <= known[i].last) {
            if (known[i].kind)
                audit_say(walk->findings, known[i].kind, "a tag 0x%04x of %" G_GSIZE_FORMAT " bytes", tag,
                          size);
            return;
        }
    audit_say(walk->findings, "unknown", "a tag 0x%04x of %" G_GSIZE_FORMAT " bytes", tag, size);
}

static guint32 element(const Ifd *tiff, const IfdField *field, gsize entry, gsize i)
{
    return ifd_16(tiff, entry + 2) == 3 ? ifd_16(tiff, field->at + 2 * i) : ifd_32(tiff, field->at + 4 * i);
}

static gsize count_elements(const Ifd *tiff, const IfdField *field, gsize entry)
{
    guint type = ifd_16(tiff, entry + 2); /* 3: 16 bits, 4: 32 bits, 13: an offset */
    return type == 3 ? field->size / 2 : type == 4 || type == 13 ? field->size / 4 : 0;
}

/* The bytes of the pixels: as many offsets as sizes. */
static void use_strips(Walk *walk, gsize offsets, gsize sizes)
{
    IfdField at, size;
    if (!offsets || !sizes || !ifd_field(&walk->tiff, offsets, &at) || !ifd_field(&walk->tiff, sizes, &size))
        return;
    gsize n = MIN(count_elements(&walk->tiff, &at, offsets), count_elements(&walk->tiff, &size, sizes));
    for (gsize i = 0; i < n; i++)
        use(walk, element(&walk->tiff, &at, offsets, i), element(&walk->tiff, &size, sizes, i));
}

static void walk_directory(Walk *walk, guint32 offset, gboolean judged);

static void walk_entry(Walk *walk, gsize entry, gboolean judged)
{
    IfdField field;
    if (!ifd_field(&walk->tiff, entry, &field)) {
        guint tag = ifd_16(&walk->tiff, entry);
        audit_say(walk->findings, "broken", "a tag 0x%04x points outside of the file", tag);
        return;
    }
    if (judged)
        judge_tag(walk, field.tag, field.size);
    if (field.size > 4)
        use(walk, field.at, field.size);
    if (field.tag == EXIF_IFD || field.tag == GPS_IFD || field.tag == INTEROPERABILITY_IFD)
        walk_directory(walk, ifd_32(&walk->tiff, field.at), FALSE);
    if (field.tag == SUB_IFDS && judged) {
        audit_say(walk->findings, "preview", "further pictures below the first");
        for (gsize i = 0; i < count_elements(&walk->tiff, &field, entry); i++)
            walk_directory(walk, element(&walk->tiff, &field, entry, i), TRUE);
    }
}

/* One directory, judged where it is a picture's; its own bytes are used. */
static void walk_directory(Walk *walk, guint32 offset, gboolean judged)
{
    guint there = ifd_count(&walk->tiff, offset);
    if (walk->directories++ > MOST_DIRECTORIES || there == 0)
        return;
    gsize strips[4] = { 0 };
    use(walk, offset, 2 + (guint64)there * IFD_ENTRY + 4);
    for (guint i = 0; i < there; i++) {
        gsize entry = offset + 2 + (gsize)i * IFD_ENTRY;
        guint tag = ifd_16(&walk->tiff, entry);
        walk_entry(walk, entry, judged);
        gsize *place = tag == STRIP_OFFSETS  ? &strips[0]
                       : tag == STRIP_SIZES  ? &strips[1]
                       : tag == TILE_OFFSETS ? &strips[2]
                       : tag == TILE_SIZES   ? &strips[3]
                                             : NULL;
        if (place)
            *place = entry;
    }
    use_strips(walk, strips[0], strips[1]);
    use_strips(walk, strips[2], strips[3]);
}

static int compare(gconstpointer a, gconstpointer b)
{
    guint64 x = ((const Range *)a)->from, y = ((const Range *)b)->from;
    return (x > y) - (x < y);
}

/* What no directory names: at most a byte or so of zero, where something begins at an even place. */
static void tell_rest(const Walk *walk)
{
    guint64 at = IFD_HEADER, unnamed = 0;
    g_array_sort(walk->used, compare);
    for (guint i = 0; i <= walk->used->len && at < walk->tiff.size; i++) {
        guint64 next = i < walk->used->len ? g_array_index(walk->used, Range, i).from : walk->tiff.size;
        next = MIN(next, walk->tiff.size);
        for (; at < next; at++)
            unnamed += next - at > 3 || walk->tiff.data[at] != 0;
        if (i < walk->used->len)
            at = MAX(at, g_array_index(walk->used, Range, i).to);
    }
    if (unnamed > 0)
        audit_say(walk->findings, "trailing", "%" G_GUINT64_FORMAT " bytes that no directory names", unnamed);
}

static void audit_blocks(GBytes *bytes, GPtrArray *findings)
{
    Blocks blocks = { 0 };
    g_autoptr(GError) error = NULL;
    if (!tiff_read_blocks(&blocks, bytes, &error))
        audit_say(findings, "unsupported", "cannot be looked through: %s", error->message);
    if (blocks.exif)
        auditor_exif(findings, blocks.exif);
    if (blocks.xmp)
        auditor_xmp(findings, blocks.xmp, NULL);
    if (blocks.photoshop)
        auditor_photoshop(findings, blocks.photoshop);
    if (blocks.iptc)
        auditor_iptc(findings);
    blocks_clear(&blocks);
}

void audit_tiff(GBytes *bytes, GPtrArray *findings)
{
    g_autoptr(GArray) used = g_array_new(FALSE, FALSE, sizeof(Range));
    Walk walk = { .tiff = ifd_open(bytes), .findings = findings, .used = used };
    if (walk.tiff.size < IFD_HEADER) {
        audit_say(findings, "broken", "the TIFF has no end");
        return;
    }
    guint32 directory = ifd_32(&walk.tiff, 4);
    for (; directory != 0 && walk.pictures < MOST_DIRECTORIES; walk.pictures++) {
        guint there = ifd_count(&walk.tiff, directory);
        gsize next = (gsize)directory + 2 + (gsize)there * IFD_ENTRY;
        walk_directory(&walk, directory, TRUE);
        directory = there > 0 && next + 4 <= walk.tiff.size ? ifd_32(&walk.tiff, next) : 0;
    }
    if (walk.pictures > 1)
        audit_say(findings, "preview", "%u further pictures or pages", walk.pictures - 1);
    audit_blocks(bytes, findings);
    tell_rest(&walk);
}
