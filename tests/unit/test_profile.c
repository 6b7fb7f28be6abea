#include "unit.h"

#include <lcms2.h>
#include <string.h>

#include "render/profile.h"

static const cmsCIExyY d65 = { 0.3127, 0.3290, 1 };
static const cmsCIExyYTRIPLE srgb_primaries = { { 0.64, 0.33, 1 }, { 0.30, 0.60, 1 }, { 0.15, 0.06, 1 } };
static const cmsCIExyYTRIPLE p3_primaries = { { 0.680, 0.320, 1 }, { 0.265, 0.690, 1 }, { 0.150, 0.060, 1 } };

static GBytes *save(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    g_assert_true(cmsSaveProfileToMem(profile, NULL, &size));
    void *data = g_malloc(size);
    g_assert_true(cmsSaveProfileToMem(profile, data, &size));
    cmsCloseProfile(profile);
    return g_bytes_new_take(data, size);
}

/* gamma 0 is the curve of sRGB, and 1 is the same as a table of 1024 entries, as version 2 profiles have it
 */
static GBytes *make_rgb(const cmsCIExyYTRIPLE *primaries, double gamma, double version, const char *name)
{
    const double parameters[] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
    cmsToneCurve *curve =
        gamma > 1 ? cmsBuildGamma(NULL, gamma) : cmsBuildParametricToneCurve(NULL, 4, parameters);
    if (gamma == 1) {
        guint16 table[1024];
        for (int i = 0; i < 1024; i++)
            table[i] = (guint16)(cmsEvalToneCurveFloat(curve, (float)i / 1023) * 65535 + 0.5F);
        cmsFreeToneCurve(curve);
        curve = cmsBuildTabulatedToneCurve16(NULL, G_N_ELEMENTS(table), table);
    }
    cmsToneCurve *curves[] = { curve, curve, curve };
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, primaries, curves);
    cmsFreeToneCurve(curve);
    cmsSetProfileVersion(profile, version);

    cmsMLU *text = cmsMLUalloc(NULL, 1);
    cmsMLUsetASCII(text, "en", "US", name);
    g_assert_true(cmsWriteTag(profile, cmsSigProfileDescriptionTag, text));
    cmsMLUfree(text);
    return save(profile);
}

static GBytes *make_grey(void)
{
    cmsToneCurve *curve = cmsBuildGamma(NULL, 1.8);
    cmsHPROFILE profile = cmsCreateGrayProfile(&d65, curve);
    cmsFreeToneCurve(curve);
    return save(profile);
}

/* One with a table for the perceptual intent beside the curves and colorants of sRGB. */
static GBytes *make_table(void)
{
    static const cmsUInt16Number corners[] = { 0, 0,     0,     0,     0,     65535, 0,     65535,
                                               0, 0,     65535, 65535, 65535, 0,     0,     65535,
                                               0, 65535, 65535, 65535, 0,     65535, 65535, 65535 };
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    cmsPipeline *table = cmsPipelineAlloc(NULL, 3, 3);
    cmsSetProfileVersion(profile, 2.1);
    cmsSetPCS(profile, cmsSigLabData);
    cmsPipelineInsertStage(table, cmsAT_BEGIN, cmsStageAllocCLut16bit(NULL, 2, 3, 3, corners));
    g_assert_true(cmsWriteTag(profile, cmsSigAToB0Tag, table));
    cmsPipelineFree(table);
    return save(profile);
}

static void test_tables(void)
{
    g_autoptr(GBytes) beside = make_table();
    g_assert_cmpint(profile_identify(beside), ==, PROFILE_RGB);
    g_autoptr(GBytes) curves = profile_display_p3();
    g_assert_false(profile_is_perceptual(curves));

    gsize size;
    gconstpointer data = g_bytes_get_data(beside, &size);
    g_autofree char *changed = g_memdup2(data, size);
    g_autoptr(GBytes) file = g_bytes_new_static(changed, size);
    char *name = memmem(changed, size, "rXYZ", 4); /* in the directory of tags */
    memcpy(name, "none", 4);
    g_assert_cmpint(profile_identify(file), ==, PROFILE_RGB);
    g_assert_true(profile_is_perceptual(file));
    char *type = memmem(changed, size, "mft2", 4);
    memcpy(type, "none", 4);
    g_assert_cmpint(profile_identify(file), ==, PROFILE_BROKEN);
}

