#include "render/profile.h"

#include <lcms2.h>
#include <math.h>

#define NEAR_PRIMARY 0.003
#define NEAR_CURVE 0.004 /* linear light; the many small sRGB profiles keep within it */

/* An RGB matrix profile's values: row X, Y, Z by column red, green, blue, adapted to D50; and curves. */
typedef struct {
    double colorants[3][3];
    const cmsToneCurve *curve[3]; /* borrowed from the profile */
} Values;

static cmsHPROFILE open_profile(GBytes *icc)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(icc, &size);
    return cmsOpenProfileFromMem(data, (cmsUInt32Number)MIN(size, G_MAXUINT32));
}

static gboolean read_values(cmsHPROFILE profile, Values *values)
{
    static const cmsTagSignature colorants[] = { cmsSigRedColorantTag, cmsSigGreenColorantTag,
                                                 cmsSigBlueColorantTag };
    static const cmsTagSignature curves[] = { cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag };
    if (cmsGetColorSpace(profile) != cmsSigRgbData || !cmsIsMatrixShaper(profile))
        return FALSE;
    for (int c = 0; c < 3; c++) {
        const cmsCIEXYZ *xyz = cmsReadTag(profile, colorants[c]);
        values->curve[c] = cmsReadTag(profile, curves[c]);
        if (!xyz || !values->curve[c])
            return FALSE;
        values->colorants[0][c] = xyz->X;
        values->colorants[1][c] = xyz->Y;
        values->colorants[2][c] = xyz->Z;
    }
    return TRUE;
}

/* IEC 61966-2-1, its primaries adapted to D50 by the Bradford method as ICC.1 asks. */
static const double srgb[3][3] = {
    { 0.4360747, 0.3850649, 0.1430804 },
    { 0.2225045, 0.7168786, 0.0606169 },
    { 0.0139322, 0.0971045, 0.7141733 },
};

static gboolean is_srgb(const Values *values)
{
    for (int row = 0; row < 3; row++)
        for (int c = 0; c < 3; c++)
            if (fabs(values->colorants[row][c] - srgb[row][c]) > NEAR_PRIMARY)
                return FALSE;
    for (int c = 0; c < 3; c++)
        for (int v = 0; v <= 32; v++)
            if (fabs(cmsEvalToneCurveFloat(values->curve[c], (float)v / 32) - colour_linear(v / 32.0)) >
                NEAR_CURVE)
                return FALSE;
    return TRUE;
}

/* Tables count before the curves and primaries beside them (ICC.1:2022, 8.10.2); those for the perceptual
 * intent are for each intent that has none of its own. */
static gboolean has_tables(cmsHPROFILE profile)
{
    return cmsIsTag(profile, cmsSigAToB0Tag) || cmsIsTag(profile, cmsSigAToB1Tag) ||
           cmsIsTag(profile, cmsSigDToB1Tag);
}

