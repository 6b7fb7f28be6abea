#include "render/load.h"

#include "render/jpeg_codec.h"
#include "render/managed.h"
#include "render/orient.h"
#include "render/profile.h"

static gboolean fits(ProfileKind kind, const Source *source)
{
    switch (kind) {
    case PROFILE_NONE:
    case PROFILE_BROKEN:
        return TRUE;
    case PROFILE_GREY:
        return source->grey;
    case PROFILE_CMYK:
        return source->cmyk;
    case PROFILE_SRGB: /* whose curve is that of a grey picture without a profile */
        return !source->cmyk;
    default:
        return !source->grey && !source->cmyk;
    }
}

/* The kind of the profile that the picture is converted by, which icc is set to: PROFILE_SRGB for none. */
static ProfileKind choose_profile(const Source *source, GBytes **icc, GPtrArray *warnings)
{
    ProfileKind kind = profile_identify(source->icc);
    if (kind == PROFILE_NONE && (source->adobe_rgb || source->display_p3) && fits(PROFILE_MATRIX, source)) {
        *icc = source->display_p3 ? profile_display_p3() : profile_adobe_rgb();
        return PROFILE_MATRIX;
    }
    gboolean fit = fits(kind, source);
    if (kind == PROFILE_BROKEN || !fit)
        g_ptr_array_add(warnings, g_strdup_printf("its colour profile %s; taken as %s",
                                                  fit ? "is broken" : "does not fit its pixels",
                                                  source->cmyk ? "general CMYK" : "sRGB"));
    if (kind == PROFILE_NONE || kind == PROFILE_SRGB || kind == PROFILE_BROKEN || !fit)
        return PROFILE_SRGB;
    *icc = g_bytes_ref(source->icc);
    return kind;
}

void source_clear(Source *source)
{
    g_clear_pointer(&source->bytes, g_bytes_unref);
    g_clear_pointer(&source->icc, g_bytes_unref);
}

Size load_size(const Source *source)
{
    gboolean turned = source->orientation >= 5;
    return turned ? (Size){ source->height, source->width } : (Size){ source->width, source->height };
}

Frame *load_frame(const Source *source, guint width, guint height, GPtrArray *warnings, GError **error)
{
    g_autoptr(GBytes) icc = NULL;
    ProfileKind kind = choose_profile(source, &icc, warnings);
    gboolean turned = source->orientation >= 5;
    guint stored_width = turned ? height : width, stored_height = turned ? width : height;
    g_autofree char *warning = NULL;
    Frame *frame;
    if (source->planar && kind == PROFILE_SRGB)
        frame =
            jpeg_codec_decode(source->bytes, stored_width, stored_height, source->tolerate, &warning, error);
    else if (source->planar && kind == PROFILE_MATRIX) {
        g_autofree Shaper *shaper = profile_shaper(icc);
        frame = jpeg_codec_decode_shaped(source->bytes, shaper, stored_width, stored_height, source->tolerate,
                                         &warning, error);
    } else {
        const Managed *managed = managed_lane(error);
        frame = managed ? managed->load(source, icc, stored_width, stored_height, error) : NULL;
    }
    if (warning)
        g_ptr_array_add(warnings, g_steal_pointer(&warning));
    return frame ? frame_orient(frame, source->orientation) : NULL;
}
