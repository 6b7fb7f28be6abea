#include "photo/tiff.h"

#include <string.h>

#include "base/error.h"
#include "photo/ifd.h"

/* Bounds of the block that is made, which libexif reads up to 64 KiB */
#define MOST_TAGS 100    /* of one directory: more than are wanted of any */
#define MOST_VALUE 4096  /* bytes of one value */
#define MOST_BLOCK 48000 /* bytes, without the last directories */

enum {
    TAG_PHOTOMETRIC = 0x0106,
    TAG_STRIP_OFFSETS = 0x0111,
    TAG_STRIP_SIZES = 0x0117,
    TAG_PLANAR = 0x011c,
    TAG_TILE_OFFSETS = 0x0144,
    TAG_TILE_SIZES = 0x0145,
    TAG_SUB_IFDS = 0x014a,
    TAG_EXTRA_SAMPLES = 0x0152,
    TAG_XMP = 0x02bc,
    TAG_IPTC = 0x83bb,
    TAG_PHOTOSHOP = 0x8649,
    TAG_ICC = 0x8773,
    TAG_C2PA = 0xcd41,
    TAG_DNG_VERSION = 0xc612
};

/* Photometric interpretations of TIFF/EP and DNG */
enum { COLOUR_FILTER_ARRAY = 32803, LINEAR_RAW = 34892 };

/* And of colours apart from those of any screen or press: CIE, ICC and ITU L*a*b*; LogL and LogLuv */
enum { CIELAB = 8, ITULAB = 10, LOG_L = 32844, LOG_LUV = 32845 };

#define MOST_SUB_IFDS 16

#define PLANAR_APART 2
#define NO_ALPHA 0 /* an extra sample of no meaning, as a saved selection is */

typedef enum { NOWHERE, IFD0, EXIF, INTEROPERABILITY, GPS } Directory; /* GPS is the last */

/* The tags that go into the block, and those that lead to another directory: down only, so never round. */
static const struct {
    Directory directory;
    guint first, last;
    Directory leads_to;
} wanted[] = {
    { IFD0, 0x010d, 0x0110, NOWHERE },          /* DocumentName, ImageDescription, Make, Model */
    { IFD0, 0x0131, 0x0132, NOWHERE },          /* Software, DateTime */
    { IFD0, 0x013b, 0x013c, NOWHERE },          /* Artist, HostComputer */
    { IFD0, 0x8298, 0x8298, NOWHERE },          /* Copyright */
    { IFD0, 0x8769, 0x8769, EXIF },             /* the EXIF directory */
    { IFD0, 0x8825, 0x8825, GPS },              /* the GPS directory */
    { IFD0, 0x9c9b, 0x9c9f, NOWHERE },          /* XPTitle to XPSubject */
    { EXIF, 0x9000, 0x9000, NOWHERE },          /* ExifVersion, which every EXIF directory has */
    { EXIF, 0x9003, 0x9004, NOWHERE },          /* DateTimeOriginal, DateTimeDigitized */
    { EXIF, 0xa001, 0xa001, NOWHERE },          /* ColorSpace */
    { EXIF, 0xa005, 0xa005, INTEROPERABILITY }, /* the interoperability directory */
    { EXIF, 0xa430, 0xa435, NOWHERE },          /* CameraOwnerName to LensSerialNumber */
    { INTEROPERABILITY, 0x0001, 0x0001, NOWHERE },
    { GPS, 0x0000, 0x001f, NOWHERE },
};

static void write_number(const Ifd *tiff, guchar *out, guint bytes, guint32 number)
{
    for (guint i = 0; i < bytes; i++)
        out[i] = (guchar)(number >> 8 * (tiff->big_endian ? bytes - 1 - i : i));
}

static gboolean is_wanted(Directory directory, guint tag, Directory *leads_to)
{
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (wanted[i].directory == directory && tag >= wanted[i].first && tag <= wanted[i].last) {
            *leads_to = wanted[i].leads_to;
            return TRUE;
        }
    return FALSE;
}

/* The block as it grows. Each directory is walked once, however often a file points to it. */
typedef struct {
    GByteArray *bytes;
    gboolean walked[GPS + 1];
} Block;

static guint32 copy_directory(const Ifd *tiff, Directory directory, guint32 offset, Block *block);

/* Copies what the field points to and turns the copied entry to it. FALSE where that cannot be had. */
static gboolean copy_target(const Ifd *tiff, const IfdField *field, Directory leads_to, guchar *entry,
                            Block *block)
{
    guint32 at = block->bytes->len;
    if (leads_to != NOWHERE) {
        at = field->size == 4 ? copy_directory(tiff, leads_to, ifd_32(tiff, field->at), block) : 0;
        if (at == 0)
            return FALSE;
    } else {
        if (field->size <= 4) /* it stands in the entry */
            return TRUE;
        if (field->size > MOST_VALUE || at + field->size > MOST_BLOCK)
            return FALSE;
        g_byte_array_append(block->bytes, tiff->data + field->at, (guint)field->size);
    }
    write_number(tiff, entry + 8, 4, at);
    return TRUE;
}

