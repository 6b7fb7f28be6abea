#include "render/logo.h"

#include <librsvg/rsvg.h>
#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"

#define LARGEST_LOGO (16 << 20)
#define ONE_COLOUR 32 /* levels of luma that a logo of one colour has at most */

struct Logo {
    cairo_surface_t *picture; /* of a PNG */
    RsvgHandle *drawing;      /* of an SVG */
    double width, height;     /* px, of an SVG in its own units */
};

/* ---- Reading ---- */

typedef struct {
    const guint8 *data;
    gsize left;
} Reader;

static cairo_status_t read_bytes(void *closure, unsigned char *out, unsigned length)
{
    Reader *reader = closure;
    if (length > reader->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, reader->data, length);
    reader->data += length;
    reader->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static gboolean read_png(Logo *logo, Reader reader)
{
    logo->picture = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
    logo->width = cairo_image_surface_get_width(logo->picture);
    logo->height = cairo_image_surface_get_height(logo->picture);
    return cairo_surface_status(logo->picture) == CAIRO_STATUS_SUCCESS;
}

/* Without a base address: an SVG that refers to other files does not get them. */
static gboolean read_svg(Logo *logo, Reader reader)
{
    logo->drawing = rsvg_handle_new_from_data(reader.data, reader.left, NULL);
    if (!logo->drawing)
        return FALSE;
    gboolean has_box;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions(logo->drawing, NULL, NULL, NULL, NULL, &has_box, &box);
    if (has_box) {
        logo->width = box.width;
        logo->height = box.height;
        return TRUE;
    }
    return rsvg_handle_get_intrinsic_size_in_pixels(logo->drawing, &logo->width, &logo->height);
}

Logo *logo_new(const char *path, GError **error)
{
    static const guint8 png[] = { 0x89, 'P', 'N', 'G' };
    g_autofree char *shown = file_show(path);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = file_read(path, LARGEST_LOGO, NULL, NULL, &cause);
    if (!bytes) {
        error_set(error, PHOTODESK_ERROR_SETUP, "the logo %s (preset key stamp/logo) %s", shown,
                  cause->message);
        return NULL;
    }
    Reader reader;
    reader.data = g_bytes_get_data(bytes, &reader.left);
    g_autoptr(Logo) logo = g_new0(Logo, 1);
    gboolean is_png = reader.left >= sizeof png && memcmp(reader.data, png, sizeof png) == 0;
    if (!(is_png ? read_png : read_svg)(logo, reader) || !(logo->width >= 1) || !(logo->height >= 1)) {
        error_set(error, PHOTODESK_ERROR_SETUP,
                  "the logo %s (preset key stamp/logo) cannot be drawn; give a PNG or an SVG with "
                  "a size or viewBox",
                  shown);
        return NULL;
    }
    return g_steal_pointer(&logo);
}

void logo_free(Logo *logo)
{
    if (!logo)
        return;
    g_clear_pointer(&logo->picture, cairo_surface_destroy);
    g_clear_object(&logo->drawing);
    g_free(logo);
}

char *logo_identity(const char *path)
{
    g_autofree char *digest = digest_file(path);
    return g_strdup_printf("%s librsvg %s", digest ? digest : "unreadable", LIBRSVG_VERSION);
}

double logo_aspect(const Logo *logo)
{
    return logo->width / logo->height;
}

/* ---- Drawing ---- */

static cairo_surface_t *paint(const Logo *logo, guint width, guint height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    cairo_t *cairo = cairo_create(surface);
    if (logo->drawing) {
        RsvgRectangle area = { 0, 0, width, height };
        rsvg_handle_render_document(logo->drawing, cairo, &area, NULL);
    } else {
        cairo_scale(cairo, width / logo->width, height / logo->height);
        cairo_set_source_surface(cairo, logo->picture, 0, 0);
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST);
        cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
        cairo_paint(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

/* Opacity and luma of a premultiplied ARGB32 pixel; the luma of a clear one is 0. */
static guint opacity(guint32 pixel, guint *luma)
{
    guint alpha = pixel >> 24, red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255;
    *luma = alpha ? MIN(255, (red * 77 + green * 150 + blue * 29) / 256 * 255 / alpha) : 0;
    return alpha;
}

static void find_range(const guint32 *pixels, gsize n, guint *darkest, guint *lightest)
{
    *darkest = 255;
    *lightest = 0;
    for (gsize i = 0; i < n; i++) {
        guint luma;
        if (opacity(pixels[i], &luma) < 128)
            continue;
        *darkest = MIN(*darkest, luma);
        *lightest = MAX(*lightest, luma);
    }
}

static guint8 coverage(guint32 pixel, guint darkest, guint lightest)
{
    guint luma, alpha = opacity(pixel, &luma);
    if (lightest < darkest + ONE_COLOUR)
        return (guint8)alpha;
    return (guint8)(alpha * (lightest - CLAMP(luma, darkest, lightest)) / (lightest - darkest));
}

gboolean logo_draw(const Logo *logo, Mask *mask, guint x, guint y, guint width, guint height)
{
    cairo_surface_t *surface = paint(logo, width, height);
    gboolean ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        /* ARGB32's rows have no padding */
        const guint32 *pixels = (const guint32 *)(gpointer)cairo_image_surface_get_data(surface);
        guint darkest, lightest;
        find_range(pixels, (gsize)width * height, &darkest, &lightest);
        for (guint row = 0; row < height; row++)
            for (guint column = 0; column < width; column++)
                mask->data[(y + row) * mask->stride + x + column] =
                    coverage(pixels[row * width + column], darkest, lightest);
    }
    cairo_surface_destroy(surface);
    return ok;
}
