#include <dlfcn.h>
#include <gmodule.h>
#include <math.h>
#include <string.h>
#include <vips/vips.h>

#include "base/error.h"
#include "render/colour.h"
#include "render/managed.h"
#include "render/profile.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VipsImage, g_object_unref)

/* What libvips and the libraries below it say of a bad file helps nobody to mend it; but a sound TIFF of a
 * form that they do not know is no bad one. */
static gboolean fail(GError **error)
{
    const char *said = vips_error_buffer(), *tiff = strstr(said, "tiff2vips");
    gboolean no_memory = strstr(said, "out of memory") != NULL;
    gboolean rare = tiff && (strstr(tiff, "not supported") || strstr(tiff, "unsupported") ||
                             strstr(tiff, "out of range"));
    vips_error_clear();
    if (no_memory)
        return error_no_memory(error);
    return error_set(error, rare ? PHOTODESK_ERROR_FORMAT : PHOTODESK_ERROR_DAMAGED, "%s",
                     rare ? "the TIFF is stored in a rare form; save it as a plain one, or as JPEG or "
                            "PNG, and send that"
                          : "the picture is damaged or incomplete; send it again");
}

static VipsImage *open_image(GBytes *bytes, gboolean tolerate, const char *options)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    return vips_image_new_from_buffer(data, size, options, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                      tolerate ? VIPS_FAIL_ON_NONE : VIPS_FAIL_ON_WARNING, NULL);
}

static GBytes *read_block(VipsImage *image, const char *name)
{
    const void *data;
    size_t size;
    if (vips_image_get_typeof(image, name) == 0 || vips_image_get_blob(image, name, &data, &size))
        return NULL;
    return g_bytes_new(data, size);
}

/* HEIF pictures are held as Y'CbCr 4:2:0 and as RGB, PNG with an eighth for its passes. WebP ones need no
 * such word: opening one takes the memory that its pixels do. */
static void measure_whole(ManagedHeader *header, VipsImage *image)
{
    const char *loader = "";
    vips_image_get_string(image, VIPS_META_LOADER, &loader);
    guint64 pixels = VIPS_IMAGE_N_PELS(image);
    if (g_str_has_prefix(loader, "heif")) {
        header->whole = "a HEIF picture";
        header->whole_bytes = pixels * vips_format_sizeof(vips_image_get_format(image)) * 9 / 2;
    } else if (g_str_has_prefix(loader, "png") && vips_image_get_typeof(image, "interlaced") != 0) {
        header->whole = "an interlaced PNG";
        header->whole_bytes = pixels * VIPS_IMAGE_SIZEOF_PEL(image) * 9 / 8;
    }
}

/* How many channels are of colour. */
static guint count_colours(VipsImage *image)
{
    switch (vips_image_get_interpretation(image)) {
    case VIPS_INTERPRETATION_CMYK:
        return 4;
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
        return 1;
    default:
        return 3;
    }
}

static gboolean read_header(ManagedHeader *header, GBytes *bytes, GError **error)
{
    *header = (ManagedHeader){ 0 };
    g_autoptr(VipsImage) image = open_image(bytes, TRUE, "");
    if (!image)
        return fail(error);

    header->width = (guint)vips_image_get_width(image);
    header->height = (guint)vips_image_get_height(image);
    header->bands = (guint)vips_image_get_bands(image);
    header->pages = (guint)vips_image_get_n_pages(image);
    header->grey = count_colours(image) == 1;
    header->cmyk = count_colours(image) == 4;
    VipsBandFormat format = vips_image_get_format(image);
    header->integer = format == VIPS_FORMAT_UCHAR || format == VIPS_FORMAT_USHORT;
    header->orientation = (guint)vips_image_get_orientation(image);
    header->exif = read_block(image, VIPS_META_EXIF_NAME);
    header->icc = read_block(image, VIPS_META_ICC_NAME);
    header->xmp = read_block(image, VIPS_META_XMP_NAME);
    measure_whole(header, image);
    vips_error_clear();
    return TRUE;
}

/* How far below its own size a picture may be loaded and still cover width x height. */
static double find_scale(VipsImage *image, guint width, guint height)
{
    double scale =
        MAX((double)width / vips_image_get_width(image), (double)height / vips_image_get_height(image));
    return MIN(scale, 1);
}

/* A picture, and how much of its width and height is there: the last samples may be ones that it only begins.
 */
typedef struct {
    VipsImage *image;
    double width, height; /* 0 to 1 */
} Shrunk;

