#include "render/load_heif.h"

#include <libheif/heif.h>

static gboolean is_ok(struct heif_error error)
{
    return error.code == heif_error_Ok;
}

static HeifColour tell(const struct heif_color_profile_nclx *nclx)
{
    if (nclx->color_primaries == heif_color_primaries_ITU_R_BT_2020_2_and_2100_0 ||
        nclx->transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_PQ ||
        nclx->transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_HLG)
        return HEIF_COLOUR_VIDEO;
    return nclx->color_primaries == heif_color_primaries_SMPTE_EG_432_1 ? HEIF_COLOUR_DISPLAY_P3
                                                                        : HEIF_COLOUR_SRGB;
}

HeifColour load_heif_colour(GBytes *bytes)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    struct heif_context *context = heif_context_alloc();
    struct heif_image_handle *primary = NULL;
    struct heif_color_profile_nclx *nclx = NULL;
    HeifColour colour = HEIF_COLOUR_SRGB;

    if (is_ok(heif_context_read_from_memory_without_copy(context, data, size, NULL)) &&
        is_ok(heif_context_get_primary_image_handle(context, &primary)) &&
        is_ok(heif_image_handle_get_nclx_color_profile(primary, &nclx)))
        colour = tell(nclx);
    if (nclx)
        heif_nclx_color_profile_free(nclx);
    if (primary)
        heif_image_handle_release(primary);
    heif_context_free(context);
    return colour;
}
