#include "render/render.h"

#include "base/error.h"
#include "base/memory.h"
#include "render/contrast.h"
#include "render/draft.h"
#include "render/jpeg.h"
#include "render/placeholder.h"
#include "render/resample.h"
#include "render/webp.h"

#define MOST_TRIES 4 /* to give a stamp back the contrast that its encoder takes */

/* What a decoder's filter of block edges may take of a stamp's contrast: on photos of many kinds it is from 3
 * % more to 2 % less. */
#define DEBLOCKING 1.03

/* Of a file that is larger than its rendition allows, quality is lowered so far, and by so much each time. */
#define LEAST_QUALITY 40
#define QUALITY_STEP 4

const char *render_identity(void)
{
    static char identity[128];
    if (!*identity)
        g_snprintf(identity, sizeof identity, "libwebp %x", webp_version());
    return identity;
}

void render_prepare(const Preset *preset)
{
    stamp_prepare(&preset->stamp);
    resample_prepare();
}

void variant_free(Variant *variant)
{
    g_clear_pointer(&variant->bytes, g_bytes_unref);
    g_free(variant);
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
    gboolean any = FALSE, wanted = FALSE; /* fonts take their time: no stamp is made where none is drawn */
    for (guint i = 0; text && i < drafts->len; i++) {
        any = any || is_stamped(drafts->pdata[i], style);
        wanted = wanted || ((const Draft *)drafts->pdata[i])->rendition->stamp;
    }
    if (wanted && !any)
        g_ptr_array_add(
            warnings,
            g_strdup_printf("its credit stands on none of its variants: each is narrower than %d px "
                            "(preset key stamp/min-variant-width); send it larger",
                            style->min_variant_width));
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

/* As a file. Of a stamped WebP picture also what the encoder made of it, in *rebuilt. */
static GBytes *encode(const Draft *draft, Frame **rebuilt, GError **error)
{
    return draft->variant.format == IMAGE_JPEG
               ? jpeg_encode(draft->frame, draft->quality, draft->xmp, error)
               : webp_encode(draft->frame, draft->quality, draft->rendition->method, draft->xmp,
                             draft->mark ? rebuilt : NULL, error);
}

/* The stamp's surroundings as they are in the file. */
static Frame *decode_area(const Draft *draft, GBytes *bytes, GError **error)
{
    const Variant *variant = &draft->variant;
    Box area = mark_area(draft->mark);
    if (variant->format == IMAGE_WEBP)
        return webp_decode(bytes, area.x, area.y, area.width, area.height, error);
    g_autoptr(Frame) whole = jpeg_decode(bytes, variant->width, variant->height, error);
    return whole ? frame_cut(whole, area.x, area.y, area.width, area.height) : NULL;
}

/* The contrast that the stamp has in the file. To decode a file takes as long as a tenth of its encoding, so
 * where the encoder's own picture leaves no doubt that is enough. */
static gboolean measure(const Draft *draft, GBytes *bytes, const Frame *rebuilt, double *contrast,
                        GError **error)
{
    if (rebuilt) {
        Box area = mark_area(draft->mark);
        g_autoptr(Frame) part = frame_cut(rebuilt, area.x, area.y, area.width, area.height);
        *contrast = mark_contrast(draft->mark, part);
        if (*contrast >= CONTRAST_SAFE * DEBLOCKING)
            return TRUE;
    }
    g_autoptr(Frame) part = decode_area(draft, bytes, error);
    if (part)
        *contrast = mark_contrast(draft->mark, part);
    return part != NULL;
}

/* Encodes a stamped variant; where that takes away too much contrast, once more with as much to spare. */
static GBytes *encode_stamped(Draft *draft, GError **error)
{
    for (int try = 0;; try++) {
        double contrast;
        g_autoptr(Frame) rebuilt = NULL;
        g_autoptr(GBytes) bytes = encode(draft, &rebuilt, error);
        if (!bytes || !measure(draft, bytes, rebuilt, &contrast, error))
            return NULL;
        draft->variant.contrast = contrast;
        if (contrast >= CONTRAST_SAFE || try == MOST_TRIES)
            return g_steal_pointer(&bytes);
        mark_strengthen(draft->mark, draft->frame, contrast);
    }
}

static gboolean is_small(const Draft *draft, GBytes *bytes)
{
    gsize most = (gsize)draft->rendition->max_kib << 10;
    return most == 0 || g_bytes_get_size(bytes) <= most;
}

/* Lowers the quality until the file is as small as its rendition wants it. */
static GBytes *encode_small(Draft *draft, GError **error)
{
    for (;;) {
        g_autoptr(GBytes) bytes = draft->mark ? encode_stamped(draft, error) : encode(draft, NULL, error);
        if (!bytes || is_small(draft, bytes) || draft->quality <= LEAST_QUALITY)
            return g_steal_pointer(&bytes);
        draft->quality = MAX(draft->quality - QUALITY_STEP, LEAST_QUALITY);
    }
}

static void encode_one(gpointer data, gpointer user)
{
    (void)user;
    Draft *draft = data;
    Variant *variant = &draft->variant;
    variant->bytes = encode_small(draft, &draft->error);
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
        g_ptr_array_sort(order, draft_compare);
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
        if (!is_small(draft, draft->variant.bytes))
            warn(warnings, draft, "is larger than its rendition's max-kib, even at the least quality");
    }
    return TRUE;
}

GPtrArray *render_photo(Source *source, const RenderOrder *order, char **placeholder, Times *times,
                        GPtrArray *warnings, GError **error)
{
    Size photo = load_size(source);
    g_autoptr(GPtrArray) drafts = draft_plan(order, photo, warnings, error);
    if (!drafts)
        return NULL;

    Size need = draft_need(drafts);
    need = (Size){ MIN(need.width, photo.width), MIN(need.height, photo.height) };
    Size held = source->planar ? need : photo; /* a JPEG is made smaller as it is decoded */
    memory_prepare((guint64)held.width * held.height);
    g_autoptr(Frame) loaded = load_frame(source, need.width, need.height, warnings, error);
    source_clear(source);
    times_step(times, TIMES_LOAD);
    g_autofree char *holder = NULL;
    if (!loaded)
        return NULL;
    draft_scale(drafts, source, loaded, order->threads);
    if (!placeholder_make(&holder, (PlaceholderKind)order->preset->page.placeholder,
                          draft_least(drafts, loaded), error))
        return NULL;
    g_clear_pointer(&loaded, frame_free);
    make_straight(drafts);
    times_step(times, TIMES_SCALE);
    if (!stamp_all(drafts, order->preset, source, order->text, warnings, error))
        return NULL;
    times_step(times, TIMES_STAMP);
    if (!encode_all(drafts, order->threads, warnings, error))
        return NULL;
    times_step(times, TIMES_ENCODE);

    GPtrArray *variants = g_ptr_array_new_with_free_func((GDestroyNotify)variant_free);
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        g_ptr_array_add(variants, g_memdup2(&draft->variant, sizeof draft->variant));
        draft->variant.bytes = NULL;
    }
    *placeholder = g_steal_pointer(&holder);
    return variants;
}
