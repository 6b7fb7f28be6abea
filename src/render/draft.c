#include "render/draft.h"

#include "base/error.h"

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

GPtrArray *draft_plan(const Preset *preset, Size photo, GBytes *xmp, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
    for (guint r = 0; r < preset->n_renditions; r++) {
        const Rendition *rendition = &preset->renditions[r];
        g_autoptr(GArray) sizes = sizes_of(rendition, photo.width, photo.height);
        if (sizes->len == 0) {
            error_failed(error,
                         "the photo is %u x %u px: no width of rendition '%s' keeps it within WebP's 16383 "
                         "px; crop it",
                         photo.width, photo.height, rendition->name);
            return NULL;
        }
        for (guint i = 0; i < sizes->len; i++)
            g_ptr_array_add(drafts, draft_new(rendition, g_array_index(sizes, Size, i), photo, xmp));
    }
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

gboolean draft_crop(GPtrArray *drafts, const Source *source, const Frame *loaded, GError **error)
{
    g_autoptr(Glance) glance = NULL;
    for (guint i = 0; i < drafts->len; i++) {
        Draft *draft = drafts->pdata[i];
        const Draft *last = i > 0 ? drafts->pdata[i - 1] : NULL;
        if (last && last->rendition == draft->rendition)
            draft->variant.crop = last->variant.crop;
        else if (!crop_find(&draft->variant.crop, (CropMode)draft->rendition->crop, draft->part, source,
                            loaded, &glance, error))
            return FALSE;
        draft->crop = crop_rect(&draft->variant.crop, source);
    }
    return TRUE;
}

int draft_compare(gconstpointer a, gconstpointer b)
{
    const Draft *x = *(Draft *const *)a, *y = *(Draft *const *)b;
    double dx = x->variant.width / x->crop.width, dy = y->variant.width / y->crop.width;
    return (dx < dy) - (dx > dy);
}

/* The smallest whole picture that is at hand and at least twice as large as needed: of those that are done,
 * one of the same format, or else the loaded frame. */
static const Frame *choose_source(const Draft *draft, GPtrArray *done, guint n_done, const Frame *loaded)
{
    Size need = cover(draft);
    const Frame *from = loaded;
    for (guint i = 0; i < n_done; i++) {
        const Draft *other = done->pdata[i];
        if (!other->variant.crop.by && other->variant.format == draft->variant.format &&
            other->frame->width >= 2 * need.width && other->frame->height >= 2 * need.height)
            from = other->frame;
    }
    return from;
}

gboolean draft_scale(GPtrArray *drafts, const Frame *loaded, GError **error)
{
    g_autoptr(GPtrArray) largest_first = g_ptr_array_copy(drafts, NULL, NULL);
    g_ptr_array_set_free_func(largest_first, NULL);
    g_ptr_array_sort(largest_first, draft_compare);

    for (guint i = 0; i < largest_first->len; i++) {
        Draft *draft = largest_first->pdata[i];
        const Frame *from = choose_source(draft, largest_first, i, loaded);
        draft->frame = frame_scale(from, draft->crop, draft->variant.width, draft->variant.height,
                                   draft->variant.format == IMAGE_WEBP, error);
        if (!draft->frame)
            return FALSE;
    }
    return TRUE;
}
