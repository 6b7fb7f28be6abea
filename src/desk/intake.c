#include "desk/intake.h"

#include "base/error.h"
#include "base/format.h"
#include "photo/blocks.h"
#include "photo/c2pa.h"
#include "photo/heif.h"
#include "photo/png.h"
#include "photo/points.h"
#include "photo/tiff.h"
#include "photo/whole.h"
#include "render/jpeg_codec.h"
#include "render/managed.h"
#include "render/place.h"

/* What the limits bound, as the header tells it. */
typedef struct {
    guint bands, pages;
    const char *whole; /* the form of a picture that is decoded as a whole, or NULL */
    guint64 whole_bytes;
} Extent;

#define ROOM (104 << 20) /* bytes a child takes beside the file and a picture that is held whole */

static gboolean within_limits(const Source *source, const Extent *extent, const Limits *limits,
                              GPtrArray *warnings, GError **error)
{
    double megapixels = (double)source->width * source->height / 1e6;
    if (source->width == 0 || source->height == 0)
        return error_set(error, PHOTODESK_ERROR_DAMAGED, "has no pixels; send it again");
    if (megapixels > limits->megapixels)
        return error_set(
            error, PHOTODESK_ERROR_TOO_LARGE,
            "has %.4g megapixels (%u x %u), more than the limit of %g (preset key limits/megapixels); "
            "send it smaller",
            megapixels, source->width, source->height, limits->megapixels);
    if (extent->bands > (guint)limits->bands)
        return error_set(error, PHOTODESK_ERROR_FORMAT,
                         "has %u channels, more than the limit of %d (preset key limits/bands); flatten it "
                         "and send it again",
                         extent->bands, limits->bands);
    guint64 need = (g_bytes_get_size(source->bytes) + extent->whole_bytes + ROOM) >> 20;
    if (extent->whole && need > (guint64)limits->resident_mib)
        return error_set(error, PHOTODESK_ERROR_TOO_LARGE,
                         "is %s of %.0f megapixels, which takes some %" G_GUINT64_FORMAT
                         " MiB of memory to decode, more than the limit of %d (preset key "
                         "limits/resident-mib); send it smaller, or as a baseline JPEG",
                         extent->whole, megapixels, need, limits->resident_mib);
    if (extent->pages > (guint)limits->pages)
        g_ptr_array_add(warnings, g_strdup_printf("it has %u pages or frames, more than the limit of %d "
                                                  "(preset key limits/pages); the first was published",
                                                  extent->pages, limits->pages));
    return TRUE;
}

/* Whether libvips' reading of the header is of a picture that can be published. */
static gboolean is_readable(const ManagedHeader *header, const Blocks *blocks, GError **error)
{
    if (blocks->lab)
        return error_set(error, PHOTODESK_ERROR_FORMAT,
                         "is a TIFF in Lab colours; save it in RGB and send that");
    if (blocks->apart && header->grey &&
        header->bands > 1) /* which libvips takes for channels side by side */
        return error_set(error, PHOTODESK_ERROR_FORMAT,
                         "is a grey TIFF that stores its further channels apart; flatten it, or save it "
                         "interleaved, and send that");
    if (!header->integer)
        return error_set(error, PHOTODESK_ERROR_FORMAT,
                         "is stored in samples of 32 bits or more; save it with 16 or 8 bits and "
                         "send that");
    return TRUE;
}

/* libvips knows nothing of what stands behind the pixels of a PNG. */
static void take_blocks(Blocks *blocks, ManagedHeader *header, Format format, GBytes *bytes)
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
static gboolean read_managed(Intake *intake, Blocks *blocks, Format format, Extent *extent, GError **error)
{
    ManagedHeader header;
    if (format == FORMAT_TIFF && !tiff_read_blocks(blocks, intake->source.bytes, error))
        return FALSE;
    const Managed *managed = managed_lane(error);
    if (!managed || !managed->read_header(&header, intake->source.bytes, error))
        return FALSE;

    *extent = (Extent){ header.bands, header.pages, header.whole, header.whole_bytes };
    intake->source.width = header.width;
    intake->source.height = header.height;
    intake->source.grey = header.grey;
    intake->source.cmyk = header.cmyk;
    intake->source.alpha = format == FORMAT_TIFF ? blocks->alpha : 1;
    intake->source.premultiplied = blocks->premultiplied;
    if (format != FORMAT_JPEG)
        intake->source.orientation = header.orientation;
    if (format != FORMAT_JPEG && format != FORMAT_TIFF)
        take_blocks(blocks, &header, format, intake->source.bytes);
    gboolean ok = is_readable(&header, blocks, error);
    managed_header_clear(&header);
    return ok;
}

/* A HEIC or AVIF by libvips, which knows less of what its items hold and of its colours. */
static gboolean read_heif(Intake *intake, Blocks *blocks, Extent *extent, GError **error)
{
    const Heif *heif = heif_find(error);
    if (!heif)
        return FALSE;
    heif->read_blocks(blocks, intake->source.bytes);
    return read_managed(intake, blocks, FORMAT_HEIF, extent, error);
}

