#include "unit.h"

#include "photo/camera.h"

static void test_phrases(void)
{
    static const char *const defaults[] = {
        "OLYMPUS DIGITAL CAMERA",       "SONY DSC",     "DIGITAL CAMERA", "Exif_JPEG_PICTURE",
        "DCIM\\100MEDIA\\DJI_0001.JPG", "cof",          "oznor",          "KONICA MINOLTA DIGITAL CAMERA ",
        "SAMSUNG CAMERA PICTURES",      "IMG_2041.jpg", "Screenshot"
    };
    static const char *const captions[] = { "Pupils with a digital camera, in the yard",
                                            "תלמידי היסודי",
                                            "Ashkelon",
                                            "A fair",
                                            "see file fair.jpg",
                                            "celebrations",
                                            "SONY" };
    for (gsize i = 0; i < G_N_ELEMENTS(defaults); i++)
        g_assert_true(camera_wrote(defaults[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(captions); i++)
        g_assert_false(camera_wrote(captions[i]));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/camera/phrases", test_phrases);
    return g_test_run();
}
