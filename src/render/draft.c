#include "render/draft.h"

#include "base/error.h"
#include "render/glance.h"

static void draft_free(gpointer data)
{
    Draft *draft = data;
    frame_free(draft->frame);
    mark_free(draft->mark);
    g_clear_pointer(&draft->variant.bytes, g_bytes_unref);
    g_clear_error(&draft->error);
    g_free(draft);
}

static Draft *draft_new(const Rendition *rendition, Size size, Size photo, GBytes *xmp)
{
    Draft *draft = g_new0(Draft, 1);
    draft->variant = (Variant){ .rendition = rendition->name,
                                .format = (ImageFormat)rendition->format,
                                .width = size.width,
                                .height = size.height };
    draft->rendition = rendition;
    draft->quality = rendition->quality;
    draft->part = sizes_part(rendition, photo.width, photo.height);
    draft->crop =
        (Rect){ 0, 0, (double)draft->part.width / photo.width, (double)draft->part.height / photo.height };
    draft->xmp = xmp;
    return draft;
}

static gboolean plan_rendition(GPtrArray *drafts, const Rendition *rendition, Size photo, GBytes *xmp,
                               GError **error)
{
    g_autoptr(GArray) sizes = sizes_of(rendition, photo.width, photo.height);
    for (guint i = 0; i < sizes->len; i++)
        g_ptr_array_add(drafts, draft_new(rendition, g_array_index(sizes, Size, i), photo, xmp));
    return sizes->len > 0 ||
           error_failed(error,
                        "the photo is %u x %u px: no width of rendition '%s' keeps it within WebP's 16383 "
                        "px; crop it",
                        photo.width, photo.height, rendition->name);
}

/* One warning for all of the photo's renditions. */
static void warn_of_small(const GPtrArray *drafts, GPtrArray *warnings)
{
    g_autoptr(GString) small = g_string_new(NULL);
    for (guint i = 0; i < drafts->len; i++) {
        const Draft *draft = drafts->pdata[i], *next = i + 1 < drafts->len ? drafts->pdata[i + 1] : NULL;
        gboolean widest = !next || next->rendition != draft->rendition;
        if (widest && draft->variant.width < (guint)draft->rendition->least_width)
            g_string_append_printf(small, "%s%s (%u px wide, not %d)", small->len > 0 ? ", " : "",
                                   draft->rendition->name, draft->variant.width,
                                   draft->rendition->least_width);
    }
    if (small->len > 0)
        g_ptr_array_add(warnings, g_strdup_printf("it is too small for %s; send a larger one", small->str));
}

GPtrArray *draft_plan(const RenderOrder *order, Size photo, GPtrArray *warnings, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
    for (guint i = 0; i < order->preset->n_renditions; i++) {
        const Rendition *rendition = &order->preset->renditions[i];
        if (rendition_is_for(rendition, order->lead) &&
            !plan_rendition(drafts, rendition, photo, order->xmp, error))
            return NULL;
    }
    warn_of_small(drafts, warnings);
    return g_steal_pointer(&drafts);
}

/* The size that the whole picture must have for this variant to be cut from it without enlargement. */
static Size cover(const Draft *draft)
{
    return (Size){ (guint)(draft->variant.width / draft->crop.width + 0.999),
                   (guint)(draft->variant.height / draft->crop.height + 0.999) };
}

Size draft_need(const GPtrArray *drafts)
{
    Size need = { 1, 1 };
    for (guint i = 0; i < drafts->len; i++) {
        Size one = cover(drafts->pdata[i]);
        need = (Size){ MAX(need.width, one.width), MAX(need.height, one.height) };
    }
    return need;
}

int draft_compare(gconstpointer a, gconstpointer b)
{
    const Draft *x = *(Draft *const *)a, *y = *(Draft *const *)b;
    double dx = x->variant.width / x->crop.width, dy = y->variant.width / y->crop.width;
    return (dx < dy) - (dx > dy);
}

static gboolean is_cropped(const Draft *draft)
{
    return draft->crop.width < 1 || draft->crop.height < 1;
}

/* The smallest whole picture that is at hand and at least twice as large as needed: the frame of another one
 * of the same format, or else the loaded one. */
static const Frame *choose_source(const Draft *draft, const GPtrArray *largest_first, const Frame *loaded)
{
    Size need = cover(draft);
    const Frame *from = loaded;
    for (guint i = 0; i < largest_first->len; i++) {
        const Draft *other = largest_first->pdata[i];
        if (other->frame && !is_cropped(other) && other->variant.format == draft->variant.format &&
            other->frame->width >= 2 * need.width && other->frame->height >= 2 * need.height)
            from = other->frame;
    }
    return from;
}

static void scale_some(GPtrArray *largest_first, gboolean cropped, const Frame *loaded, guint threads)
{
    for (guint i = 0; i < largest_first->len; i++) {
        Draft *draft = largest_first->pdata[i];
        if (is_cropped(draft) != cropped)
            continue;
        const Frame *from = choose_source(draft, largest_first, loaded);
        draft->frame = frame_scale(from, draft->crop, draft->variant.width, draft->variant.height,
                                   draft->variant.format == IMAGE_WEBP, threads);
    }
}

/* Whose crop is that of all variants of its rendition. */
static gboolean is_first(const GPtrArray *drafts, guint i)
{
    const Draft *draft = drafts->pdata[i], *last = i > 0 ? drafts->pdata[i - 1] : NULL;
    return !last || last->rendition != draft->rendition;
}

/* Finds where the crops lie, by what a frame of the whole photo shows. */
static void lay_crops(GPtrArray *drafts, const Source *source, const Frame *whole)
{
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        if (!is_first(drafts, i))
            draft->variant.crop = ((const Draft *)drafts->pdata[i - 1])->variant.crop;
        else
            draft->variant.crop = crop_find((CropMode)draft->rendition->crop, draft->part, source, whole);
        draft->crop = crop_rect(&draft->variant.crop, source);
    }
}

void draft_scale(GPtrArray *drafts, const Source *source, const Frame *loaded, guint threads)
{
    g_autoptr(GPtrArray) largest_first = g_ptr_array_copy(drafts, NULL, NULL);
    g_ptr_array_set_free_func(largest_first, NULL);
    g_ptr_array_sort(largest_first, draft_compare);
    scale_some(largest_first, FALSE, loaded, threads);
    lay_crops(drafts, source, draft_least(drafts, loaded));
    scale_some(largest_first, TRUE, loaded, threads);
}

const Frame *draft_least(const GPtrArray *drafts, const Frame *loaded)
{
    const Frame *least = loaded;
    for (guint i = 0; i < drafts->len; i++) {
        const Draft *draft = drafts->pdata[i];
        if (draft->frame && !is_cropped(draft) && draft->frame->width < least->width &&
            MAX(draft->frame->width, draft->frame->height) >= GLANCE_SIDE)
            least = draft->frame;
    }
    return least;
}
