#include "render/scale.h"

#include <math.h>
#include <stdlib.h>
#include <zimg.h>

#include "base/error.h"

/* Runs one zimg graph over whole planes. */
static gboolean convert(const zimg_image_format *from, const zimg_image_format *to,
                        const zimg_image_buffer_const *in, const zimg_image_buffer *out, GError **error)
{
    zimg_graph_builder_params params;
    zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
    params.resample_filter = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a = 3;
    params.resample_filter_uv = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a_uv = 3;
    params.cpu_type = ZIMG_CPU_AUTO_64B;
    params.allow_approximate_gamma = 1;

    gboolean ok = FALSE;
    size_t size = 0;
    void *scratch = NULL;
    zimg_filter_graph *graph = zimg_filter_graph_build(from, to, &params);
    if (graph && zimg_filter_graph_get_tmp_size(graph, &size) == ZIMG_ERROR_SUCCESS) {
        scratch = aligned_alloc(FRAME_ALIGN, (size / FRAME_ALIGN + 1) * FRAME_ALIGN);
        ok = scratch &&
             zimg_filter_graph_process(graph, in, out, scratch, NULL, NULL, NULL, NULL) == ZIMG_ERROR_SUCCESS;
    }
    if (!ok) {
        char why[256] = "";
        zimg_get_last_error(why, sizeof why);
        error_failed(error, "The picture cannot be scaled: %s", *why ? why : "out of memory");
    }
    free(scratch);
    zimg_filter_graph_free(graph);
    return ok;
}

/* ---- Size ----
 *
 * Each plane is resized by itself as a grey picture: so odd sizes work, and each plane's part is told
 * exactly. zimg gives 16 bits; the last step to 8 bits and to limited range is ours, since zimg would treat
 * chroma as luma. */

typedef struct {
    double gain, zero; /* 8-bit output = input / 255 * gain + zero */
} Levels;

static Levels levels(int plane, gboolean limited)
{
    if (plane == FRAME_ALPHA || limited)
        return (Levels){ 255, 0 };
    if (plane == FRAME_Y)
        return (Levels){ 219, 16 };
    return (Levels){ 224, 128 - 128 * 224 / 255.0 };
}

/* 16 bits to 8, by a multiplication that keeps six bits of fraction: within 1/32 level of exact before
 * rounding. */
static void finish_rows(const guint16 *in, gsize in_stride, const Plane *out, Levels levels)
{
    guint gain = (guint)lround(levels.gain * 64 * 65536 / 65535);
    guint zero = (guint)lround(levels.zero * 64) + 32;

    for (guint y = 0; y < out->height; y++) {
        const guint16 *from = in + y * in_stride;
        guint8 *to = out->data + y * out->stride;
        for (guint x = 0; x < out->width; x++) {
            guint16 scaled = (guint16)(((guint32)from[x] * gain) >> 16);
            to[x] = (guint8)((guint16)(scaled + zero) >> 6);
        }
    }
}

/* A plane and the part of it, in its own samples, that the output plane shows. */
typedef struct {
    Plane plane;
    double left, top, width, height;
} Part;