/* Appends the wanted part of the directory to the block, behind all that it points to. Its offset there, or 0
 * where nothing is wanted. */
static guint32 copy_directory(const Ifd *tiff, Directory directory, guint32 offset, Block *block)
{
    if (block->walked[directory])
        return 0;
    block->walked[directory] = TRUE;

    guchar copied[MOST_TAGS * IFD_ENTRY];
    guint n = 0, there = ifd_count(tiff, offset);
    for (guint i = 0; i < there && n < MOST_TAGS; i++) {
        gsize entry = offset + 2 + (gsize)i * IFD_ENTRY;
        Directory leads_to;
        IfdField field;
        if (!ifd_field(tiff, entry, &field) || !is_wanted(directory, field.tag, &leads_to))
            continue;
        memcpy(copied + n * IFD_ENTRY, tiff->data + entry, IFD_ENTRY);
        if (copy_target(tiff, &field, leads_to, copied + n * IFD_ENTRY, block))
            n++;
    }
    if (n == 0)
        return 0;

    guint32 at = block->bytes->len;
    guchar count[2], no_next[4] = { 0 };
    write_number(tiff, count, sizeof count, n);
    g_byte_array_append(block->bytes, count, sizeof count);
    g_byte_array_append(block->bytes, copied, n * IFD_ENTRY);
    g_byte_array_append(block->bytes, no_next, sizeof no_next);
    return at;
}

static GBytes *make_exif(const Ifd *tiff, guint32 first)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    Block block = { .bytes = bytes };
    g_byte_array_append(bytes, tiff->data, IFD_HEADER);
    guint32 at = copy_directory(tiff, IFD0, first, &block);
    if (at == 0)
        return NULL;
    write_number(tiff, bytes->data + 4, 4, at);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static void take_field(Blocks *blocks, GBytes *bytes, const IfdField *field)
{
    GBytes **block = field->tag == TAG_XMP         ? &blocks->xmp
                     : field->tag == TAG_ICC       ? &blocks->icc
                     : field->tag == TAG_PHOTOSHOP ? &blocks->photoshop
                     : field->tag == TAG_IPTC      ? &blocks->iptc
                                                   : NULL;
    if (block && !*block)
        *block = g_bytes_new_from_bytes(bytes, field->at, field->size);
    if (field->tag == TAG_C2PA)
        blocks->has_c2pa = TRUE;
}

/* Which of the extra samples is alpha, associated or not: from 1, or 0 for none. */
static guint find_alpha(const Ifd *tiff, const IfdField *field)
{
    for (gsize i = 0; i < field->size / 2; i++)
        if (ifd_16(tiff, field->at + 2 * i) != NO_ALPHA)
            return (guint)i + 1;
    return 0;
}

static gboolean is_lab(guint photometric)
{
    return (photometric >= CIELAB && photometric <= ITULAB) || photometric == LOG_L || photometric == LOG_LUV;
}

/* The first directory must be there as a whole, or no decoder finds a picture either. */
static gboolean find_first(const Ifd *tiff, guint32 *first, guint *there, GError **error)
{
    *first = tiff->size < IFD_HEADER ? G_MAXUINT32 : ifd_32(tiff, 4);
    *there = ifd_count(tiff, *first);
    gboolean begun = *first <= tiff->size && tiff->size - *first >= 2;
    if (!begun || *there < ifd_16(tiff, *first))
        return error_set(error, PHOTODESK_ERROR_DAMAGED,
                         "the TIFF is damaged: its end is missing; send it again");
    if (*there == 0)
        return error_set(error, PHOTODESK_ERROR_DAMAGED,
                         "the TIFF is damaged: there is no picture in it; send it again");
    return TRUE;
}

/* Whether the file is a camera's raw photo in the dress of a TIFF: one of its directories holds a sensor's
 * values, and the pictures in the others are previews. */
