#include "render/load_jpeg.h"

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
    header->cmyk = space == TJCS_CMYK || space == TJCS_YCCK;
    header->planar = space == TJCS_YCbCr && subsampling >= 0 && subsampling != TJSAMP_GRAY;
    return TRUE;
}

gboolean load_jpeg_header(JpegHeader *header, GBytes *bytes, GError **error)
{
    g_auto(Decoder) decoder = tjInitDecompress();
    if (!decoder)
        return error_failed(error, "Out of memory for a JPEG decoder");
    return read_header(decoder, header, bytes, error);
}

static tjscalingfactor find_scale(const JpegHeader *header, guint width, guint height)
{
    for (int n = 1; n < 8; n++) {
        tjscalingfactor scale = { n, 8 };
        if ((guint)TJSCALED((int)header->width, scale) >= width &&
            (guint)TJSCALED((int)header->height, scale) >= height)
            return scale;
    }
    return (tjscalingfactor){ 1, 1 };
}

Frame *load_jpeg(GBytes *bytes, const JpegHeader *header, guint width, guint height, gboolean tolerate,
                 char **warning, GError **error)
{
    JpegHeader again; /* the decoder keeps what it read from the header */
    g_auto(Decoder) decoder = tjInitDecompress();
    if (!decoder || !read_header(decoder, &again, bytes, error)) {
        if (!decoder)
            error_failed(error, "Out of memory for a JPEG decoder");
        return NULL;
    }

    tjscalingfactor scale = find_scale(header, width, height);
    int scaled_width = TJSCALED((int)header->width, scale),
        scaled_height = TJSCALED((int)header->height, scale);
    g_autoptr(Frame) frame =
        frame_new((guint)scaled_width, (guint)scaled_height, (guint)tjMCUWidth[header->subsampling] / 8,
                  (guint)tjMCUHeight[header->subsampling] / 8, FALSE);
    frame->width = (double)header->width * scale.num / scale.denom;
    frame->height = (double)header->height * scale.num / scale.denom;

    unsigned char *planes[3];
    int strides[3];
    for (int p = 0; p < 3; p++) {
        planes[p] = frame->plane[p].data;
        strides[p] = (int)frame->plane[p].stride;
    }
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    if (tjDecompressToYUVPlanes(decoder, data, size, planes, scaled_width, strides, scaled_height, 0) < 0) {
        if (!tolerate || tjGetErrorCode(decoder) == TJERR_FATAL) {
            fail(decoder, error);
            return NULL;
        }
        g_free(*warning);
        *warning = g_strdup_printf("the JPEG is damaged (%s); published what could be decoded",
                                   tjGetErrorStr2(decoder));
    }
    return g_steal_pointer(&frame);
}