static void test_kinds(void)
{
    g_assert_cmpint(profile_identify(NULL), ==, PROFILE_NONE);

    struct {
        GBytes *icc;
        ProfileKind kind;
    } cases[] = {
        { save(cmsCreate_sRGBProfile()), PROFILE_SRGB },
        { make_rgb(&srgb_primaries, 0, 4.3, "made up"), PROFILE_SRGB },
        { make_rgb(&srgb_primaries, 1, 2.1, "made up"), PROFILE_SRGB },
        { make_rgb(&p3_primaries, 0, 4.3, "made up"), PROFILE_MATRIX },
        { make_rgb(&p3_primaries, 1, 2.1, "made up"), PROFILE_MATRIX },
        { make_rgb(&srgb_primaries, 2.2, 4.3, "sRGB IEC61966-2.1"), PROFILE_MATRIX },
        { make_rgb(&p3_primaries, 2.6, 4.3, "Display P3"), PROFILE_MATRIX },
        { profile_adobe_rgb(), PROFILE_MATRIX },
        { profile_display_p3(), PROFILE_MATRIX },
        { make_grey(), PROFILE_GREY },
        { save(cmsCreateLab4Profile(NULL)), PROFILE_BROKEN },
        { save(cmsCreateInkLimitingDeviceLink(cmsSigCmykData, 300)), PROFILE_BROKEN },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpint(profile_identify(cases[i].icc), ==, cases[i].kind);
        g_bytes_unref(cases[i].icc);
    }
}

static void test_broken(void)
{
    g_autoptr(GBytes) whole = make_rgb(&srgb_primaries, 1, 2.1, "whole");
    gsize size;
    const guint8 *data = g_bytes_get_data(whole, &size);

    for (gsize n = 0; n < size; n++) { /* every cut, and every byte turned over, ends in some kind */
        g_autofree guint8 *cut = g_memdup2(data, n), *turned = g_memdup2(data, size);
        turned[n] ^= 0xff;
        g_autoptr(GBytes) short_one = g_bytes_new_static(cut, n),
                          wrong_one = g_bytes_new_static(turned, size);
        ProfileKind kind = profile_identify(short_one);
        if (n < 128) /* no header */
            g_assert_cmpint(kind, ==, PROFILE_BROKEN);
        profile_identify(wrong_one);
        g_free(profile_shaper(wrong_one));
    }

    g_autoptr(GBytes) text = g_bytes_new_static("no profile", 10);
    g_assert_cmpint(profile_identify(text), ==, PROFILE_BROKEN);
    g_assert_null(profile_shaper(text));
}

/* Each colour of a coarse cube is within a level of what lcms2 gives without a shortcut. */
static void check_conversion(GBytes *icc)
{
    enum { STEPS = 18, STEP = 15, COLOURS = STEPS * STEPS * STEPS };
    g_autofree guint8 *given = g_malloc(COLOURS * 3);
    for (int i = 0; i < COLOURS; i++) {
        given[3 * i] = (guint8)(i / (STEPS * STEPS) * STEP);
        given[3 * i + 1] = (guint8)(i / STEPS % STEPS * STEP);
        given[3 * i + 2] = (guint8)(i % STEPS * STEP);
    }
    g_autofree double *exact = g_new(double, COLOURS * 3);
    gsize size;
    gconstpointer data = g_bytes_get_data(icc, &size);
    cmsHPROFILE from = cmsOpenProfileFromMem(data, (cmsUInt32Number)size), to = cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform = cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_RGB_DBL,
                                                 INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    cmsDoTransform(transform, given, exact, COLOURS);
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);

    g_autofree Shaper *shaper = profile_shaper(icc);
    g_assert_nonnull(shaper);
    g_autoptr(Frame) frame = frame_from_rgb(given, 3, COLOURS, 1, 1, 1, shaper);
    for (int i = 0; i < COLOURS; i++) {
        double rgb[3];
        for (int c = 0; c < 3; c++)
            rgb[c] = CLAMP(exact[3 * i + c], 0, 1) * 255;
        double y = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
        g_assert_cmpfloat_with_epsilon(frame->plane[FRAME_Y].data[i], y, 1);
        g_assert_cmpfloat_with_epsilon(frame->plane[FRAME_CB].data[i], 128 + (rgb[2] - y) / 1.772, 1);
        g_assert_cmpfloat_with_epsilon(frame->plane[FRAME_CR].data[i], 128 + (rgb[0] - y) / 1.402, 1);
    }
}

static void test_conversion(void)
{
    g_autoptr(GBytes) adobe = profile_adobe_rgb();
    check_conversion(adobe);
    g_autoptr(GBytes) display = profile_display_p3();
    check_conversion(display);
    g_autoptr(GBytes) p3 = make_rgb(&p3_primaries, 0, 4.3, "made up");
    check_conversion(p3);
    g_autoptr(GBytes) table = make_rgb(&p3_primaries, 1, 2.1, "made up");
    check_conversion(table);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/profile/kinds", test_kinds);
    g_test_add_func("/profile/tables", test_tables);
    g_test_add_func("/profile/broken", test_broken);
    g_test_add_func("/profile/conversion", test_conversion);
    return g_test_run();
}
