/* Whose a file is: of names that begin alike, of renditions with hyphens, of strangers. */
#include "unit.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "desk/filename.h"
#include "desk/owners.h"

static void test_names(void)
{
    static const struct {
        const char *name, *stem, *rendition;
    } cases[] = {
        { "a-inline-640-0123456789.webp", "a", "inline" },
        { "a-inline-640-0123456789.jpg", "a", "inline" },
        { "a-social-16x9-1200-0123456789.jpg", "a", "social-16x9" },
        { "a-b-inline-640-0123456789.webp", "a", "b-inline" },
        { "a-b-inline-640-0123456789.webp", "a-b", "inline" },
        { "a-b-inline-640-0123456789.webp", "a-b-inline", NULL },
        { "a-b-inline-640-0123456789.webp", "a-b-inline-640", NULL },
        { "ab-inline-640-0123456789.webp", "a", NULL },
        { "a-inline-640-0123456789.png", "a", NULL },
        { "a-inline-640-012345678.webp", "a", NULL },
        { "a-inline-640-01234567890.webp", "a", NULL },
        { "a-inline-640-012345678A.webp", "a", NULL },
        { "a-inline-0123456789.webp", "a", NULL },
        { "a-inline--0123456789.webp", "a", NULL },
        { "a-640-0123456789.webp", "a", NULL },
        { "a--640-0123456789.webp", "a", NULL },
        { "-inline-640-0123456789.webp", "", NULL },
        { "a", "a", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *rendition = filename_rendition(cases[i].name, cases[i].stem);
        g_assert_cmpstr(rendition, ==, cases[i].rendition);
    }
}

static void assert_of(const Owners *owners, const char *file, const char *photo)
{
    static const char *const photos[] = { "a.jpg", "a-b.jpg", "a-social.jpg", "a.png", "gone.jpg" };
    for (gsize i = 0; i < G_N_ELEMENTS(photos); i++) {
        g_autofree char *stem = filename_stem(photos[i]);
        gboolean expected = photo && strcmp(photos[i], photo) == 0;
        if (owners_is_of(owners, "nowhere", file, photos[i], stem) != expected)
            g_error("%s of %s: not %d", file, photos[i], expected);
    }
}

/* By their names alone: none of these files is there. */
static void test_known(void)
{
    g_autoptr(Owners) owners = owners_new();
    owners_add_photo(owners, "a-b.jpg");
    owners_add_photo(owners, "a-social.jpg");
    owners_add_file(owners, "a-inline-640-aaaaaaaaaa.webp", "a.png");
    owners_add_file(owners, "a-b-inline-640-bbbbbbbbbb.webp", "a-b.jpg");
    owners_add_file(owners, "a-b-social-16x9-1200-bbbbbbbbbb.jpg", "a-b.jpg");

    assert_of(owners, "a-inline-640-aaaaaaaaaa.webp", "a.png");
    assert_of(owners, "a-b-inline-640-bbbbbbbbbb.webp", "a-b.jpg");
    assert_of(owners, "a-b-inline-640-cccccccccc.webp", "a-b.jpg");
    assert_of(owners, "gone-inline-640-cccccccccc.webp", "gone.jpg");
    assert_of(owners, "a-social-inline-640-cccccccccc.webp", "a-social.jpg");
    assert_of(owners, "a-poster-1200-0123456789.jpg", NULL);
    assert_of(owners, "gone-poster-1200-0123456789.jpg", NULL);
    assert_of(owners, "a-c-inline-640-cccccccccc.webp", NULL);
    assert_of(owners, "a-b-c-inline-640-cccccccccc.webp", NULL);
    g_assert_true(owners_is_of(owners, "nowhere", "a-inline-640-cccccccccc.webp", "a.jpg", "a"));
    g_assert_true(owners_is_of(owners, "nowhere", "a-inline-640-cccccccccc.webp", "a.png", "a"));
    g_assert_true(owners_is_of(owners, "nowhere", "a-social-16x9-1200-cccccccccc.jpg", "a.jpg", "a"));
    g_assert_false(
        owners_is_of(owners, "nowhere", "a-social-16x9-1200-cccccccccc.jpg", "a-social.jpg", "a-social"));
}

static char *make(const char *folder, const char *stem, const char *rendition, const char *text)
{
    g_autofree char *digest = digest_hex(text, strlen(text));
    char *name = filename_variant(stem, rendition, 640, digest, "webp");
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return name;
}

/* What a former preset made is known by its bytes, also where it may be of a photo that is gone. */
static void test_bytes(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-owners-XXXXXX", NULL);
    g_autofree char *former = make(folder, "a", "thumb", "1"), *gone = make(folder, "a-b", "inline", "2");
    g_autofree char *spoilt = make(folder, "a", "wide", "3");
    g_autofree char *path = g_build_filename(folder, spoilt, NULL);
    g_assert_true(g_file_set_contents(path, "4", 1, NULL));
    g_autoptr(Owners) owners = owners_new();
    owners_add_file(owners, "c-inline-640-aaaaaaaaaa.webp", "c.jpg");
    g_assert_true(owners_is_of(owners, folder, former, "a.jpg", "a"));
    g_assert_true(owners_is_of(owners, folder, gone, "a.jpg", "a"));
    g_assert_true(owners_is_of(owners, folder, gone, "a-b.jpg", "a-b"));
    g_assert_false(owners_is_of(owners, folder, spoilt, "a.jpg", "a"));
    g_assert_true(owners_is_ours(folder, former));
    g_assert_false(owners_is_ours(folder, spoilt));
    g_assert_true(file_remove_tree(folder, NULL));
}

/* Where nobody is known, a name tells of one photo all the same, and not of another that it begins with. */
static void test_guess(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-owners-XXXXXX", NULL);
    g_autofree char *inner = make(folder, "a-b", "inline", "1"),
                    *wide = make(folder, "a-b", "social-16x9", "2");
    g_autofree char *old = make(folder, "c", "thumb-square", "3"), *last = make(folder, "d-e", "small", "4");
    g_autoptr(Owners) owners = owners_new();
    owners_add_file(owners, "x-inline-640-aaaaaaaaaa.webp", "x.jpg");
    owners_add_file(owners, "x-social-16x9-640-aaaaaaaaaa.webp", "x.jpg");
    owners_add_photo(owners, "c.jpg");
    const struct {
        const char *file, *stem;
    } cases[] = { { inner, "a-b" },
                  { wide, NULL }, /* it is known by now */
                  { old, NULL },  /* since c.jpg is */
                  { last, "d-e" },
                  { "x-inline-640-aaaaaaaaaa.webp", NULL },
                  { "stranger-inline-640-0123456789.webp", NULL },
                  { "manifest.json", NULL } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *stem = owners_guess(owners, folder, cases[i].file);
        g_assert_cmpstr(stem, ==, cases[i].stem);
    }
    g_assert_false(owners_is_of(owners, folder, inner, "a.jpg", "a"));
    g_assert_true(owners_is_of(owners, folder, inner, "a-b.jpg", "a-b"));
    g_assert_false(owners_is_of(owners, folder, wide, "a.jpg", "a"));
    g_assert_true(owners_is_of(owners, folder, wide, "a-b.jpg", "a-b"));
    g_assert_true(owners_is_of(owners, folder, old, "c.jpg", "c"));
    g_assert_false(owners_is_of(owners, folder, last, "d.jpg", "d"));
    g_autoptr(Owners) wiser = owners_new();
    owners_add_file(wiser, "x-social-640-aaaaaaaaaa.webp", "x.jpg");
    owners_add_file(wiser, "x-thumb-square-640-aaaaaaaaaa.webp", "x.jpg");
    g_autofree char *shortest = owners_guess(wiser, folder, old);
    g_assert_cmpstr(shortest, ==, "c");
    g_assert_true(file_remove_tree(folder, NULL));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/owners/names", test_names);
    g_test_add_func("/owners/known", test_known);
    g_test_add_func("/owners/bytes", test_bytes);
    g_test_add_func("/owners/guess", test_guess);
    return g_test_run();
}
