#include "render/load.h"

#include "render/load_jpeg.h"
#include "render/load_vips.h"
#include "render/profile.h"
#include "render/scale.h"

static Frame *load_planar(const Source *source, ProfileKind kind, guint width, guint height, char **warning,
                          GError **error)
{
    Frame *frame = load_jpeg(source->bytes, width, height, source->tolerate, warning, error);
    return frame && kind == PROFILE_DISPLAY_P3 ? frame_from_display_p3(frame, error) : frame;
}

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
        kind = PROFILE_RGB;
    } else if (kind == PROFILE_DISPLAY_P3 || kind == PROFILE_RGB || kind == PROFILE_OTHER)
        icc = g_bytes_ref(source->icc);

    gboolean turned = source->orientation >= 5;
    guint stored_width = turned ? height : width, stored_height = turned ? width : height;
    g_autofree char *warning = NULL;
    Frame *frame;
    if (!source->planar || kind == PROFILE_OTHER)
        frame = load_vips(source->bytes, icc, stored_width, stored_height, source->tolerate, error);
    else if (kind == PROFILE_RGB)
        frame = load_jpeg_by_profile(source->bytes, icc, stored_width, stored_height, source->tolerate,
                                     &warning, error);
    else
        frame = load_planar(source, kind, stored_width, stored_height, &warning, error);
    if (warning)
        g_ptr_array_add(warnings, g_steal_pointer(&warning));
    return frame ? frame_orient(frame, source->orientation) : NULL;
}
