#include "render/jpeg_codec.h"

#include <string.h>
#include <turbojpeg.h>

#include "base/error.h"

typedef void *Decoder;
static void decoder_free(Decoder decoder)
{
    tjDestroy(decoder);
}
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Decoder, decoder_free, NULL)

static gboolean fail(Decoder decoder, GError **error)
{
    if (strstr(tjGetErrorStr2(decoder), "nsufficient memory")) /* JERR_OUT_OF_MEMORY */
        return error_no_memory(error);
    return error_failed(error, "the JPEG is damaged or incomplete (%s); send it again",
                        tjGetErrorStr2(decoder));
}

static gboolean read_header(Decoder decoder, JpegHeader *header, GBytes *bytes, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int width = 0, height = 0, subsampling = -1, space = -1;
    gboolean failed = tjDecompressHeader3(decoder, data, size, &width, &height, &subsampling, &space) < 0;
    if (failed && tjGetErrorCode(decoder) == TJERR_FATAL)
        return fail(decoder, error);
    if (width <= 0 || height <= 0 || space < 0) /* tables only: no error to libjpeg */
        return error_failed(error, "the JPEG is damaged or incomplete (it has no picture); send it again");

    header->width = (guint)width;
    header->height = (guint)height;
    header->subsampling = subsampling;
    header->grey = space == TJCS_GRAY;
    header->cmyk = space == TJCS_CMYK || space == TJCS_YCCK;
    guint64 samples = (guint64)header->width * header->height, chroma = samples;
    if (subsampling >= 0)
        chroma = samples * 64 / (guint64)(tjMCUWidth[subsampling] * tjMCUHeight[subsampling]);
    header->coefficients = sizeof(gint16) * (header->grey   ? samples
                                             : header->cmyk ? 4 * samples
                                                            : samples + 2 * chroma);
    header->planar = space == TJCS_YCbCr && subsampling >= 0 && subsampling != TJSAMP_GRAY;
    return TRUE;
}

gboolean jpeg_codec_header(JpegHeader *header, GBytes *bytes, GError **error)
{
    g_auto(Decoder) decoder = tjInitDecompress();
    if (!decoder)
        return error_no_memory(error);
    return read_header(decoder, header, bytes, error);
}

static tjscalingfactor find_scale(const JpegHeader *header, guint width, guint height)
{
    for (guint n = 1; n < 8; n++) /* without the last sample that the picture only begins */
        if ((guint64)header->width * n >= (guint64)width * 8 &&
            (guint64)header->height * n >= (guint64)height * 8)
            return (tjscalingfactor){ (int)n, 8 };
    return (tjscalingfactor){ 1, 1 };
}

/* An open JPEG, and the size that it is decoded to. */
typedef struct {
    Decoder decoder;
    JpegHeader header;
    tjscalingfactor scale;
    int width, height;
    gboolean tolerate;
} Jpeg;

static void jpeg_clear(Jpeg *jpeg)
{
    if (jpeg->decoder)
        tjDestroy(jpeg->decoder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Jpeg, jpeg_clear)

static gboolean jpeg_open(Jpeg *jpeg, GBytes *bytes, guint width, guint height, GError **error)
{
    jpeg->decoder = tjInitDecompress();
    if (!jpeg->decoder)
        return error_no_memory(error);
    if (!read_header(jpeg->decoder, &jpeg->header, bytes, error))
        return FALSE;
    jpeg->scale = find_scale(&jpeg->header, width, height);
    jpeg->width = TJSCALED((int)jpeg->header.width, jpeg->scale);
    jpeg->height = TJSCALED((int)jpeg->header.height, jpeg->scale);
    return TRUE;
}

/* What status, that of a decoding, means: whether there is a picture. */
static gboolean is_decoded(const Jpeg *jpeg, int status, char **warning, GError **error)
{
    if (status == 0)
        return TRUE;
    if (!jpeg->tolerate || tjGetErrorCode(jpeg->decoder) == TJERR_FATAL)
        return fail(jpeg->decoder, error);
    g_free(*warning);
    *warning = g_strdup_printf("the JPEG is damaged (%s); published what could be decoded",
                               tjGetErrorStr2(jpeg->decoder));
    return TRUE;
}

/* DCT scaling rounds up to whole samples; the picture may end inside the last. */
static void set_picture(Frame *frame, const Jpeg *jpeg)
{
    frame->width = (double)jpeg->header.width * jpeg->scale.num / jpeg->scale.denom;
    frame->height = (double)jpeg->header.height * jpeg->scale.num / jpeg->scale.denom;
}

Frame *jpeg_codec_decode(GBytes *bytes, guint width, guint height, gboolean tolerate, char **warning,
                         GError **error)
{
    g_auto(Jpeg) jpeg = { .tolerate = tolerate };
    if (!jpeg_open(&jpeg, bytes, width, height, error))
        return NULL;

    int subsampling = jpeg.header.subsampling;
    g_autoptr(Frame) frame =
        frame_new((guint)jpeg.width, (guint)jpeg.height, (guint)tjMCUWidth[subsampling] / 8,
                  (guint)tjMCUHeight[subsampling] / 8, FALSE);
    set_picture(frame, &jpeg);
    unsigned char *planes[3];
    int strides[3];
    for (int p = 0; p < 3; p++) {
        planes[p] = frame->plane[p].data;
        strides[p] = (int)frame->plane[p].stride;
    }
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int status =
        tjDecompressToYUVPlanes(jpeg.decoder, data, size, planes, jpeg.width, strides, jpeg.height, 0);
    return is_decoded(&jpeg, status, warning, error) ? g_steal_pointer(&frame) : NULL;
}

Frame *jpeg_codec_decode_shaped(GBytes *bytes, const Shaper *shaper, guint width, guint height,
                                gboolean tolerate, char **warning, GError **error)
{
    g_auto(Jpeg) jpeg = { .tolerate = tolerate };
    if (!jpeg_open(&jpeg, bytes, width, height, error))
        return NULL;

    guint scaled_width = (guint)jpeg.width, scaled_height = (guint)jpeg.height;
    gsize stride = (gsize)scaled_width * 3, size;
    g_autofree guint8 *rgb = g_try_malloc(stride * scaled_height);
    if (!rgb) {
        error_no_memory(error);
        return NULL;
    }
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int status =
        tjDecompress2(jpeg.decoder, data, size, rgb, jpeg.width, (int)stride, jpeg.height, TJPF_RGB, 0);
    if (!is_decoded(&jpeg, status, warning, error))
        return NULL;
    int subsampling = jpeg.header.subsampling; /* finer chroma than it came with would say no more */
    Frame *frame =
        frame_from_rgb(rgb, 3, scaled_width, scaled_height, MIN(2, (guint)tjMCUWidth[subsampling] / 8),
                       MIN(2, (guint)tjMCUHeight[subsampling] / 8), shaper);
    set_picture(frame, &jpeg);
    return frame;
}