/* JPEG and WebP can leave detail out while they are decoded, which spares time and memory. WebP's own scaling
 * is coarse: twice the size is left for ours. NULL where nothing is to be left out. */
static char *shrink_options(VipsImage *image, guint width, guint height, int *shrink)
{
    const char *loader = "";
    vips_image_get_string(image, VIPS_META_LOADER, &loader);
    double scale = find_scale(image, width, height);
    *shrink = 0;
    if (scale > 0.5)
        return NULL;
    if (g_str_has_prefix(loader, "jpeg")) {
        *shrink = scale <= 0.125 ? 8 : scale <= 0.25 ? 4 : 2;
        return g_strdup_printf("[shrink=%d]", *shrink);
    }
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    return g_str_has_prefix(loader, "webp")
               ? g_strdup_printf("[scale=%s]", g_ascii_dtostr(number, sizeof number, 2 * scale))
               : NULL;
}

static Shrunk open_shrunk(GBytes *bytes, guint width, guint height, gboolean tolerate)
{
    Shrunk whole = { open_image(bytes, tolerate, ""), 1, 1 };
    int shrink = 0;
    g_autofree char *options = whole.image ? shrink_options(whole.image, width, height, &shrink) : NULL;
    if (!options)
        return whole;
    Shrunk shrunk = { open_image(bytes, tolerate, options), 1, 1 };
    if (shrunk.image && shrink) {
        shrunk.width =
            (double)vips_image_get_width(whole.image) / shrink / vips_image_get_width(shrunk.image);
        shrunk.height =
            (double)vips_image_get_height(whole.image) / shrink / vips_image_get_height(shrunk.image);
    }
    g_object_unref(whole.image);
    return shrunk;
}

/* Colour by the profile that is attached, to 8-bit sRGB; CMYK without one by a general profile. Without
 * either, the picture itself. libvips leaves a profile out that has no tables for the intent that it is told,
 * though others serve for it. */
static int convert_colour(VipsImage *image, VipsImage **out)
{
    gboolean cmyk = vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK;
    g_autoptr(GBytes) icc = read_block(image, VIPS_META_ICC_NAME);
    if (icc) {
        VipsIntent intent = profile_is_perceptual(icc) ? VIPS_INTENT_PERCEPTUAL : VIPS_INTENT_RELATIVE;
        return vips_icc_transform(image, out, "srgb", "embedded", TRUE, "intent", intent, NULL);
    }
    if (cmyk)
        return vips_icc_transform(image, out, "srgb", "input_profile", "cmyk", "intent", VIPS_INTENT_RELATIVE,
                                  NULL);
    return vips_copy(image, out, NULL);
}

/* libvips takes 255 for opaque in CMYK of 16 bits, too. */
static int extract_alpha(VipsImage *image, VipsImage **out, int band)
{
    if (count_colours(image) != 4 || vips_image_get_format(image) != VIPS_FORMAT_USHORT)
        return vips_extract_band(image, out, band, NULL);
    g_autoptr(VipsImage) deep = NULL;
    g_autoptr(VipsImage) scaled = NULL;
    return vips_extract_band(image, &deep, band, NULL) || vips_linear1(deep, &scaled, 1 / 257.0, 0.5, NULL) ||
           vips_cast_ushort(scaled, out, NULL);
}

/* The channels of colour, and of those behind them only the one that is alpha. */
static int select_bands(VipsImage *image, VipsImage **out, guint alpha)
{
    guint bands = (guint)vips_image_get_bands(image), colours = count_colours(image);
    if (alpha == 0 || colours + alpha > bands)
        return vips_extract_band(image, out, 0, "n", (int)MIN(bands, colours), NULL);
    g_autoptr(VipsImage) colour = NULL;
    g_autoptr(VipsImage) other = NULL;
    return vips_extract_band(image, &colour, 0, "n", (int)colours, NULL) ||
           extract_alpha(image, &other, (int)(colours + alpha - 1)) ||
           vips_bandjoin2(colour, other, out, NULL);
}

/* Undoes the weighting with alpha. */
static int unweigh(VipsImage *image, VipsBandFormat format, VipsImage **out)
{
    g_autoptr(VipsImage) whole = NULL;
    g_autoptr(VipsImage) rounded = NULL;
    return vips_unpremultiply(image, &whole, NULL) || vips_rint(whole, &rounded, NULL) ||
           vips_cast(rounded, out, format, NULL);
}

