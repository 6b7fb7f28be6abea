#include "render/render.h"

#include <malloc.h>

#include "base/error.h"
#include "render/contrast.h"
#include "render/jpeg.h"
#include "render/load_vips.h"
#include "render/scale.h"
#include "render/sizes.h"
#include "render/webp.h"

#define MOST_TRIES 4 /* to give a stamp back the contrast that its encoder takes */

void render_init(void)
{
    load_vips_init();
    stamp_init();
}

const char *render_identity(void)
{
    static char identity[128];
    if (!*identity)
        g_snprintf(identity, sizeof identity, "libvips %s zimg %s libwebp %x", load_vips_version(),
                   scale_version(), webp_version());
    return identity;
}

/* A variant on its way. */
typedef struct {
    Variant variant;
    const Rendition *rendition;
    Rect crop;
    Frame *frame; /* scaled, not yet encoded */
    Mark *mark;   /* drawn on it, or NULL */
    GBytes *xmp;
    GError *error;
} Draft;

static void draft_free(gpointer data)
{
    Draft *draft = data;
    frame_free(draft->frame);
    mark_free(draft->mark);
    g_clear_pointer(&draft->variant.bytes, g_bytes_unref);
    g_clear_error(&draft->error);
    g_free(draft);
}

void variant_free(Variant *variant)
{
    g_clear_pointer(&variant->bytes, g_bytes_unref);
    g_free(variant);
}

static GPtrArray *plan(const Preset *preset, guint width, guint height, GBytes *xmp, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
    for (guint r = 0; r < preset->n_renditions; r++) {
        const Rendition *rendition = &preset->renditions[r];
        g_autoptr(GArray) sizes = sizes_of(rendition, width, height);
        if (sizes->len == 0) {
            error_failed(error,
                         "the photo is %u x %u px: no width of rendition '%s' keeps it within WebP's 16383 "
                         "px; crop it",
                         width, height, rendition->name);
            return NULL;
        }
        for (guint i = 0; i < sizes->len; i++) {
            Draft *draft = g_new0(Draft, 1);
            Size size = g_array_index(sizes, Size, i);
            draft->variant = (Variant){ .rendition = rendition->name,
                                        .format = (ImageFormat)rendition->format,
                                        .width = size.width,
                                        .height = size.height };
            draft->rendition = rendition;
            draft->crop = sizes_crop(rendition->aspect, width, height);
            draft->xmp = xmp;
            g_ptr_array_add(drafts, draft);
        }
    }
    return g_steal_pointer(&drafts);
}

/* The size that the whole picture must have for this variant to be cut from it without enlargement. */
static void cover(const Draft *draft, guint *width, guint *height)
{
    *width = MAX(*width, (guint)(draft->variant.width / draft->crop.width + 0.999));
    *height = MAX(*height, (guint)(draft->variant.height / draft->crop.height + 0.999));
}

static int compare_area(gconstpointer a, gconstpointer b)
{
    const Draft *x = *(Draft *const *)a, *y = *(Draft *const *)b;
    double dx = x->variant.width / x->crop.width, dy = y->variant.width / y->crop.width;
    return (dx < dy) - (dx > dy);
}

/* Scales from the smallest whole picture that is at hand and at least twice as large as needed: a finished
 * variant of the same format, or else the loaded frame. */
static gboolean scale_all(const Frame *loaded, GPtrArray *drafts, GError **error)
{
    g_autoptr(GPtrArray) largest_first = g_ptr_array_copy(drafts, NULL, NULL);
    g_ptr_array_set_free_func(largest_first, NULL);
    g_ptr_array_sort(largest_first, compare_area);

    for (guint i = 0; i < largest_first->len; i++) {
        Draft *draft = largest_first->pdata[i];
        guint width = 0, height = 0;
        cover(draft, &width, &height);
        const Frame *from = loaded;
        for (guint k = 0; k < i; k++) {
            const Draft *done = largest_first->pdata[k];
            if (done->rendition->aspect == 0 && done->variant.format == draft->variant.format &&
                done->frame->width >= 2 * width && done->frame->height >= 2 * height)
                from = done->frame;
        }
        draft->frame = frame_scale(from, draft->crop, draft->variant.width, draft->variant.height,
                                   draft->variant.format == IMAGE_WEBP, error);
        if (!draft->frame)
            return FALSE;
    }
    return TRUE;
}

