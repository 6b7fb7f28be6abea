#include "photo/heif.h"

#include <libheif/heif.h>
#include <string.h>

#define MOST_ITEMS 32
#define XMP_TYPE "application/rdf+xml"

static GBytes *read_item(const struct heif_image_handle *picture, heif_item_id item, gsize most)
{
    gsize size = heif_image_handle_get_metadata_size(picture, item);
    if (size == 0 || size > most)
        return NULL;
    g_autofree guchar *data = g_malloc(size);
    struct heif_error error = heif_image_handle_get_metadata(picture, item, data);
    return error.code == heif_error_Ok ? g_bytes_new_take(g_steal_pointer(&data), size) : NULL;
}

/* An Exif item says in its first four bytes how far behind them the TIFF header stands. */
static GBytes *skip_offset(GBytes *item)
{
    gsize size;
    const guchar *p = g_bytes_get_data(item, &size);
    if (size < 4)
        return NULL;
    guint64 begin = 4 + ((guint64)p[0] << 24 | (guint64)p[1] << 16 | (guint64)p[2] << 8 | p[3]);
    return begin < size ? g_bytes_new_from_bytes(item, begin, size - begin) : NULL;
}

static void take_item(Blocks *blocks, const struct heif_image_handle *picture, heif_item_id id, gsize most)
{
    const char *type = heif_image_handle_get_metadata_type(picture, id);
    const char *content = heif_image_handle_get_metadata_content_type(picture, id);
    gboolean exif = g_strcmp0(type, "Exif") == 0 && !blocks->exif;
    gboolean xmp = g_strcmp0(type, "mime") == 0 && g_strcmp0(content, XMP_TYPE) == 0 && !blocks->xmp;
    g_autoptr(GBytes) item = exif || xmp ? read_item(picture, id, most) : NULL;
    if (!item)
        return;
    if (exif)
        blocks->exif = skip_offset(item);
    else
        blocks->xmp = g_steal_pointer(&item);
}

void heif_read_blocks(Blocks *blocks, GBytes *bytes)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    struct heif_context *context = heif_context_alloc();
    struct heif_image_handle *picture = NULL;
    if (heif_context_read_from_memory_without_copy(context, data, size, NULL).code == heif_error_Ok &&
        heif_context_get_primary_image_handle(context, &picture).code == heif_error_Ok) {
        heif_item_id items[MOST_ITEMS];
        int n = heif_image_handle_get_list_of_metadata_block_IDs(picture, NULL, items, MOST_ITEMS);
        for (int i = 0; i < n; i++)
            take_item(blocks, picture, items[i], size);
    }
    heif_image_handle_release(picture);
    heif_context_free(context);
}
