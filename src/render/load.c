#include "render/load.h"

#include "render/load_jpeg.h"
#include "render/load_vips.h"
#include "render/profile.h"

Frame *load_frame(const Source *source, guint width, guint height, GPtrArray *warnings, GError **error)
{
    ProfileKind kind = profile_identify(source->icc);
    if (kind == PROFILE_BROKEN)
        g_ptr_array_add(warnings,
                        g_strdup(source->cmyk ? "its colour profile is broken; taken as general CMYK"
                                              : "its colour profile is broken; taken as sRGB"));

    g_autoptr(GBytes) icc = NULL;
    if (kind == PROFILE_NONE && source->adobe_rgb) {
        icc = profile_adobe_rgb();
        kind = PROFILE_MATRIX;
    } else if (kind == PROFILE_MATRIX || kind == PROFILE_OTHER)
        icc = g_bytes_ref(source->icc);

    gboolean turned = source->orientation >= 5;
    guint stored_width = turned ? height : width, stored_height = turned ? width : height;
    g_autofree char *warning = NULL;
    Frame *frame;
    if (!source->planar || kind == PROFILE_OTHER)
        frame = load_vips(source->bytes, icc, stored_width, stored_height, source->tolerate, error);
    else if (kind == PROFILE_MATRIX) {
        g_autofree Shaper *shaper = profile_shaper(icc);
        frame = load_jpeg_shaped(source->bytes, shaper, stored_width, stored_height, source->tolerate,
                                 &warning, error);
    } else
        frame = load_jpeg(source->bytes, stored_width, stored_height, source->tolerate, &warning, error);
    if (warning)
        g_ptr_array_add(warnings, g_steal_pointer(&warning));
    return frame ? frame_orient(frame, source->orientation) : NULL;
}
