#include "render/scale.h"

#include <math.h>
#include <stdlib.h>
#include <zimg.h>

#include "base/error.h"

/* A zimg graph and the memory that it works in. To build one takes as long as to run it, so planes of one
 * geometry share theirs. */
typedef struct {
    zimg_filter_graph *filters;
    void *scratch;
} Graph;

static void graph_clear(Graph *graph)
{
    zimg_filter_graph_free(graph->filters);
    free(graph->scratch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Graph, graph_clear)

static gboolean fail(GError **error)
{
    char why[256] = "";
    zimg_get_last_error(why, sizeof why);
    return error_failed(error, "The picture cannot be scaled: %s", *why ? why : "out of memory");
}

static gboolean graph_build(Graph *graph, const zimg_image_format *from, const zimg_image_format *to,
                            GError **error)
{
    zimg_graph_builder_params params;
    zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
    params.resample_filter = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a = 3;
    params.resample_filter_uv = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a_uv = 3;
    params.cpu_type = ZIMG_CPU_AUTO_64B;
    params.allow_approximate_gamma = 1;

    size_t size = 0;
    graph->filters = zimg_filter_graph_build(from, to, &params);
    if (!graph->filters || zimg_filter_graph_get_tmp_size(graph->filters, &size) != ZIMG_ERROR_SUCCESS)
        return fail(error);
    graph->scratch = aligned_alloc(FRAME_ALIGN, (size / FRAME_ALIGN + 1) * FRAME_ALIGN);
    return graph->scratch || fail(error);
}

static gboolean graph_run(const Graph *graph, const zimg_image_buffer_const *in, const zimg_image_buffer *out,
                          GError **error)
{
    return zimg_filter_graph_process(graph->filters, in, out, graph->scratch, NULL, NULL, NULL, NULL) ==
               ZIMG_ERROR_SUCCESS ||
           fail(error);
}

/* ---- Size ----
 *
 * Each plane is resized by itself as a grey picture: so odd sizes work, and each plane's part is told
 * exactly. zimg gives 16 bits; the last step to 8 bits and to limited range is ours, since zimg would treat
 * chroma as luma. */

typedef struct {
    double gain, zero; /* 8-bit output = input / 255 * gain + zero */
} Levels;

/* From a full-range plane to a limited-range one, or as it is. */
static Levels levels(int plane, gboolean same_range)
{
    if (plane == FRAME_ALPHA || same_range)
        return (Levels){ 255, 0 };
    if (plane == FRAME_Y)
        return (Levels){ 219, 16 };
    return (Levels){ 224, 128 - 128 * 224 / 255.0 };
}

/* 16 bits to 8, by a multiplication that keeps six bits of fraction: within 1/32 level of exact before
 * rounding. */
static void finish_row(const guint16 *restrict in, guint8 *restrict out, guint width, guint16 gain,
                       guint16 zero)
{
    for (guint x = 0; x < width; x++) {
        guint16 scaled = (guint16)(((guint32)in[x] * gain) >> 16);
        out[x] = (guint8)((guint16)(scaled + zero) >> 6);
    }
}

static void finish_rows(const guint16 *in, gsize in_stride, const Plane *out, Levels levels)
{
    guint16 gain = (guint16)lround(levels.gain * 64 * 65536 / 65535);
    guint16 zero = (guint16)(lround(levels.zero * 64) + 32);
    for (guint y = 0; y < out->height; y++)
        finish_row(in + y * in_stride, out->data + y * out->stride, out->width, gain, zero);
}

/* Where an area of the luma plane lies in a plane, in the plane's own samples. Samples wholly beyond the
 * picture are left out, lest padding bleed into its edge. */
static zimg_image_format describe_part(const Frame *frame, int p, Rect area)
{
    gboolean chroma = p == FRAME_CB || p == FRAME_CR;
    double sub_x = chroma ? frame->sub_x : 1, sub_y = chroma ? frame->sub_y : 1;
    zimg_image_format part;
    zimg_image_format_default(&part, ZIMG_API_VERSION);
    part.width = MIN(frame->plane[p].width, (guint)ceil((frame->left + frame->width) / sub_x - 1e-6));
    part.height = MIN(frame->plane[p].height, (guint)ceil((frame->top + frame->height) / sub_y - 1e-6));
    part.pixel_type = ZIMG_PIXEL_BYTE;
    part.pixel_range = ZIMG_RANGE_FULL;
    part.active_region.left = area.left / sub_x;
    part.active_region.top = area.top / sub_y;
    part.active_region.width = area.width / sub_x;
    part.active_region.height = area.height / sub_y;
    return part;
}

/* Words: 16-bit samples on their way from zimg to finish_rows(). */
typedef struct {
    guint16 *data;
    gsize stride; /* bytes */
} Words;

static gboolean scale_plane(const Graph *graph, const Plane *in, const Plane *out, Words words, Levels levels,
                            GError **error)
{
    zimg_image_buffer_const source = { ZIMG_API_VERSION,
                                       { { in->data, (ptrdiff_t)in->stride, ZIMG_BUFFER_MAX } } };
    zimg_image_buffer target = { ZIMG_API_VERSION,
                                 { { words.data, (ptrdiff_t)words.stride, ZIMG_BUFFER_MAX } } };
    if (!graph_run(graph, &source, &target, error))
        return FALSE;
    finish_rows(words.data, words.stride / sizeof *words.data, out, levels);
    return TRUE;
}

/* Two planes of one geometry; the second one may be missing. */
typedef struct {
    const Frame *frame;
    Frame *scaled;
    Rect area; /* of the luma plane, px */
    int first, second;
    GError *error;
} Pair;

static Words words_new(const Plane *plane)
{
    Words words = { .stride =
                        (plane->width * sizeof(guint16) + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN };
    words.data = aligned_alloc(FRAME_ALIGN, words.stride * plane->height);
    return words;
}

static gpointer scale_pair(gpointer data)
{
    Pair *pair = data;
    const Plane *in = pair->frame->plane, *out = pair->scaled->plane;
    int first = pair->first, second = pair->second;
    gboolean same_range = pair->frame->limited == pair->scaled->limited;
    zimg_image_format from = describe_part(pair->frame, first, pair->area), to;
    zimg_image_format_default(&to, ZIMG_API_VERSION);
    to.width = out[first].width;
    to.height = out[first].height;
    to.pixel_type = ZIMG_PIXEL_WORD;
    to.depth = 16;
    to.pixel_range = ZIMG_RANGE_FULL;

    g_auto(Graph) graph = { NULL, NULL };
    Words words = words_new(&out[first]);
    if (!words.data)
        error_no_memory(&pair->error);
    else if (graph_build(&graph, &from, &to, &pair->error) &&
             scale_plane(&graph, &in[first], &out[first], words, levels(first, same_range), &pair->error) &&
             in[second].data)
        scale_plane(&graph, &in[second], &out[second], words, levels(second, same_range), &pair->error);
    free(words.data);
    return NULL;
}

Frame *frame_scale(const Frame *frame, Rect rect, guint width, guint height, gboolean limited, guint threads,
                   GError **error)
{
    g_autoptr(Frame) scaled = frame_new(width, height, 2, 2, frame->plane[FRAME_ALPHA].data != NULL);
    scaled->limited = limited;
    scaled->premultiplied = frame->premultiplied;

    /* All planes of an odd-sized picture reach to the end of its last chroma sample, beyond its edge. */
    const Plane *plane = &scaled->plane[FRAME_Y];
    double pad_x = (double)plane->width / width, pad_y = (double)plane->height / height;
    Rect area = { frame->left + rect.left * frame->width, frame->top + rect.top * frame->height,
                  rect.width * frame->width * pad_x, rect.height * frame->height * pad_y };
    Pair luma = { frame, scaled, area, FRAME_Y, FRAME_ALPHA, NULL };
    Pair chroma = { frame, scaled, area, FRAME_CB, FRAME_CR, NULL };
    GThread *beside = threads > 1 ? g_thread_try_new("chroma", scale_pair, &chroma, NULL) : NULL;
    scale_pair(&luma);
    if (beside)
        g_thread_join(beside);
    else
        scale_pair(&chroma);
    if (!luma.error && !chroma.error)
        return g_steal_pointer(&scaled);
    g_propagate_error(error, luma.error ? luma.error : chroma.error);
    if (luma.error)
        g_clear_error(&chroma.error);
    return NULL;
}

const char *scale_version(void)
{
    static char text[32];
    unsigned version[3];
    zimg_get_version_info(&version[0], &version[1], &version[2]);
    g_snprintf(text, sizeof text, "%u.%u.%u", version[0], version[1], version[2]);
    return text;
}
