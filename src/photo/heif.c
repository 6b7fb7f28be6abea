#include "photo/heif.h"

#include <gmodule.h>
#include <libheif/heif.h>
#include <string.h>

#define MOST_ITEMS 32
#define XMP_TYPE "application/rdf+xml"

static gboolean is_ok(struct heif_error error)
{
    return error.code == heif_error_Ok;
}

static GBytes *read_item(const struct heif_image_handle *picture, heif_item_id item, gsize most)
{
    gsize size = heif_image_handle_get_metadata_size(picture, item);
    if (size == 0 || size > most)
        return NULL;
    g_autofree guchar *data = g_malloc(size);
    return is_ok(heif_image_handle_get_metadata(picture, item, data))
               ? g_bytes_new_take(g_steal_pointer(&data), size)
               : NULL;
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

/* The primary picture, not decoded. Free both with close_file(). */
typedef struct {
    struct heif_context *context;
    struct heif_image_handle *picture; /* NULL where there is none */
} File;

static File open_file(GBytes *bytes)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    File file = { heif_context_alloc(), NULL };
    if (is_ok(heif_context_read_from_memory_without_copy(file.context, data, size, NULL)) &&
        !is_ok(heif_context_get_primary_image_handle(file.context, &file.picture)))
        file.picture = NULL;
    return file;
}

static void close_file(File *file)
{
    if (file->picture)
        heif_image_handle_release(file->picture);
    heif_context_free(file->context);
}

static void read_points(Blocks *blocks, const struct heif_image_handle *picture)
{
    struct heif_color_profile_nclx *nclx = NULL;
    if (!is_ok(heif_image_handle_get_nclx_color_profile(picture, &nclx)))
        return;
    blocks->primaries = nclx->color_primaries;
    blocks->transfer = nclx->transfer_characteristics;
    heif_nclx_color_profile_free(nclx);
}

static void read_blocks(Blocks *blocks, GBytes *bytes)
{
    File file = open_file(bytes);
    heif_item_id items[MOST_ITEMS];
    int n = file.picture
                ? heif_image_handle_get_list_of_metadata_block_IDs(file.picture, NULL, items, MOST_ITEMS)
                : 0;
    for (int i = 0; i < n; i++)
        take_item(blocks, file.picture, items[i], g_bytes_get_size(bytes));
    if (file.picture) {
        read_points(blocks, file.picture);
        blocks->premultiplied = heif_image_handle_is_premultiplied_alpha(file.picture) != 0;
    }
    close_file(&file);
}

G_MODULE_EXPORT const Heif heif_functions = { read_blocks };
