#include "render/webp.h"

#include <string.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include "base/error.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WebPMux, WebPMuxDelete)

/* One quantizer for the whole picture, and no noise shaping. libwebp's default is four, for which it first
 * analyses every block: an eighth of its time. One is finer on most of the picture, and so quality is lowered
 * by this share of what it lacks of the best: then photographs at 78 are the same by SSIM, 0.3 dB better by
 * PSNR, 2 % worse by Butteraugli, and take 2 to 3 % fewer bytes. */
#define SPARED 0.03

static void choose_quantizers(WebPConfig *config, double quality)
{
    config->segments = 1;
    config->sns_strength = 0;
    config->quality = (float)MAX(quality - SPARED * (100 - quality), 0);
}

static GBytes *encode_pixels(const Frame *frame, double quality, int method, gboolean rebuild, GError **error)
{
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) {
        error_set(error, PHOTODESK_ERROR_SETUP,
                  "libwebp is of another version than photodesk was built with; build it again");
        return NULL;
    }
    config.method = method;
    config.show_compressed = rebuild;
    choose_quantizers(&config, quality);

    gboolean alpha = frame->plane[FRAME_ALPHA].data != NULL;
    picture.colorspace = alpha ? WEBP_YUV420A : WEBP_YUV420;
    picture.width = (int)frame->width;
    picture.height = (int)frame->height;
    picture.y = frame->plane[FRAME_Y].data;
    picture.u = frame->plane[FRAME_CB].data;
    picture.v = frame->plane[FRAME_CR].data;
    picture.a = frame->plane[FRAME_ALPHA].data;
    picture.y_stride = (int)frame->plane[FRAME_Y].stride;
    picture.uv_stride = (int)frame->plane[FRAME_CB].stride;
    picture.a_stride = (int)frame->plane[FRAME_ALPHA].stride;

    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    gboolean ok = WebPEncode(&config, &picture);
    GBytes *bytes = ok ? g_bytes_new(writer.mem, writer.size) : NULL;
    if (!ok)
        error_failed(error, "WebP encoding of a %d x %d variant failed (libwebp error %d)", picture.width,
                     picture.height, picture.error_code);
    WebPMemoryWriterClear(&writer);
    return bytes;
}

static WebPData as_data(GBytes *bytes)
{
    WebPData data;
    data.bytes = g_bytes_get_data(bytes, &data.size);
    return data;
}

static GBytes *add_xmp(GBytes *pixels, GBytes *xmp, GError **error)
{
    WebPData image = as_data(pixels), packet = as_data(xmp), whole;
    WebPDataInit(&whole);
    g_autoptr(WebPMux) mux = WebPMuxCreate(&image, 0);
    if (!mux || WebPMuxSetChunk(mux, "XMP ", &packet, 0) != WEBP_MUX_OK ||
        WebPMuxAssemble(mux, &whole) != WEBP_MUX_OK) {
        error_failed(error, "The rights packet cannot be put into a WebP container");
        return NULL;
    }
    GBytes *bytes = g_bytes_new(whole.bytes, whole.size);
    WebPDataClear(&whole);
    return bytes;
}

GBytes *webp_encode(const Frame *frame, double quality, int method, GBytes *xmp, Frame **rebuilt,
                    GError **error)
{
    g_autoptr(Frame) copy =
        rebuilt ? frame_cut(frame, 0, 0, (guint)frame->width, (guint)frame->height) : NULL;
    g_autoptr(GBytes) pixels = encode_pixels(copy ? copy : frame, quality, method, copy != NULL, error);
    if (pixels && rebuilt)
        *rebuilt = g_steal_pointer(&copy);
    if (!pixels || !xmp)
        return g_steal_pointer(&pixels);
    return add_xmp(pixels, xmp, error);
}

