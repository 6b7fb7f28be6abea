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
        { make_rgb(&p3_primaries, 0, 4.3, "made up"), PROFILE_DISPLAY_P3 },
        { make_rgb(&p3_primaries, 1, 2.1, "made up"), PROFILE_DISPLAY_P3 },
        { make_rgb(&srgb_primaries, 2.2, 4.3, "sRGB IEC61966-2.1"), PROFILE_RGB },
        { make_rgb(&p3_primaries, 2.6, 4.3, "Display P3"), PROFILE_RGB },
        { profile_adobe_rgb(), PROFILE_RGB },
        { save(cmsCreateLab4Profile(NULL)), PROFILE_OTHER },
        { save(cmsCreateInkLimitingDeviceLink(cmsSigCmykData, 300)), PROFILE_OTHER },
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
    guint8 pixel[] = { 10, 100, 200 };

    for (gsize n = 0; n < size; n++) { /* every cut, and every byte turned over, ends in some kind */
        g_autofree guint8 *cut = g_memdup2(data, n), *turned = g_memdup2(data, size);
        turned[n] ^= 0xff;
        g_autoptr(GBytes) short_one = g_bytes_new_static(cut, n),
                          wrong_one = g_bytes_new_static(turned, size);
        ProfileKind kind = profile_identify(short_one);
        if (n < 128) /* no header */
            g_assert_cmpint(kind, ==, PROFILE_BROKEN);
        profile_identify(wrong_one);
        profile_to_srgb(wrong_one, pixel, 3, 1, 1, NULL);
    }

    g_autoptr(GBytes) text = g_bytes_new_static("no profile", 10);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(profile_identify(text), ==, PROFILE_BROKEN);
    g_assert_false(profile_to_srgb(text, pixel, 3, 1, 1, &error));
    g_assert_true(g_pattern_match_simple("*profile*; save it as sRGB", error->message));
}

#define assert_near(a, b, most) g_assert_cmpint(ABS((int)(a) - (int)(b)), <=, most)

static void test_conversion(void)
{
    enum { STRIDE = 8 }; /* two pixels and two bytes that are not the picture's */
    const guint8 before[2 * STRIDE] = { 0, 0, 0, 255, 255, 255, 7, 7, 128, 128, 128, 150, 60, 60, 7, 7 };
    guint8 rgb[2 * STRIDE];

    g_autoptr(GBytes) srgb = save(cmsCreate_sRGBProfile());
    memcpy(rgb, before, sizeof rgb);
    g_assert_true(profile_to_srgb(srgb, rgb, STRIDE, 2, 2, NULL));
    for (gsize i = 0; i < sizeof rgb; i++)
        assert_near(rgb[i], before[i], 1);

    g_autoptr(GBytes) adobe = profile_adobe_rgb();
    memcpy(rgb, before, sizeof rgb);
    g_assert_true(profile_to_srgb(adobe, rgb, STRIDE, 2, 2, NULL));
    for (int i = 0; i < 3; i++) {
        assert_near(rgb[i], 0, 1);
        assert_near(rgb[3 + i], 255, 1);
        assert_near(rgb[STRIDE + i], 128, 2); /* a gamma of 2.2 is near sRGB's curve */
    }
    g_assert_cmpint(rgb[STRIDE + 3], >, 150 + 10); /* the wider gamut's red is a stronger one in sRGB */
    assert_near(rgb[STRIDE + 4], 60, 4);
    g_assert_cmpmem(rgb + 6, 2, before + 6, 2);
    g_assert_cmpmem(rgb + STRIDE + 6, 2, before + STRIDE + 6, 2);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/profile/kinds", test_kinds);
    g_test_add_func("/profile/broken", test_broken);
    g_test_add_func("/profile/conversion", test_conversion);
    return g_test_run();
}