/* ---- Stamping ---- */

static gboolean is_stamped(const Draft *draft, const StampStyle *style)
{
    return draft->rendition->stamp && draft->variant.width >= (guint)style->min_variant_width;
}

static void make_straight(GPtrArray *drafts)
{
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        if (draft->variant.format == IMAGE_JPEG)
            frame_flatten(draft->frame);
        else
            frame_unpremultiply(draft->frame);
    }
}

static void warn(GPtrArray *warnings, const Draft *draft, const char *what)
{
    g_ptr_array_add(warnings, g_strdup_printf("the %u x %u variant %s", draft->variant.width,
                                              draft->variant.height, what));
}

/* Finds the stamp's size on each variant that carries one. FALSE where there is none. */
static gboolean fit_all(Stamp *stamp, GPtrArray *drafts, const StampStyle *style, GPtrArray *warnings)
{
    gboolean any = FALSE;
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        if (!is_stamped(draft, style))
            continue;
        draft->mark = stamp_fit(stamp, draft->variant.width, draft->variant.height);
        if (!draft->mark)
            warn(warnings, draft, "has no room for its credit");
        else if (mark_is_cut(draft->mark))
            warn(warnings, draft, "has no room for its whole credit, which is cut short");
        any = any || draft->mark;
    }
    return any;
}

/* The same corner on all variants of a photo. */
static Corner choose_corner(const Stamp *stamp, const GPtrArray *drafts, const StampStyle *style,
                            const Source *source)
{
    if (style->corner != CORNER_AUTO)
        return (Corner)style->corner;
    PlaceCost cost[CORNERS] = { 0 };
    for (guint i = 0; i < drafts->len; i++) {
        const Draft *draft = drafts->pdata[i];
        if (draft->mark)
            stamp_weigh(stamp, draft->mark, draft->frame, draft->crop, source->faces, source->n_faces, cost);
    }
    return place_choose(cost);
}

