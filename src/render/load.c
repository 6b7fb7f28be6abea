#include "render/load.h"

#include "render/load_jpeg.h"
#include "render/load_vips.h"
#include "render/profile.h"
#include "render/scale.h"

static Frame *load_planar(const Source *source, ProfileKind kind, guint width, guint height,
                          GPtrArray *warnings, GError **error)
{
    g_autofree char *warning = NULL;
    JpegHeader header;
    if (!load_jpeg_header(&header, source->bytes, error))
        return NULL;
    Frame *frame = load_jpeg(source->bytes, &header, width, height, source->tolerate, &warning, error);
    if (warning)
        g_ptr_array_add(warnings, g_steal_pointer(&warning));
    return frame && kind == PROFILE_DISPLAY_P3 ? frame_from_display_p3(frame, error) : frame;
}

static Frame *load_managed(const Source *source, ProfileKind kind, guint width, guint height, GError **error)
{
    g_autoptr(GBytes) icc = NULL;
    if (kind == PROFILE_DISPLAY_P3 || kind == PROFILE_OTHER)
        icc = g_bytes_ref(source->icc);
    else if (kind == PROFILE_NONE && source->adobe_rgb)
        icc = profile_adobe_rgb();
    return load_vips(source->bytes, icc, width, height, source->tolerate, error);
}

Frame *load_frame(const Source *source, guint width, guint height, GPtrArray *warnings, GError **error)
{
    ProfileKind kind = profile_identify(source->icc);
    if (kind == PROFILE_BROKEN)
        g_ptr_array_add(warnings,
                        g_strdup(source->cmyk ? "its colour profile is broken; taken as general CMYK"
                                              : "its colour profile is broken; taken as sRGB"));

    gboolean turned = source->orientation >= 5;
    guint stored_width = turned ? height : width, stored_height = turned ? width : height;
    gboolean planar = source->planar && kind != PROFILE_OTHER && !(kind == PROFILE_NONE && source->adobe_rgb);
    Frame *frame = planar ? load_planar(source, kind, stored_width, stored_height, warnings, error)
                          : load_managed(source, kind, stored_width, stored_height, error);
    return frame ? frame_orient(frame, source->orientation) : NULL;
}
