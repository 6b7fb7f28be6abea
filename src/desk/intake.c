#include "desk/intake.h"

#include "base/error.h"
#include "base/format.h"
#include "photo/c2pa.h"
#include "photo/png.h"
#include "photo/tiff.h"
#include "render/load_jpeg.h"
#include "render/load_vips.h"

#define MOST_BANDS 5 /* CMYK and alpha */

static gboolean within_limits(const Source *source, const Limits *limits, GError **error)
{
    double megapixels = (double)source->width * source->height / 1e6;
    if (source->width == 0 || source->height == 0)
        return error_failed(error, "has no pixels; send it again");
    if (megapixels > limits->megapixels)
        return error_failed(
            error,
            "has %.0f megapixels (%u x %u), more than the limit of %.0f (preset key limits/megapixels); "
            "send it smaller",
            megapixels, source->width, source->height, limits->megapixels);
    return TRUE;
}

/* Of a PNG, libvips knows nothing that stands behind its pixels. */
static void take_blocks(Blocks *blocks, VipsHeader *header, Format format, GBytes *bytes)
{
    if (format == FORMAT_PNG)
        png_read_blocks(blocks, bytes);
    if (!blocks->exif)
        blocks->exif = g_steal_pointer(&header->exif);
    if (!blocks->xmp)
        blocks->xmp = g_steal_pointer(&header->xmp);
    blocks->icc = g_steal_pointer(&header->icc);
    blocks_from_resources(blocks);
    blocks->has_c2pa = blocks->has_c2pa || c2pa_is_in(format, bytes);
}

/* Any picture by libvips' reading of its header. For a JPEG and a TIFF, the walk of its own structure tells
 * more of the metadata. */
static gboolean read_managed(Intake *intake, Format format, GPtrArray *warnings, GError **error)
{
    VipsHeader header;
    if (format == FORMAT_TIFF && !tiff_read_blocks(&intake->blocks, intake->source.bytes, error))
        return FALSE;
    if (!load_vips_header(&header, intake->source.bytes, error))
        return FALSE;

    gboolean ok = header.bands <= MOST_BANDS;
    if (!ok)
        error_failed(error, "has %u channels, more than CMYK with alpha; flatten it and send it again",
                     header.bands);
    if (header.pages > 1)
        g_ptr_array_add(warnings,
                        g_strdup_printf("it has %u pages or frames; the first was published", header.pages));
    intake->source.width = header.width;
    intake->source.height = header.height;
    intake->source.grey = header.bands < 3;
    intake->source.cmyk = header.cmyk;
    if (format != FORMAT_JPEG)
        intake->source.orientation = header.orientation;
    if (format != FORMAT_JPEG && format != FORMAT_TIFF)
        take_blocks(&intake->blocks, &header, format, intake->source.bytes);
    load_vips_header_clear(&header);
    return ok;
}

static gboolean read_jpeg(Intake *intake, GPtrArray *warnings, GError **error)
{
    JpegHeader header;
    blocks_from_jpeg(&intake->blocks, intake->source.bytes);
    if (!load_jpeg_header(&header, intake->source.bytes,
                          NULL)) /* a sampling that TurboJPEG has no name for, or worse */
        return read_managed(intake, FORMAT_JPEG, warnings, error);
    intake->source.width = header.width;
    intake->source.height = header.height;
    intake->source.planar = header.planar;
    intake->source.grey = header.grey;
    intake->source.cmyk = header.cmyk;
    return TRUE;
}

static void list_removed(Intake *intake)
{
    const Blocks *blocks = &intake->blocks;
    const struct {
        const char *kind;
        gboolean there;
    } kinds[] = { { "exif", blocks->exif != NULL },
                  { "gps", intake->metadata.exif.has_gps },
                  { "thumbnail", intake->metadata.exif.has_thumbnail },
                  { "iptc", blocks->iptc != NULL },
                  { "xmp", blocks->xmp != NULL },
                  { "icc", blocks->icc != NULL },
                  { "photoshop", blocks->photoshop != NULL },
                  { "comment", blocks->has_comment },
                  { "c2pa", blocks->has_c2pa },
                  { "preview", blocks->has_preview } };
    intake->removed = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].there)
            g_ptr_array_add(intake->removed, g_strdup(kinds[i].kind));
}

gboolean intake_read(Intake *intake, GBytes *bytes, const Preset *preset, GPtrArray *warnings, GError **error)
{
    *intake = (Intake){
        .source = { .bytes = bytes, .orientation = 1, .tolerate = preset->damaged == DAMAGED_TOLERATE }
    };
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);

    Format format = format_sniff(data, size);
    if (format == FORMAT_UNKNOWN || format == FORMAT_REFUSED)
        return error_failed(error, "%s", format_refusal(data, size));
    gboolean jpeg = format == FORMAT_JPEG;
    if (!(jpeg ? read_jpeg(intake, warnings, error) : read_managed(intake, format, warnings, error)) ||
        !within_limits(&intake->source, &preset->limits, error))
        return FALSE;

    metadata_read(&intake->metadata, &intake->blocks, preset->charset, warnings);
    if (jpeg)
        intake->source.orientation = intake->metadata.exif.orientation;
    intake->source.adobe_rgb = intake->metadata.exif.adobe_rgb;
    intake->source.icc = intake->blocks.icc;
    list_removed(intake);
    return TRUE;
}

void intake_clear(Intake *intake)
{
    blocks_clear(&intake->blocks);
    metadata_clear(&intake->metadata);
    g_clear_pointer(&intake->removed, g_ptr_array_unref);
}