static gboolean stamp_all(GPtrArray *drafts, const Preset *preset, const Source *source,
                          const StampText *text, GPtrArray *warnings, GError **error)
{
    const StampStyle *style = &preset->stamp;
    gboolean any = FALSE; /* fonts take their time: no stamp is made where none is drawn */
    for (guint i = 0; text && i < drafts->len; i++)
        any = any || is_stamped(drafts->pdata[i], style);
    if (!any)
        return TRUE;
    g_autoptr(Stamp) stamp = stamp_new(style, text, error);
    if (!stamp)
        return FALSE;
    if (!fit_all(stamp, drafts, style, warnings))
        return TRUE;
    Corner corner = choose_corner(stamp, drafts, style, source);
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        if (draft->mark && !stamp_draw(stamp, draft->mark, draft->frame, corner, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- Encoding ---- */

static GBytes *encode(const Draft *draft, GError **error)
{
    const Rendition *rendition = draft->rendition;
    return draft->variant.format == IMAGE_JPEG
               ? jpeg_encode(draft->frame, rendition->quality, draft->xmp, error)
               : webp_encode(draft->frame, rendition->quality, rendition->method, draft->xmp, error);
}

/* The contrast that the stamp has in the file. */
static gboolean measure(const Draft *draft, GBytes *bytes, double *contrast, GError **error)
{
    const Variant *variant = &draft->variant;
    Box area = mark_area(draft->mark);
    g_autoptr(Frame) part = NULL;
    if (variant->format == IMAGE_JPEG) {
        g_autoptr(Frame) whole = jpeg_decode(bytes, variant->width, variant->height, error);
        part = whole ? frame_cut(whole, area.x, area.y, area.width, area.height) : NULL;
    } else
        part = webp_decode(bytes, area.x, area.y, area.width, area.height, error);
    if (part)
        *contrast = mark_contrast(draft->mark, part);
    return part != NULL;
}

/* Encodes a stamped variant; where that takes away too much contrast, once more with as much to spare. */
static GBytes *encode_stamped(Draft *draft, GError **error)
{
    for (int try = 0;; try++) {
        double contrast;
        g_autoptr(GBytes) bytes = encode(draft, error);
        if (!bytes || !measure(draft, bytes, &contrast, error))
            return NULL;
        draft->variant.contrast = contrast;
        if (contrast >= CONTRAST_SAFE || try == MOST_TRIES)
            return g_steal_pointer(&bytes);
        mark_strengthen(draft->mark, draft->frame, contrast);
    }
}

static void encode_one(gpointer data, gpointer user)
{
    (void)user;
    Draft *draft = data;
    Variant *variant = &draft->variant;
    variant->bytes = draft->mark ? encode_stamped(draft, &draft->error) : encode(draft, &draft->error);
    variant->stamped = draft->mark != NULL;
    if (draft->mark)
        variant->box = mark_box(draft->mark);
    g_clear_pointer(&draft->frame, frame_free);
    gboolean jpeg = variant->format == IMAGE_JPEG;
    if (variant->bytes && !(jpeg ? jpeg_check : webp_check)(variant->bytes, variant->width, variant->height,
                                                            draft->xmp, &draft->error))
        g_clear_pointer(&variant->bytes, g_bytes_unref);
}

static gboolean encode_all(GPtrArray *drafts, guint threads, GPtrArray *warnings, GError **error)
{
    if (threads > 1) { /* the largest first: it is the longest */
        GThreadPool *pool = g_thread_pool_new(encode_one, NULL, (int)threads, TRUE, error);
        if (!pool)
            return FALSE;
        g_autoptr(GPtrArray) order = g_ptr_array_copy(drafts, NULL, NULL);
        g_ptr_array_set_free_func(order, NULL);
        g_ptr_array_sort(order, compare_area);
        for (guint i = 0; i < order->len; i++)
            g_thread_pool_push(pool, order->pdata[i], NULL);
        g_thread_pool_free(pool, FALSE, TRUE);
    } else
        g_ptr_array_foreach(drafts, encode_one, NULL);

    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        if (draft->error) {
            g_propagate_error(error, g_steal_pointer(&draft->error));
            return FALSE;
        }
        if (draft->mark && draft->variant.contrast < CONTRAST_ENOUGH)
            warn(warnings, draft,
                 "is encoded so coarsely that its credit is hard to read; raise its quality");
    }
    return TRUE;
}

/* Planes of megabytes come and go: what one gives back the next one takes, without a way through the kernel,
 * which would clear every page anew. Not while the managed lane loads: what its decoders give back is of no
 * use to the next. Where mallopt() refuses, photos only take longer. */
static void keep_freed_memory(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, G_MAXINT);
    (void)mallopt(M_TRIM_THRESHOLD, G_MAXINT);
}

GPtrArray *render_photo(const Source *source, const Preset *preset, const StampText *text, GBytes *xmp,
                        guint threads, GPtrArray *warnings, Times *times, GError **error)
{
    if (source->planar)
        keep_freed_memory();
    gboolean turned = source->orientation >= 5;
    guint width = turned ? source->height : source->width, height = turned ? source->width : source->height;
    g_autoptr(GPtrArray) drafts = plan(preset, width, height, xmp, error);
    if (!drafts)
        return NULL;

    guint need_width = 1, need_height = 1;
    for (guint i = 0; i < drafts->len; i++)
        cover(drafts->pdata[i], &need_width, &need_height);
    g_autoptr(Frame) loaded =
        load_frame(source, MIN(need_width, width), MIN(need_height, height), warnings, error);
    keep_freed_memory();
    times_step(times, TIMES_LOAD);
    if (!loaded || !scale_all(loaded, drafts, error))
        return NULL;
    g_clear_pointer(&loaded, frame_free);
    make_straight(drafts);
    times_step(times, TIMES_SCALE);
    if (!stamp_all(drafts, preset, source, text, warnings, error))
        return NULL;
    times_step(times, TIMES_STAMP);
    if (!encode_all(drafts, threads, warnings, error))
        return NULL;
    times_step(times, TIMES_ENCODE);

    GPtrArray *variants = g_ptr_array_new_with_free_func((GDestroyNotify)variant_free);
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        g_ptr_array_add(variants, g_memdup2(&draft->variant, sizeof draft->variant));
        draft->variant.bytes = NULL;
    }
    return variants;
}