/* Where no profile tells the colours, code points may. */
static gboolean judge_colours(Source *source, const Blocks *blocks, GError **error)
{
    Points points = points_tell(blocks->primaries, blocks->transfer);
    source->display_p3 = points == POINTS_DISPLAY_P3;
    return points != POINTS_VIDEO ||
           error_set(error, PHOTODESK_ERROR_FORMAT,
                     "has the colours of HDR video (BT.2020, PQ or HLG); export it in sRGB or "
                     "Display P3 and send that");
}

static gboolean read_jpeg(Intake *intake, Blocks *blocks, Extent *extent, GError **error)
{
    JpegHeader header;
    Source *source = &intake->source;
    blocks_from_jpeg(blocks, source->bytes);
    if (!jpeg_codec_header(&header, source->bytes,
                           NULL)) { /* a sampling that TurboJPEG has no name for, or worse */
        if (!read_managed(intake, blocks, FORMAT_JPEG, extent, error))
            return FALSE;
    } else {
        *extent = (Extent){ .bands = header.grey ? 1 : header.cmyk ? 4 : 3, .pages = 1 };
        source->width = header.width;
        source->height = header.height;
        source->planar = header.planar;
        source->grey = header.grey;
        source->cmyk = header.cmyk;
        extent->whole_bytes = header.coefficients;
    }
    extent->whole = blocks->multiscan ? "a progressive JPEG" : NULL;
    return TRUE;
}

static void list_removed(Intake *intake, const Blocks *blocks)
{
    const struct {
        const char *kind;
        gboolean there;
    } kinds[] = { { "exif", blocks->exif != NULL },
                  { "gps", intake->metadata.exif.has_gps || intake->metadata.xmp.has_gps },
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

/* Upright, as a stamp must keep clear of them. */
void intake_take_faces(Intake *intake, const Xmp *xmp)
{
    g_free(intake->faces);
    intake->faces = g_new(Rect, xmp->n_faces);
    for (guint i = 0; i < xmp->n_faces; i++) {
        const XmpFace *face = &xmp->faces[i];
        intake->faces[i] =
            place_upright((Rect){ face->x, face->y, face->width, face->height }, intake->source.orientation);
    }
    intake->source.faces = intake->faces;
    intake->source.n_faces = xmp->n_faces;
}

/* What the container holds, of a picture that is one and within the limits. */
static gboolean read_container(Intake *intake, Blocks *blocks, Format format, const Preset *preset,
                               GPtrArray *warnings, GError **error)
{
    Extent extent = { 0 };
    return (format == FORMAT_JPEG   ? read_jpeg(intake, blocks, &extent, error)
            : format == FORMAT_HEIF ? read_heif(intake, blocks, &extent, error)
                                    : read_managed(intake, blocks, format, &extent, error)) &&
           judge_colours(&intake->source, blocks, error) &&
           within_limits(&intake->source, &extent, &preset->limits, warnings, error);
}

static void take_metadata(Intake *intake, Blocks *blocks, gboolean jpeg, const Preset *preset,
                          GPtrArray *warnings)
{
    Source *source = &intake->source;
    metadata_read(&intake->metadata, blocks, preset->charset, preset->language, warnings);
    if (jpeg) {
        source->orientation = intake->metadata.exif.orientation;
        source->plain_inks = source->cmyk && !blocks->has_adobe;
    } else if (blocks->exif_turns &&
               source->orientation == 1) /* libvips has not come to it, behind the pixels */
        source->orientation = intake->metadata.exif.orientation;
    source->adobe_rgb = intake->metadata.exif.adobe_rgb;
    intake->has_c2pa = blocks->has_c2pa;
    intake->has_preview = blocks->has_preview;
    intake_take_faces(intake, &intake->metadata.xmp);
    list_removed(intake, blocks);
    source->icc = g_steal_pointer(&blocks->icc);
}

gboolean intake_read(Intake *intake, GBytes *bytes, const Preset *preset, GPtrArray *warnings, GError **error)
{
    gboolean tolerate = preset->damaged == DAMAGED_TOLERATE;
    *intake = (Intake){ .source = { .bytes = g_bytes_ref(bytes), .orientation = 1, .tolerate = tolerate } };
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);

    Format format = format_sniff(data, size);
    if (format == FORMAT_UNKNOWN || format == FORMAT_REFUSED || format == FORMAT_OTHER)
        return error_set(error,
                         size == 0                  ? PHOTODESK_ERROR_DAMAGED
                         : format == FORMAT_REFUSED ? PHOTODESK_ERROR_FORMAT
                                                    : PHOTODESK_ERROR_NOT_PHOTO,
                         "%s", format_refusal(data, size));
    Blocks blocks = { 0 };
    gboolean ok = read_container(intake, &blocks, format, preset, warnings, error);
    gboolean lenient = format == FORMAT_HEIF || format == FORMAT_WEBP; /* its decoder, with half a picture */
    if (ok && lenient && !tolerate && !whole_is(bytes))
        ok = error_set(error, PHOTODESK_ERROR_DAMAGED, "the picture is damaged or incomplete; send it again");
    if (ok)
        take_metadata(intake, &blocks, format == FORMAT_JPEG, preset, warnings);
    blocks_clear(&blocks);
    return ok;
}

void intake_clear(Intake *intake)
{
    source_clear(&intake->source);
    g_clear_pointer(&intake->faces, g_free);
    metadata_clear(&intake->metadata);
    g_clear_pointer(&intake->removed, g_ptr_array_unref);
}