/* Whether lcms2 makes a way to sRGB of it, which it does not of damaged curves and tables. */
static gboolean leads_to_srgb(cmsHPROFILE profile, cmsUInt32Number layout)
{
    cmsHPROFILE to = cmsCreate_sRGBProfile();
    cmsHTRANSFORM way = cmsCreateTransform(profile, layout, to, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                                           cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    gboolean there = way != NULL;
    if (way)
        cmsDeleteTransform(way);
    cmsCloseProfile(to);
    return there;
}

static gboolean is_for_pictures(cmsHPROFILE profile, cmsUInt32Number layout)
{
    cmsProfileClassSignature class = cmsGetDeviceClass(profile);
    return (class == cmsSigInputClass || class == cmsSigDisplayClass || class == cmsSigOutputClass ||
            class == cmsSigColorSpaceClass) &&
           leads_to_srgb(profile, layout);
}

static ProfileKind kind_of_space(cmsHPROFILE profile)
{
    static const struct {
        cmsColorSpaceSignature space;
        cmsUInt32Number layout;
        ProfileKind kind;
    } kinds[] = { { cmsSigRgbData, TYPE_RGB_8, PROFILE_RGB },
                  { cmsSigGrayData, TYPE_GRAY_8, PROFILE_GREY },
                  { cmsSigCmykData, TYPE_CMYK_8, PROFILE_CMYK } };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (cmsGetColorSpace(profile) == kinds[i].space && is_for_pictures(profile, kinds[i].layout))
            return kinds[i].kind;
    return PROFILE_BROKEN;
}

ProfileKind profile_identify(GBytes *icc)
{
    if (!icc)
        return PROFILE_NONE;
    cmsHPROFILE profile = open_profile(icc);
    if (!profile)
        return PROFILE_BROKEN;

    Values values;
    ProfileKind kind;
    if (!has_tables(profile) && read_values(profile, &values))
        kind = is_srgb(&values) ? PROFILE_SRGB : PROFILE_MATRIX;
    else
        kind = kind_of_space(profile);
    cmsCloseProfile(profile);
    return kind;
}

gboolean profile_is_perceptual(GBytes *icc)
{
    cmsHPROFILE profile = open_profile(icc);
    gboolean alone = profile && cmsIsTag(profile, cmsSigAToB0Tag) &&
                     !cmsIsIntentSupported(profile, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_INPUT);
    if (profile)
        cmsCloseProfile(profile);
    return alone;
}

char *profile_name(GBytes *icc)
{
    enum { LONGEST = 256 };
    wchar_t wide[LONGEST] = L"";
    cmsHPROFILE profile = open_profile(icc);
    if (profile) {
        cmsGetProfileInfo(profile, cmsInfoDescription, "en", "US", wide, sizeof wide);
        cmsCloseProfile(profile);
    }
    wide[LONGEST - 1] = L'\0';
    return *wide ? g_ucs4_to_utf8((const gunichar *)wide, -1, NULL, NULL, NULL) : NULL;
}

/* ---- To sRGB ---- */

static void multiply(double out[3][3], const double a[3][3], const double b[3][3])
{
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            out[row][column] = a[row][0] * b[0][column] + a[row][1] * b[1][column] + a[row][2] * b[2][column];
}

Shaper *profile_shaper(GBytes *icc)
{
    /* the inverse of srgb */
    static const double to_srgb[3][3] = {
        { 3.1338564, -1.6168668, -0.4906148 },
        { -0.9787686, 1.9161416, 0.0334541 },
        { 0.0719452, -0.2289913, 1.4052427 },
    };
    Shaper *shaper = NULL;
    Values values;
    cmsHPROFILE profile = open_profile(icc);
    if (profile && read_values(profile, &values)) {
        double curve[3][256], matrix[3][3];
        for (int c = 0; c < 3; c++)
            for (int v = 0; v < 256; v++)
                curve[c][v] = cmsEvalToneCurveFloat(values.curve[c], (float)v / 255);
        multiply(matrix, to_srgb, values.colorants);
        shaper = shaper_new(curve, matrix);
    }
    if (profile)
        cmsCloseProfile(profile);
    return shaper;
}

/* Takes ownership of the tone curve; primaries are on a white of D65. */
static GBytes *make_profile(const cmsCIExyYTRIPLE *primaries, cmsToneCurve *curve)
{
    const cmsCIExyY white = { 0.3127, 0.3290, 1 };
    cmsToneCurve *curves[] = { curve, curve, curve };
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, primaries, curves);

    GBytes *bytes = NULL;
    cmsUInt32Number size = 0;
    if (profile && cmsSaveProfileToMem(profile, NULL, &size)) {
        g_autofree void *data = g_malloc(size);
        if (cmsSaveProfileToMem(profile, data, &size))
            bytes = g_bytes_new_take(g_steal_pointer(&data), size);
    }
    if (profile)
        cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return bytes;
}

GBytes *profile_adobe_rgb(void)
{
    const cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
    return make_profile(&primaries, cmsBuildGamma(NULL, 563 / 256.0));
}

GBytes *profile_display_p3(void)
{
    /* IEC 61966-2-1's curve, as lcms2's parametric type 4: gamma, a, b, c, d */
    const cmsFloat64Number curve[] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
    const cmsCIExyYTRIPLE primaries = { { 0.68, 0.32, 1 }, { 0.265, 0.69, 1 }, { 0.15, 0.06, 1 } };
    return make_profile(&primaries, cmsBuildParametricToneCurve(NULL, 4, curve));
}