static gboolean scale_plane(const Part *part, const Plane *out, Levels levels, GError **error)
{
    zimg_image_format from, to;
    zimg_image_format_default(&from, ZIMG_API_VERSION);
    zimg_image_format_default(&to, ZIMG_API_VERSION);
    from.width = part->plane.width;
    from.height = part->plane.height;
    from.pixel_type = ZIMG_PIXEL_BYTE;
    from.pixel_range = ZIMG_RANGE_FULL;
    from.active_region.left = part->left;
    from.active_region.top = part->top;
    from.active_region.width = part->width;
    from.active_region.height = part->height;
    to.width = out->width;
    to.height = out->height;
    to.pixel_type = ZIMG_PIXEL_WORD;
    to.depth = 16;
    to.pixel_range = ZIMG_RANGE_FULL;

    gsize stride = (out->width * sizeof(guint16) + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
    guint16 *words = aligned_alloc(FRAME_ALIGN, stride * out->height);
    if (!words)
        return error_failed(error, "Out of memory for a plane of %u x %u", out->width, out->height);

    zimg_image_buffer_const source = {
        ZIMG_API_VERSION, { { part->plane.data, (ptrdiff_t)part->plane.stride, ZIMG_BUFFER_MAX } }
    };
    zimg_image_buffer target = { ZIMG_API_VERSION, { { words, (ptrdiff_t)stride, ZIMG_BUFFER_MAX } } };
    gboolean ok = convert(&from, &to, &source, &target, error);
    if (ok)
        finish_rows(words, stride / sizeof(guint16), out, levels);
    free(words);
    return ok;
}

/* The part of a plane under an area of the luma plane. Samples wholly beyond the picture are left out, lest
 * padding bleed into its edge. */
static Part find_part(const Frame *frame, int p, Rect area)
{
    gboolean chroma = p == FRAME_CB || p == FRAME_CR;
    double sub_x = chroma ? frame->sub_x : 1, sub_y = chroma ? frame->sub_y : 1;
    Part part = { frame->plane[p], area.left / sub_x, area.top / sub_y, area.width / sub_x,
                  area.height / sub_y };
    part.plane.width = MIN(part.plane.width, (guint)ceil((frame->left + frame->width) / sub_x - 1e-6));
    part.plane.height = MIN(part.plane.height, (guint)ceil((frame->top + frame->height) / sub_y - 1e-6));
    return part;
}

Frame *frame_scale(const Frame *frame, Rect rect, guint width, guint height, GError **error)
{
    g_autoptr(Frame) scaled = frame_new(width, height, 2, 2, frame->plane[FRAME_ALPHA].data != NULL);
    scaled->limited = TRUE;
    scaled->premultiplied = frame->premultiplied;

    /* All planes of an odd-sized picture reach to the end of its last chroma sample, beyond its edge. */
    double pad_x = (double)scaled->plane[FRAME_Y].width / width,
           pad_y = (double)scaled->plane[FRAME_Y].height / height;
    Rect area = { frame->left + rect.left * frame->width, frame->top + rect.top * frame->height,
                  rect.width * frame->width * pad_x, rect.height * frame->height * pad_y };
    for (int p = 0; p < FRAME_PLANES; p++) {
        if (!frame->plane[p].data)
            continue;
        Part part = find_part(frame, p, area);
        if (!scale_plane(&part, &scaled->plane[p], levels(p, frame->limited), error))
            return NULL;
    }
    return g_steal_pointer(&scaled);
}

/* ---- Colour ---- */

static void describe(zimg_image_format *format, const Frame *frame, zimg_color_primaries_e primaries)
{
    zimg_image_format_default(format, ZIMG_API_VERSION);
    format->width = frame->plane[FRAME_Y].width;
    format->height = frame->plane[FRAME_Y].height;
    format->subsample_w = frame->sub_x / 2; /* log2 of 1, 2 and 4 */
    format->subsample_h = frame->sub_y / 2;
    format->pixel_type = ZIMG_PIXEL_BYTE;
    format->pixel_range = ZIMG_RANGE_FULL;
    format->color_family = ZIMG_COLOR_YUV;
    format->matrix_coefficients = ZIMG_MATRIX_BT470_BG;
    format->transfer_characteristics = ZIMG_TRANSFER_IEC_61966_2_1;
    format->color_primaries = primaries;
    format->chroma_location = ZIMG_CHROMA_CENTER;
}

static zimg_image_buffer planes(const Frame *frame)
{
    zimg_image_buffer buffer = { .version = ZIMG_API_VERSION };
    for (int p = FRAME_Y; p <= FRAME_CR; p++) {
        buffer.plane[p].data = frame->plane[p].data;
        buffer.plane[p].stride = (ptrdiff_t)frame->plane[p].stride;
        buffer.plane[p].mask = ZIMG_BUFFER_MAX;
    }
    return buffer;
}

static zimg_image_buffer_const as_const(const zimg_image_buffer *buffer)
{
    zimg_image_buffer_const view = { .version = ZIMG_API_VERSION };
    for (int p = FRAME_Y; p <= FRAME_CR; p++) {
        view.plane[p].data = buffer->plane[p].data;
        view.plane[p].stride = buffer->plane[p].stride;
        view.plane[p].mask = buffer->plane[p].mask;
    }
    return view;
}

Frame *frame_from_rgb(guint8 *const plane[FRAME_PLANES], gsize stride, guint width, guint height,
                      GError **error)
{
    g_autoptr(Frame) frame = frame_new(width, height, 1, 1, plane[3] != NULL);
    zimg_image_format from, to;
    describe(&to, frame, ZIMG_PRIMARIES_BT709);
    from = to;
    from.color_family = ZIMG_COLOR_RGB;
    from.matrix_coefficients = ZIMG_MATRIX_RGB;

    zimg_image_buffer_const source = { .version = ZIMG_API_VERSION };
    for (int p = 0; p < 3; p++) {
        source.plane[p].data = plane[p];
        source.plane[p].stride = (ptrdiff_t)stride;
        source.plane[p].mask = ZIMG_BUFFER_MAX;
    }
    zimg_image_buffer target = planes(frame);
    if (!convert(&from, &to, &source, &target, error))
        return NULL;

    const Plane *alpha = &frame->plane[FRAME_ALPHA];
    for (guint y = 0; alpha->data && y < height; y++)
        for (guint x = 0; x < width; x++)
            alpha->data[y * alpha->stride + x] = plane[3][y * stride + x];
    return g_steal_pointer(&frame);
}

Frame *frame_from_display_p3(Frame *given, GError **error)
{
    g_autoptr(Frame) frame = given;
    const Plane *luma = &frame->plane[FRAME_Y];
    g_autoptr(Frame) srgb = frame_new(luma->width, luma->height, frame->sub_x, frame->sub_y, FALSE);
    srgb->left = frame->left;
    srgb->top = frame->top;
    srgb->width = frame->width;
    srgb->height = frame->height;

    zimg_image_format from, to;
    describe(&from, frame, ZIMG_PRIMARIES_ST432_1);
    describe(&to, srgb, ZIMG_PRIMARIES_BT709);
    zimg_image_buffer source = planes(frame), target = planes(srgb);
    zimg_image_buffer_const view = as_const(&source);
    return convert(&from, &to, &view, &target, error) ? g_steal_pointer(&srgb) : NULL;
}

const char *scale_version(void)
{
    static char text[32];
    unsigned version[3];
    zimg_get_version_info(&version[0], &version[1], &version[2]);
    g_snprintf(text, sizeof text, "%u.%u.%u", version[0], version[1], version[2]);
    return text;
}
