#include "render/load_vips.h"

#include <math.h>
#include <string.h>
#include <vips/vips.h>

#include "base/error.h"
#include "render/colour.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VipsImage, g_object_unref)

void load_vips_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    if (VIPS_INIT("photodesk"))
        g_error("libvips does not start: %s", vips_error_buffer());
    vips_block_untrusted_set(TRUE); /* no ImageMagick, no PDF, no SVG: only the loaders that are fuzzed */
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    g_once_init_leave(&done, 1);
}

/* What libvips and the libraries below it say of a bad file helps nobody to mend it. */
static gboolean fail(GError **error)
{
    vips_error_clear();
    return error_failed(error, "the picture is damaged or incomplete; send it again");
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

/* A HEIF's items of the type mime may be anything. libvips tells XMP only where no processing instruction
 * stands in front, as one should. */
static GBytes *find_xmp_item(VipsImage *image)
{
    GBytes *found = NULL;
    char **fields = vips_image_get_fields(image);
    for (char **field = fields; field && *field && !found; field++) {
        const void *data;
        size_t size;
        if (g_str_has_prefix(*field, "heif-mime-") && vips_image_get_blob(image, *field, &data, &size) == 0 &&
            memmem(data, size, "<x:xmpmeta", 10))
            found = g_bytes_new(data, size);
    }
    g_strfreev(fields);
    return found;
}

gboolean load_vips_header(VipsHeader *header, GBytes *bytes, GError **error)
{
    *header = (VipsHeader){ 0 };
    g_autoptr(VipsImage) image = open_image(bytes, TRUE, "");
    if (!image)
        return fail(error);

    header->width = (guint)vips_image_get_width(image);
    header->height = (guint)vips_image_get_height(image);
    header->bands = (guint)vips_image_get_bands(image);
    header->pages = (guint)vips_image_get_n_pages(image);
    header->cmyk = vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK;
    header->orientation = (guint)vips_image_get_orientation(image);
    header->exif = read_block(image, VIPS_META_EXIF_NAME);
    header->icc = read_block(image, VIPS_META_ICC_NAME);
    header->xmp = read_block(image, VIPS_META_XMP_NAME);
    if (!header->xmp)
        header->xmp = find_xmp_item(image);
    vips_error_clear();
    return TRUE;
}

void load_vips_header_clear(VipsHeader *header)
{
    g_clear_pointer(&header->exif, g_bytes_unref);
    g_clear_pointer(&header->icc, g_bytes_unref);
    g_clear_pointer(&header->xmp, g_bytes_unref);
}

/* How far below its own size a picture may be loaded and still cover width x height. */
static double find_scale(VipsImage *image, guint width, guint height)
{
    double scale =
        MAX((double)width / vips_image_get_width(image), (double)height / vips_image_get_height(image));
    return MIN(scale, 1);
}

/* JPEG and WebP can leave detail out while they decode. */
static VipsImage *open_shrunk(GBytes *bytes, guint width, guint height, gboolean tolerate)
{
    VipsImage *image = open_image(bytes, tolerate, "");
    const char *loader;
    if (!image || vips_image_get_string(image, VIPS_META_LOADER, &loader))
        return image;

    double scale = find_scale(image, width, height);
    g_autofree char *options = NULL;
    if (g_str_has_prefix(loader, "jpeg") && scale <= 0.5)
        options = g_strdup_printf("[shrink=%d]", scale <= 0.125 ? 8 : scale <= 0.25 ? 4 : 2);
    if (!options)
        return image;
    g_object_unref(image);
    return open_image(bytes, tolerate, options);
}

/* Colour by the profile that is attached, to 8-bit sRGB; CMYK without one by a general profile. Without
 * either, the picture itself. */
static int convert_colour(VipsImage *image, VipsImage **out)
{
    gboolean cmyk = vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK;
    if (vips_image_get_typeof(image, VIPS_META_ICC_NAME))
        return vips_icc_transform(image, out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, NULL);
    if (cmyk)
        return vips_icc_transform(image, out, "srgb", "input_profile", "cmyk", "intent", VIPS_INTENT_RELATIVE,
                                  NULL);
    return vips_copy(image, out, NULL);
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

/* To the size that is needed, within the picture's own colour space and depth. */
static int resize(VipsImage *image, VipsImage **out, guint width, guint height)
{
    double scale = find_scale(image, width, height);
    int w = (int)ceil(vips_image_get_width(image) * scale - 1e-9);
    int h = (int)ceil(vips_image_get_height(image) * scale - 1e-9);
    return vips_thumbnail_image(image, out, w, "height", h, "size", VIPS_SIZE_FORCE, "no_rotate", TRUE, NULL);
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

/* Pulls the pixels, and with them all errors of the file, into planes. */
static Frame *to_frame(VipsImage *rgb, GError **error)
{
    size_t size;
    g_autofree guint8 *packed = vips_image_write_to_memory(rgb, &size);
    if (!packed) {
        fail(error);
        return NULL;
    }

    guint width = (guint)vips_image_get_width(rgb), height = (guint)vips_image_get_height(rgb);
    guint bands = (guint)vips_image_get_bands(rgb);
    if (bands < 3 || bands > 4) {
        error_failed(error, "the picture has %u bands after conversion to sRGB; send it as RGB", bands);
        return NULL;
    }
    Frame *frame = frame_from_rgb(packed, bands, width, height, NULL);
    frame->premultiplied = frame->plane[FRAME_ALPHA].data != NULL;
    return frame;
}

Frame *load_vips(GBytes *bytes, GBytes *icc, guint width, guint height, gboolean tolerate, GError **error)
{
    g_autoptr(VipsImage) image = open_shrunk(bytes, width, height, tolerate);
    g_autoptr(VipsImage) srgb = image ? to_srgb(image, icc, width, height) : NULL;
    g_autoptr(VipsImage) rgb = srgb ? to_rgb8(srgb) : NULL;
    if (!rgb) {
        fail(error);
        return NULL;
    }
    return to_frame(rgb, error);
}

const char *load_vips_version(void)
{
    return vips_version_string();
}
