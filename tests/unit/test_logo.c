#include "unit.h"

#include <string.h>

#include "base/file.h"
#include "render/logo.h"

static char *folder;

static Logo *load(const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "logo", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return logo_new(path, error);
}

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>"

static guint8 at(const Mask *mask, guint x, guint y)
{
    return mask->data[y * mask->stride + x];
}

/* One colour, whichever it is: covered where it is opaque. */
static void test_one_colour(void)
{
    static const char *const colours[] = { "black", "white", "#c00" };
    for (gsize i = 0; i < G_N_ELEMENTS(colours); i++) {
        g_autofree char *text =
            g_strdup_printf(SVG "<rect width='20' height='20' fill='%s'/></svg>", colours[i]);
        g_autoptr(Logo) logo = load(text, NULL);
        g_assert_cmpfloat(logo_aspect(logo), ==, 2);
        g_autoptr(Mask) mask = mask_new(50, 30);
        g_assert_true(logo_draw(logo, mask, 5, 5, 40, 20));
        g_assert_cmpuint(at(mask, 4, 10), ==, 0);
        g_assert_cmpuint(at(mask, 5, 5), ==, 255);
        g_assert_cmpuint(at(mask, 24, 24), ==, 255);
        g_assert_cmpuint(at(mask, 25, 10), ==, 0);
        g_assert_cmpuint(at(mask, 24, 25), ==, 0);
    }
}

/* Several: what is light in it is left free. */
static void test_two_colours(void)
{
    g_autoptr(Logo) logo = load(SVG "<rect width='40' height='20' fill='#036'/>"
                                    "<rect x='10' y='5' width='10' height='10' fill='white'/></svg>",
                                NULL);
    g_autoptr(Mask) mask = mask_new(80, 40);
    g_assert_true(logo_draw(logo, mask, 0, 0, 80, 40));
    g_assert_cmpuint(at(mask, 2, 2), ==, 255);
    g_assert_cmpuint(at(mask, 30, 20), ==, 0);
}

static void test_faults(void)
{
    static const char *const texts[] = { "", "no picture", "\x89PNG\r\n\x1a\ncut", "<html></html>",
                                         "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load(texts[i], &error));
        g_assert_nonnull(strstr(error->message, "(preset key stamp/logo) cannot be drawn"));
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(logo_new("/no/such/logo.svg", &error));
    g_assert_nonnull(strstr(error->message, "logo.svg (preset key stamp/logo)"));
}

static void test_identity(void)
{
    g_autoptr(Logo) first = load(SVG "</svg>", NULL);
    g_autofree char *path = g_build_filename(folder, "logo", NULL);
    g_autofree char *before = logo_identity(path);
    g_autoptr(Logo) second = load(SVG "<g/></svg>", NULL);
    g_autofree char *after = logo_identity(path);
    g_assert_true(first && second);
    g_assert_cmpstr(before, !=, after);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    folder = g_dir_make_tmp("photodesk-logo-XXXXXX", NULL);
    g_test_add_func("/logo/one-colour", test_one_colour);
    g_test_add_func("/logo/two-colours", test_two_colours);
    g_test_add_func("/logo/faults", test_faults);
    g_test_add_func("/logo/identity", test_identity);
    int status = g_test_run();
    g_assert_true(file_remove_tree(folder, NULL));
    g_free(folder);
    return status;
}