/* The frame's planes as libwebp takes them to write to. */
static WebPYUVABuffer as_planes(const Frame *frame)
{
    const Plane *plane = frame->plane;
    return (WebPYUVABuffer){ .y = plane[FRAME_Y].data,
                             .u = plane[FRAME_CB].data,
                             .v = plane[FRAME_CR].data,
                             .a = plane[FRAME_ALPHA].data,
                             .y_stride = (int)plane[FRAME_Y].stride,
                             .u_stride = (int)plane[FRAME_CB].stride,
                             .v_stride = (int)plane[FRAME_CR].stride,
                             .a_stride = (int)plane[FRAME_ALPHA].stride,
                             .y_size = plane[FRAME_Y].stride * plane[FRAME_Y].height,
                             .u_size = plane[FRAME_CB].stride * plane[FRAME_CB].height,
                             .v_size = plane[FRAME_CR].stride * plane[FRAME_CR].height,
                             .a_size = plane[FRAME_ALPHA].stride * plane[FRAME_ALPHA].height };
}

Frame *webp_decode(GBytes *bytes, guint x, guint y, guint width, guint height, GError **error)
{
    WebPData data = as_data(bytes);
    WebPDecoderConfig config;
    gboolean ok = WebPInitDecoderConfig(&config) &&
                  WebPGetFeatures(data.bytes, data.size, &config.input) == VP8_STATUS_OK;
    g_autoptr(Frame) frame = frame_new(width, height, 2, 2, ok && config.input.has_alpha);
    frame->limited = TRUE;
    if (ok) {
        config.options.use_cropping = 1;
        config.options.crop_left = (int)x;
        config.options.crop_top = (int)y;
        config.options.crop_width = (int)MIN(width, (guint)config.input.width - x);
        config.options.crop_height = (int)MIN(height, (guint)config.input.height - y);
        config.output.colorspace = config.input.has_alpha ? MODE_YUVA : MODE_YUV;
        config.output.is_external_memory = 1;
        config.output.u.YUVA = as_planes(frame);
        ok = WebPDecode(data.bytes, data.size, &config) == VP8_STATUS_OK;
    }
    if (!ok)
        error_failed(error, "A variant cannot be decoded again");
    return ok ? g_steal_pointer(&frame) : NULL;
}

static gboolean chunk_is_known(const guint8 *fourcc, gboolean xmp)
{
    static const char known[][5] = { "VP8 ", "VP8L", "VP8X", "ALPH" };
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (memcmp(fourcc, known[i], 4) == 0)
            return TRUE;
    return xmp && memcmp(fourcc, "XMP ", 4) == 0;
}

/* Each chunk from the first to the last byte: FourCC, little-endian size, data padded to even. */
static gboolean walk_chunks(const guint8 *data, gsize size, gboolean xmp)
{
    if (size < 12 || memcmp(data, "RIFF", 4) != 0 || memcmp(data + 8, "WEBP", 4) != 0)
        return FALSE;
    gsize at = 12;
    while (size - at >= 8) {
        gsize length = (gsize)data[at + 4] | (gsize)data[at + 5] << 8 | (gsize)data[at + 6] << 16 |
                       (gsize)data[at + 7] << 24;
        if (!chunk_is_known(data + at, xmp) || length > size - at - 8 ||
            (length & 1 && length == size - at - 8))
            return FALSE;
        at += 8 + length + (length & 1);
    }
    return at == size;
}

gboolean webp_check(GBytes *bytes, guint width, guint height, GBytes *xmp, GError **error)
{
    WebPData data = as_data(bytes), packet;
    g_autoptr(WebPMux) mux = NULL;
    int w = 0, h = 0;

    gboolean ok = walk_chunks(data.bytes, data.size, xmp != NULL) && (mux = WebPMuxCreate(&data, 0)) &&
                  WebPMuxGetCanvasSize(mux, &w, &h) == WEBP_MUX_OK && (guint)w == width && (guint)h == height;
    gboolean found = ok && WebPMuxGetChunk(mux, "XMP ", &packet) == WEBP_MUX_OK;
    if (found && xmp)
        ok = packet.size == g_bytes_get_size(xmp) &&
             memcmp(packet.bytes, g_bytes_get_data(xmp, NULL), packet.size) == 0;
    if (!ok || found != (xmp != NULL))
        return error_failed(error, "The %u x %u variant did not pass its check before publication", width,
                            height);
    return TRUE;
}

int webp_version(void)
{
    return WebPGetEncoderVersion();
}
