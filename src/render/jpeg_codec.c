#include "render/jpeg_codec.h"

#include <string.h>
#include <turbojpeg.h>

#include "base/error.h"
#include "render/jpeg_rows.h"

typedef void *Decoder;
static void decoder_free(Decoder decoder)
{
    tjDestroy(decoder);
}
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Decoder, decoder_free, NULL)

static gboolean fail(const char *complaint, GError **error)
{
    if (strstr(complaint, "nsufficient memory")) /* JERR_OUT_OF_MEMORY */
        return error_no_memory(error);
    return error_set(error, PHOTODESK_ERROR_DAMAGED, "the JPEG is damaged or incomplete (%s); send it again",
                     complaint);
}

static gboolean read_header(Decoder decoder, JpegHeader *header, GBytes *bytes, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int width = 0, height = 0, subsampling = -1, space = -1;
    gboolean failed = tjDecompressHeader3(decoder, data, size, &width, &height, &subsampling, &space) < 0;
    if (failed && tjGetErrorCode(decoder) == TJERR_FATAL)
        return fail(tjGetErrorStr2(decoder), error);
    if (width <= 0 || height <= 0 || space < 0) /* tables only: no error to libjpeg */
        return error_set(error, PHOTODESK_ERROR_DAMAGED,
                         "the JPEG is damaged or incomplete (it has no picture); send it again");

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

/* In eighths. DCT scaling folds detail that is finer than its samples back into the picture, and it shows
 * where little of that is scaled away afterwards: a sharp photo of 4032 px, scaled to 1920, is 45 dB from
 * right by way of 2016 px, and 54 dB by way of 2520. So a sixteenth is left for our own scaling. */
static guint find_scale(const JpegHeader *header, guint width, guint height)
{
    for (guint n = 1; n < 8; n++) /* without the last sample that the picture only begins */
        if ((guint64)header->width * n * 2 >= (guint64)width * 17 &&
            (guint64)header->height * n * 2 >= (guint64)height * 17)
            return n;
    return 8;
}

/* Whether there is a picture to publish, by what the decoder complains of (or NULL). */
static gboolean is_good(gboolean decoded, const char *complaint, gboolean tolerate, char **warning,
                        GError **error)
{
    if (!complaint)
        return TRUE;
    if (!decoded || !tolerate)
        return fail(complaint, error);
    g_free(*warning);
    *warning = g_strdup_printf("the JPEG is damaged (%s); published what could be decoded", complaint);
    return TRUE;
}

/* DCT scaling rounds up to whole samples; the picture may end inside the last. */
static void set_picture(Frame *frame, const JpegHeader *header, guint eighths)
{
    frame->width = (double)header->width * eighths / 8;
    frame->height = (double)header->height * eighths / 8;
}

Frame *jpeg_codec_decode(GBytes *bytes, guint width, guint height, gboolean tolerate, char **warning,
                         GError **error)
{
    JpegHeader header;
    g_auto(Decoder) decoder = tjInitDecompress();
    if (!decoder) {
        error_no_memory(error);
        return NULL;
    }
    if (!read_header(decoder, &header, bytes, error))
        return NULL;

    guint eighths = find_scale(&header, width, height);
    tjscalingfactor scale = { (int)eighths, 8 };
    int scaled_width = TJSCALED((int)header.width, scale),
        scaled_height = TJSCALED((int)header.height, scale);
    g_autoptr(Frame) frame =
        frame_new((guint)scaled_width, (guint)scaled_height, (guint)tjMCUWidth[header.subsampling] / 8,
                  (guint)tjMCUHeight[header.subsampling] / 8, FALSE);
    set_picture(frame, &header, eighths);
    unsigned char *planes[3];
    int strides[3];
    for (int p = 0; p < 3; p++) {
        planes[p] = frame->plane[p].data;
        strides[p] = (int)frame->plane[p].stride;
    }
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int status =
        tjDecompressToYUVPlanes(decoder, data, size, planes, scaled_width, strides, scaled_height, 0);
    gboolean decoded = status == 0 || tjGetErrorCode(decoder) != TJERR_FATAL;
    const char *complaint = status == 0 ? NULL : tjGetErrorStr2(decoder);
    return is_good(decoded, complaint, tolerate, warning, error) ? g_steal_pointer(&frame) : NULL;
}

Frame *jpeg_codec_decode_shaped(GBytes *bytes, const Shaper *shaper, guint width, guint height,
                                gboolean tolerate, char **warning, GError **error)
{
    JpegHeader header;
    if (!jpeg_codec_header(&header, bytes, error))
        return NULL;

    guint eighths = find_scale(&header, width, height);
    /* chroma that is finer than it came would say no more */
    guint sub_x = MIN(2, (guint)tjMCUWidth[header.subsampling] / 8);
    guint sub_y = MIN(2, (guint)tjMCUHeight[header.subsampling] / 8);
    g_autofree char *complaint = NULL;
    g_autoptr(Frame) frame = jpeg_rows_decode(bytes, eighths, shaper, sub_x, sub_y, &complaint);
    if (!is_good(frame != NULL, complaint, tolerate, warning, error))
        return NULL;
    set_picture(frame, &header, eighths);
    return g_steal_pointer(&frame);
}