static VipsImage *attach_profile(VipsImage *image, GBytes *icc)
{
    VipsImage *tagged = NULL;
    if (vips_copy(image, &tagged, NULL))
        return NULL;
    vips_image_remove(tagged, VIPS_META_ICC_NAME);
    if (icc) {
        gsize size;
        const void *data = g_bytes_get_data(icc, &size);
        vips_image_set_blob_copy(tagged, VIPS_META_ICC_NAME, data, size);
    }
    return tagged;
}

/* To the size that is needed, within the picture's own colour space and depth: so not by vips_thumbnail(),
 * which makes 16 bits 8 first. */
static int resize(VipsImage *image, VipsImage **out, guint width, guint height)
{
    double scale = find_scale(image, width, height);
    int in_width = vips_image_get_width(image), in_height = vips_image_get_height(image);
    double x = ceil(in_width * scale - 1e-9) / in_width, y = ceil(in_height * scale - 1e-9) / in_height;
    if (!vips_image_hasalpha(image))
        return vips_resize(image, out, x, "vscale", y, NULL);

    g_autoptr(VipsImage) weighted = NULL;
    g_autoptr(VipsImage) small = NULL;
    return vips_premultiply(image, &weighted, NULL) || vips_resize(weighted, &small, x, "vscale", y, NULL) ||
           unweigh(small, vips_image_get_format(image), out);
}

/* To sRGB at the size that is needed. Colour comes last, where fewer pixels are left; but first for CMYK, in
 * which libvips cannot resize. */
static VipsImage *to_srgb(VipsImage *image, GBytes *icc, guint width, guint height)
{
    g_autoptr(VipsImage) tagged = attach_profile(image, icc);
    g_autoptr(VipsImage) first = NULL;
    VipsImage *second = NULL;
    if (!tagged)
        return NULL;

    gboolean failed;
    if (vips_image_get_interpretation(tagged) == VIPS_INTERPRETATION_CMYK)
        failed = convert_colour(tagged, &first) || resize(first, &second, width, height);
    else
        failed = resize(tagged, &first, width, height) || convert_colour(first, &second);
    return failed ? NULL : second;
}

/* Three bands of 8-bit sRGB, or four with premultiplied alpha. */
static VipsImage *to_rgb8(VipsImage *image)
{
    g_autoptr(VipsImage) srgb = NULL;
    g_autoptr(VipsImage) weighted = NULL;
    VipsImage *rgb = NULL;

    if (vips_colourspace(image, &srgb, VIPS_INTERPRETATION_sRGB, NULL))
        return NULL;
    if (vips_image_hasalpha(srgb) ? vips_premultiply(srgb, &weighted, NULL)
                                  : vips_copy(srgb, &weighted, NULL))
        return NULL;
    g_autoptr(VipsImage) rounded = NULL;
    if (vips_rint(weighted, &rounded, NULL) || vips_cast_uchar(rounded, &rgb, NULL))
        return NULL;
    return rgb;
}

/* The pixels of rgb, packed, into planes. */
static Frame *to_frame(VipsImage *rgb, const guint8 *packed, GError **error)
{
    guint width = (guint)vips_image_get_width(rgb), height = (guint)vips_image_get_height(rgb);
    guint bands = (guint)vips_image_get_bands(rgb);
    if (bands < 3 || bands > 4) {
        error_set(error, PHOTODESK_ERROR_FORMAT,
                  "the picture has %u bands after conversion to sRGB; send it as RGB", bands);
        return NULL;
    }
    Frame *frame = frame_from_rgb(packed, bands, width, height, 1, 1, NULL);
    frame->premultiplied = frame->plane[FRAME_ALPHA].data != NULL;
    return frame;
}

#define LARGE 12e6 /* pixels of a picture that may need more memory than there is */

/* libheif and libwebp do not say so when it is memory that they lack. */
static gboolean fail_pixels(const Source *source, VipsImage *image, GError **error)
{
    const char *loader = "";
    if (image)
        vips_image_get_string(image, VIPS_META_LOADER, &loader);
    if ((double)source->width * source->height < LARGE || strstr(vips_error_buffer(), "out of memory") ||
        !(g_str_has_prefix(loader, "heif") || g_str_has_prefix(loader, "webp")))
        return fail(error);
    vips_error_clear();
    return error_set(error, PHOTODESK_ERROR_DAMAGED,
                     "the picture is damaged, or too large for the memory that a photo may take (preset "
                     "key limits/resident-mib); send it again, or smaller");
}

