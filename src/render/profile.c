#include "render/profile.h"

#include <lcms2.h>
#include <math.h>

#include "base/error.h"

typedef struct {
    double x[3], y[3], z[3]; /* red, green, blue adapted to D50, as an ICC profile holds them */
} Primaries;

static const Primaries srgb = { { 0.4361, 0.3851, 0.1431 },
                                { 0.2225, 0.7169, 0.0606 },
                                { 0.0139, 0.0971, 0.7142 } };
static const Primaries display_p3 = { { 0.5151, 0.2920, 0.1571 },
                                      { 0.2412, 0.6922, 0.0666 },
                                      { -0.0011, 0.0419, 0.7841 } };

#define NEAR_PRIMARY 0.003
#define NEAR_CURVE 0.004 /* linear light; the many small sRGB profiles keep within it */

static gboolean has_primaries(cmsHPROFILE profile, const Primaries *wanted)
{
    static const cmsTagSignature tags[] = { cmsSigRedColorantTag, cmsSigGreenColorantTag,
                                            cmsSigBlueColorantTag };
    for (int i = 0; i < 3; i++) {
        const cmsCIEXYZ *xyz = cmsReadTag(profile, tags[i]);
        if (!xyz || fabs(xyz->X - wanted->x[i]) > NEAR_PRIMARY ||
            fabs(xyz->Y - wanted->y[i]) > NEAR_PRIMARY || fabs(xyz->Z - wanted->z[i]) > NEAR_PRIMARY)
            return FALSE;
    }
    return TRUE;
}

static double srgb_to_linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static gboolean has_srgb_curves(cmsHPROFILE profile)
{
    static const cmsTagSignature tags[] = { cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag };
    for (int i = 0; i < 3; i++) {
        const cmsToneCurve *curve = cmsReadTag(profile, tags[i]);
        if (!curve)
            return FALSE;
        for (int v = 0; v <= 32; v++)
            if (fabs(cmsEvalToneCurveFloat(curve, (float)v / 32) - srgb_to_linear(v / 32.0)) > NEAR_CURVE)
                return FALSE;
    }
    return TRUE;
}

ProfileKind profile_identify(GBytes *icc)
{
    if (!icc)
        return PROFILE_NONE;

    gsize size;
    gconstpointer data = g_bytes_get_data(icc, &size);
    cmsHPROFILE profile = cmsOpenProfileFromMem(data, (cmsUInt32Number)MIN(size, G_MAXUINT32));
    if (!profile)
        return PROFILE_BROKEN;

    ProfileKind kind = cmsGetColorSpace(profile) == cmsSigRgbData ? PROFILE_RGB : PROFILE_OTHER;
    if (kind == PROFILE_RGB && cmsIsMatrixShaper(profile) && has_srgb_curves(profile)) {
        if (has_primaries(profile, &srgb))
            kind = PROFILE_SRGB;
        else if (has_primaries(profile, &display_p3))
            kind = PROFILE_DISPLAY_P3;
    }
    cmsCloseProfile(profile);
    return kind;
}

gboolean profile_to_srgb(GBytes *icc, guint8 *rgb, gsize stride, guint width, guint height, GError **error)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(icc, &size);
    cmsHPROFILE from = cmsOpenProfileFromMem(data, (cmsUInt32Number)MIN(size, G_MAXUINT32));
    cmsHPROFILE to = cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform =
        from && to ? cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, 0)
                   : NULL;
    if (transform) {
        cmsDoTransformLineStride(transform, rgb, rgb, width, height, (cmsUInt32Number)stride,
                                 (cmsUInt32Number)stride, 0, 0);
        cmsDeleteTransform(transform);
    }
    if (from)
        cmsCloseProfile(from);
    if (to)
        cmsCloseProfile(to);
    return transform ? TRUE : error_failed(error, "its colour profile cannot be used; save it as sRGB");
}

GBytes *profile_adobe_rgb(void)
{
    const cmsCIExyY white = { 0.3127, 0.3290, 1 };
    const cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 563 / 256.0);
    cmsToneCurve *curves[] = { gamma, gamma, gamma };
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);

    GBytes *bytes = NULL;
    cmsUInt32Number size = 0;
    if (profile && cmsSaveProfileToMem(profile, NULL, &size)) {
        g_autofree void *data = g_malloc(size);
        if (cmsSaveProfileToMem(profile, data, &size))
            bytes = g_bytes_new_take(g_steal_pointer(&data), size);
    }
    if (profile)
        cmsCloseProfile(profile);
    cmsFreeToneCurve(gamma);
    return bytes;
}
