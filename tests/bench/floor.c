/* The codec floor of one photo: the processor time that decoding it and encoding its variants takes by
 * themselves. Whatever else a program does with the photo, it cannot take less.
 *
 *     floor [--quality Q] [--method M] [--jpeg-quality Q] PHOTO.jpg FOLDER
 *
 * In the folder are the variants that were published of the photo with frames.preset; their pixels are what
 * is encoded again. One line on standard output, its fields parted by tabs: photo, seconds to decode, seconds
 * to encode, their sum. */

#include <glib.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include "bench.h"
#include "render/jpeg_codec.h"
#include "render/jpeg_rows.h"
#include "render/webp.h"

G_NORETURN static void fail(const char *what, const char *why)
{
    g_autofree char *text = g_strdup_printf("%s: %s", what, why);
    give_up(text);
}

static GBytes *read_file(const char *path)
{
    char *data;
    gsize size;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &data, &size, &error))
        fail(path, error->message);
    return g_bytes_new_take(data, size);
}

/* ---- Variants ---- */

static Frame *decode_variant(const char *path)
{
    g_autoptr(GBytes) bytes = read_file(path);
    g_autoptr(GError) error = NULL;
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    int width, height;
    Frame *frame = g_str_has_suffix(path, ".jpg")
                       ? jpeg_codec_decode(bytes, G_MAXUINT16, G_MAXUINT16, FALSE, NULL, &error)
                   : WebPGetInfo(data, size, &width, &height)
                       ? webp_decode(bytes, 0, 0, (guint)width, (guint)height, &error)
                       : NULL;
    if (!frame)
        fail(path, error ? error->message : "is not a WebP picture");
    return frame;
}

/* What was a JPEG is at full range. */
static void encode_variant(const Frame *frame, double quality, int method, double jpeg_quality)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = frame->limited ? webp_encode(frame, quality, method, NULL, NULL, &error)
                                             : jpeg_rows_encode(frame, jpeg_quality, &error);
    if (!bytes)
        fail("a variant", error->message);
}

/* The article's renditions: another photo's stem may begin with this one's. */
static gboolean is_of(const char *stem, const char *file)
{
    static const char *const renditions[] = { "-inline-", "-thumb-", "-social" };
    if (!g_str_has_prefix(file, stem))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(renditions); i++)
        if (g_str_has_prefix(file + strlen(stem), renditions[i]))
            return TRUE;
    return FALSE;
}

/* All of a photo. */
static GPtrArray *decode_variants(const char *photo, const char *folder)
{
    g_autofree char *stem = g_path_get_basename(photo);
    *strrchr(stem, '.') = '\0';
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) files = g_dir_open(folder, 0, &error);
    if (!files)
        fail(folder, error->message);
    GPtrArray *frames = g_ptr_array_new_with_free_func((GDestroyNotify)frame_free);
    for (const char *file; (file = g_dir_read_name(files));) {
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (is_of(stem, file))
            g_ptr_array_add(frames, decode_variant(path));
    }
    if (frames->len == 0)
        fail(photo, "has no variants in the folder");
    return frames;
}

/* ---- The photo ---- */

/* The smallest size of the JPEG, in eighths, that still covers every variant. Variants are upright and the
 * JPEG may be stored turned: then its shape and that of the largest variant differ. */
static tjscalingfactor find_scale(int width, int height, GPtrArray *frames)
{
    const Frame *largest = frames->pdata[0];
    double wide = 0, high = 0;
    for (guint i = 0; i < frames->len; i++) {
        const Frame *frame = frames->pdata[i];
        if (frame->width * frame->height > largest->width * largest->height)
            largest = frame;
        wide = MAX(wide, frame->width);
        high = MAX(high, frame->height);
    }
    gboolean turned = (width - height) * (largest->width - largest->height) < 0;
    double need_width = turned ? high : wide, need_height = turned ? wide : high;

    for (int n = 1; n < 8; n++) {
        tjscalingfactor scale = { n, 8 };
        if (TJSCALED(width, scale) >= need_width && TJSCALED(height, scale) >= need_height)
            return scale;
    }
    return (tjscalingfactor){ 1, 1 };
}

/* Decodes to planes and gives the processor time of that alone. */
static double time_decoding(const char *path, GPtrArray *frames)
{
    g_autoptr(GBytes) bytes = read_file(path);
    gsize size;
    const unsigned char *data = g_bytes_get_data(bytes, &size);
    tjhandle decoder = tjInitDecompress();
    int width, height, subsampling, space;
    if (!decoder || tjDecompressHeader3(decoder, data, size, &width, &height, &subsampling, &space) < 0 ||
        subsampling < 0)
        fail(path, "is not a JPEG that can be decoded to planes");

    tjscalingfactor scale = find_scale(width, height, frames);
    int scaled_width = TJSCALED(width, scale), scaled_height = TJSCALED(height, scale);
    unsigned char *planes[3] = { NULL };
    for (int p = 0; p < (subsampling == TJSAMP_GRAY ? 1 : 3); p++)
        planes[p] = g_malloc(tjPlaneSizeYUV(p, scaled_width, 0, scaled_height, subsampling));

    double began = processor_time();
    if (tjDecompressToYUVPlanes(decoder, data, size, planes, scaled_width, NULL, scaled_height, 0) < 0)
        fail(path, tjGetErrorStr2(decoder));
    double took = processor_time() - began;

    for (int p = 0; p < 3; p++)
        g_free(planes[p]);
    tjDestroy(decoder);
    return took;
}

int main(int argc, char **argv)
{
    double quality = 78; /* libwebp: 0 to 100 */
    int method = 4;      /* libwebp: 0 to 6 */
    double jpeg_quality = 82;
    const GOptionEntry entries[] = {
        { "quality", 0, 0, G_OPTION_ARG_DOUBLE, &quality, "Of the variants, 0 to 100 (default: 78)", "Q" },
        { "method", 0, 0, G_OPTION_ARG_INT, &method, "Effort of the encoder, 0 to 6 (default: 4)", "M" },
        { "jpeg-quality", 0, 0, G_OPTION_ARG_DOUBLE, &jpeg_quality,
          "Of variants in JPEG, 1 to 100 (default: 82)", "Q" },
        G_OPTION_ENTRY_NULL
    };
    g_autoptr(GOptionContext) options = g_option_context_new("PHOTO.jpg FOLDER");
    g_option_context_add_main_entries(options, entries, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(options, &argc, &argv, &error))
        fail("options", error->message);
    if (argc != 3 || !strrchr(argv[1], '.'))
        fail("usage", "floor [--quality Q] [--method M] PHOTO.jpg FOLDER");

    const char *photo = argv[1];
    g_autoptr(GPtrArray) frames = decode_variants(photo, argv[2]);

    double decoding = time_decoding(photo, frames);
    double began = processor_time();
    for (guint i = 0; i < frames->len; i++)
        encode_variant(frames->pdata[i], quality, method, jpeg_quality);
    double encoding = processor_time() - began;

    g_print("%s\t%.4f\t%.4f\t%.4f\n", photo, decoding, encoding, decoding + encoding);
    return 0;
}