/* As libvips takes each picture: with Adobe's inks, and with colours that alpha does not weight. */
static int undo_storage(VipsImage *image, VipsImage **out, const Source *source)
{
    if (source->plain_inks)
        return vips_invert(image, out, NULL);
    if (source->premultiplied && vips_image_hasalpha(image))
        return unweigh(image, vips_image_get_format(image), out);
    return vips_copy(image, out, NULL);
}

static Frame *load(const Source *source, GBytes *icc, guint width, guint height, GError **error)
{
    Shrunk shrunk = open_shrunk(source->bytes, width, height, source->tolerate);
    g_autoptr(VipsImage) stored = shrunk.image;
    g_autoptr(VipsImage) selected = NULL;
    g_autoptr(VipsImage) image = NULL;
    gboolean failed =
        !stored || select_bands(stored, &selected, source->alpha) || undo_storage(selected, &image, source);
    g_autoptr(VipsImage) srgb = failed ? NULL : to_srgb(image, icc, width, height);
    g_autoptr(VipsImage) rgb = srgb ? to_rgb8(srgb) : NULL;
    size_t size;
    g_autofree guint8 *packed = rgb ? vips_image_write_to_memory(rgb, &size) : NULL; /* pulls the pixels */
    if (!packed) {
        fail_pixels(source, stored, error);
        return NULL;
    }
    Frame *frame = to_frame(rgb, packed, error);
    if (frame) {
        frame->width *= shrunk.width;
        frame->height *= shrunk.height;
    }
    return frame;
}

/* ---- Checking ---- */

static gboolean pull(GBytes *bytes, const char *options)
{
    g_autoptr(VipsImage) image = open_image(bytes, FALSE, options);
    double sum;
    return image && vips_avg(image, &sum, NULL) == 0;
}

static gboolean check(GBytes *bytes, guint most_pages, guint *width, guint *height, GError **error)
{
    ManagedHeader header;
    if (!read_header(&header, bytes, error))
        return FALSE;
    guint pages = MIN(header.pages, most_pages);
    *width = header.width;
    *height = header.height;
    managed_header_clear(&header);

    gboolean ok = pull(bytes, "");
    for (guint page = 1; page < pages && ok; page++) {
        g_autofree char *options = g_strdup_printf("[page=%u]", page);
        ok = pull(bytes, options);
    }
    return ok || fail(error);
}

/* ---- Starting ----
 *
 * Where a distribution keeps loaders as modules, libvips loads all of them at its start. Those of
 * ImageMagick, PDF and slides, which no photo needs, take ten times as long as all the rest. It looks for
 * them below its prefix, which an environment variable may name: one that has none. */

#define PREFIX_VARIABLE "VIPSHOME"
#define NO_PREFIX "/nonexistent"

static int init_without_modules(void)
{
    g_autofree char *before = g_strdup(g_getenv(PREFIX_VARIABLE));
    g_setenv(PREFIX_VARIABLE, NO_PREFIX, TRUE);
    int status = VIPS_INIT("photodesk");
    if (before)
        g_setenv(PREFIX_VARIABLE, before, TRUE);
    else
        g_unsetenv(PREFIX_VARIABLE);
    return status;
}

/* Where HEIF is no module it is there already, and where it is nowhere such photos are refused. */
static void load_heif_module(void)
{
    Dl_info self;
    if (vips_type_find("VipsForeignLoad", "heifload_buffer") || !dladdr((void *)vips_version, &self))
        return;
    g_autofree char *folder = g_path_get_dirname(self.dli_fname);
    g_autofree char *path =
        g_strdup_printf("%s/vips-modules-%d.%d/vips-heif.so", folder, vips_version(0), vips_version(1));
    GModule *module = g_module_open(path, G_MODULE_BIND_LAZY);
    if (module)
        g_module_make_resident(module); /* its types cannot be taken back */
}

/* Without a cache, without threads of its own, and with no more loaders than photos need. */
static gboolean start(GError **error)
{
    if (init_without_modules())
        return error_set(error, PHOTODESK_ERROR_SETUP, "libvips does not start: %s", vips_error_buffer());
    load_heif_module();
    vips_block_untrusted_set(TRUE); /* no PDF, no SVG: only the loaders that are fuzzed */
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    return TRUE;
}

/* ---- The whole ---- */

G_MODULE_EXPORT const Managed managed_functions = { start, read_header, load, check };