static gboolean is_raw(const Ifd *tiff, guint32 directory, gboolean top)
{
    guint there = ifd_count(tiff, directory);
    for (guint i = 0; i < there; i++) {
        IfdField field;
        if (!ifd_field(tiff, directory + 2 + (gsize)i * IFD_ENTRY, &field))
            continue;
        if (field.tag == TAG_DNG_VERSION)
            return TRUE;
        if (field.tag == TAG_PHOTOMETRIC && field.size == 2) {
            guint kind = ifd_16(tiff, field.at);
            if (kind == COLOUR_FILTER_ARRAY || kind == LINEAR_RAW)
                return TRUE;
        }
        if (field.tag == TAG_SUB_IFDS && top)
            for (gsize k = 0; k < MIN(field.size / 4, MOST_SUB_IFDS); k++)
                if (is_raw(tiff, ifd_32(tiff, field.at + 4 * k), FALSE))
                    return TRUE;
    }
    return FALSE;
}

gboolean tiff_read_blocks(Blocks *blocks, GBytes *bytes, GError **error)
{
    *blocks = (Blocks){ 0 };
    Ifd tiff = ifd_open(bytes);

    guint32 first;
    guint there;
    if (!find_first(&tiff, &first, &there, error))
        return FALSE;
    if (is_raw(&tiff, first, TRUE))
        return error_set(error, PHOTODESK_ERROR_FORMAT,
                         "is a camera's raw photo; export it as JPEG or TIFF first");
    for (guint i = 0; i < there; i++) {
        IfdField field;
        if (!ifd_field(&tiff, first + 2 + (gsize)i * IFD_ENTRY, &field))
            continue;
        take_field(blocks, bytes, &field);
        if (field.tag == TAG_PHOTOMETRIC && field.size == 2)
            blocks->lab = is_lab(ifd_16(&tiff, field.at));
        if (field.tag == TAG_PLANAR && field.size == 2)
            blocks->apart = ifd_16(&tiff, field.at) == PLANAR_APART;
        if (field.tag == TAG_EXTRA_SAMPLES)
            blocks->alpha = find_alpha(&tiff, &field);
    }
    blocks->exif = make_exif(&tiff, first);
    blocks_from_resources(blocks);
    return TRUE;
}

/* ---- The end of the file ---- */

#define MOST_DIRECTORIES 64 /* so that a chain that runs in a circle ends */

/* An element of a field of 16 or 32 bits each. */
static guint32 read_element(const Ifd *tiff, const IfdField *field, gsize width, gsize i)
{
    return width == 2 ? ifd_16(tiff, field->at + 2 * i) : ifd_32(tiff, field->at + 4 * i);
}

/* Whether each strip or tile lies within the file: as many offsets as sizes. */
static gboolean has_strips(const Ifd *tiff, const IfdField *offsets, gsize offset_width,
                           const IfdField *sizes, gsize size_width)
{
    gsize n = MIN(offsets->size / offset_width, sizes->size / size_width);
    for (gsize i = 0; i < n; i++) {
        guint64 offset = read_element(tiff, offsets, offset_width, i);
        if (offset + read_element(tiff, sizes, size_width, i) > tiff->size)
            return FALSE;
    }
    return TRUE;
}

static gboolean is_directory_whole(const Ifd *tiff, guint32 directory)
{
    IfdField offsets = { 0 }, sizes = { 0 };
    gsize offset_width = 4, size_width = 4;
    guint there = ifd_16(tiff, directory);
    if (ifd_count(tiff, directory) < there || directory + 2 + (gsize)there * IFD_ENTRY + 4 > tiff->size)
        return FALSE;
    for (guint i = 0; i < there; i++) {
        gsize entry = directory + 2 + (gsize)i * IFD_ENTRY;
        guint tag = ifd_16(tiff, entry);
        gboolean is_offsets = tag == TAG_STRIP_OFFSETS || tag == TAG_TILE_OFFSETS;
        if (!is_offsets && tag != TAG_STRIP_SIZES && tag != TAG_TILE_SIZES)
            continue;
        guint type = ifd_16(tiff, entry + 2); /* 3: 16 bits, 4: 32 bits */
        if (type != 3 && type != 4)
            return TRUE;
        if (!ifd_field(tiff, entry, is_offsets ? &offsets : &sizes))
            return FALSE;
        *(is_offsets ? &offset_width : &size_width) = type == 3 ? 2 : 4;
    }
    return has_strips(tiff, &offsets, offset_width, &sizes, size_width);
}

gboolean tiff_is_whole(GBytes *bytes)
{
    Ifd tiff = ifd_open(bytes);
    if (tiff.size < IFD_HEADER)
        return FALSE;
    guint32 directory = ifd_32(&tiff, 4);
    for (guint i = 0; i < MOST_DIRECTORIES && (directory != 0 || i == 0); i++) {
        if (directory == 0 || directory > tiff.size || tiff.size - directory < 2 ||
            !is_directory_whole(&tiff, directory))
            return FALSE;
        directory = ifd_32(&tiff, directory + 2 + (gsize)ifd_16(&tiff, directory) * IFD_ENTRY);
    }
    return TRUE;
}
