#include "unit.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "preset/preset.h"

static char *folder; /* with a copy of base.preset, so that a preset there may extend it */

static char *write_preset(const char *name, const char *text)
{
    char *path = g_strdup_printf("%s/%s.preset", folder, name);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* Errors of every kind are usage errors. */
static Preset *load(const char *text, GError **error)
{
    g_autofree char *path = write_preset("tested", text);
    return preset_load(path, error);
}

#define EXTENDS "[preset]\ntitle = Tested\nextends = base\n"
#define RENDITION                                                                                            \
    "[rendition one]\nwidths = 640;320\naspect = 3:2\nformat = webp\nquality = 70\nmethod = 3\nstamp = "     \
    "true\n"

static void test_inheritance(void)
{
    g_autofree char *parent = write_preset("parent", EXTENDS RENDITION "[stamp]\nweight = 300\n");
    g_assert_nonnull(parent);
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset =
        load("[preset]\ntitle = Child\nextends = parent\n[rendition one]\nquality = 50\n"
             "[rendition two]\nwidths = 8\naspect = source\nformat = webp\nquality = 1\nmethod = 0\nstamp = "
             "false\n"
             "[stamp]\nfonts = First; Second\n[credit]\nlabel[ru] = Фото:\n",
             &error);
    g_assert_no_error(error);
    g_assert_cmpstr(preset->name, ==, "tested");
    g_assert_cmpstr(preset->title, ==, "Child");
    g_assert_cmpstr(preset->language, ==, "he"); /* of base */
    g_assert_cmpint(preset->stamp.weight, ==, 300);
    g_assert_cmpstr(preset->stamp.fonts[0], ==, "First");
    g_assert_cmpstr(preset->stamp.fonts[1], ==, "Second");
    g_assert_null(preset->stamp.fonts[2]);
    g_assert_cmpstr(preset_label(preset, "ru"), ==, "Фото:");
    g_assert_cmpstr(preset_label(preset, "en"), ==, "Photo:");
    g_assert_null(preset_label(preset, "fr"));

    g_assert_cmpuint(preset->n_renditions, ==, 2);
    const Rendition *one = &preset->renditions[0];
    g_assert_cmpstr(one->name, ==, "one");
    g_assert_cmpuint(one->widths.n, ==, 2);
    g_assert_cmpuint(one->widths.widths[0], ==, 320);
    g_assert_cmpuint(one->widths.widths[1], ==, 640);
    g_assert_cmpfloat(one->aspect, ==, 1.5);
    g_assert_cmpfloat(one->quality, ==, 50);
    g_assert_true(one->stamp);
    g_assert_cmpstr(preset->renditions[1].name, ==, "two");
    g_assert_cmpfloat(preset->renditions[1].aspect, ==, 0);
}

/* As many presets may extend one another as any desk will have, and no more: a circle ends there. */
static void test_chains(void)
{
    for (int i = 0; i < 12; i++) {
        g_autofree char *name = g_strdup_printf("chain%d", i);
        g_autofree char *text = i == 0
                                    ? g_strdup(EXTENDS)
                                    : g_strdup_printf("[preset]\ntitle = %d\nextends = chain%d\n", i, i - 1);
        g_free(write_preset(name, text));
    }
    g_autofree char *allowed = g_build_filename(folder, "chain7.preset", NULL);
    g_autoptr(Preset) preset = preset_load(allowed, NULL);
    g_assert_cmpstr(preset->title, ==, "7");

    g_autofree char *deep = g_build_filename(folder, "chain11.preset", NULL);
    g_autofree char *self = write_preset("self", "[preset]\ntitle = x\nextends = self\n");
    g_autofree char *ping = write_preset("ping", "[preset]\ntitle = x\nextends = pong\n");
    g_free(write_preset("pong", "[preset]\ntitle = x\nextends = ping\n"));
    const char *const circles[] = { deep, ping, self };
    for (gsize i = 0; i < G_N_ELEMENTS(circles); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(preset_load(circles[i], &error));
        g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE);
        /* of a name that it has itself, it extends another */
        g_assert_nonnull(
            strstr(error->message, circles[i] == self ? "There is no other preset 'self'" : "in a circle"));
    }
}

static void test_faults(void)
{
    static const struct {
        const char *text, *pattern;
    } faults[] = {
        { "", "*tested.preset: [preset] title is missing; it must be some text" },
        { "no key file", "*tested.preset: *" },
        { EXTENDS "[stamp]\nweight = 50\n",
          "*tested.preset: [stamp] weight = 50: must be a whole number from 100 to 900" },
        { EXTENDS "[stamp]\nfonts = ;\n", "*tested.preset: [stamp] fonts = ;: must be one or more names*" },
        { EXTENDS "[stamp]\ncolour = red\n",
          "*tested.preset: [stamp] colour: unknown key; this group's keys are fonts, *corner, *" },
        { EXTENDS "[credit]\nlabel = x\n",
          "*: [credit] label: unknown key; *missing-credit, language, label[LANGUAGE]" },
        { EXTENDS "[credit]\nlabel[] = x\n", "*: [credit] label[]: unknown key; *" },
        { EXTENDS "[preset]\nname = x\n", "*: [preset] name: unknown key; *, extends" },
        { EXTENDS "[wonders]\nx = 1\n", "*tested.preset: [wonders]: unknown group; groups are preset, *" },
        { EXTENDS "[rendition one]\naspect = source\n",
          "*tested.preset: [rendition one] widths is missing; it must be different whole numbers*" },
        { EXTENDS RENDITION "widht = 8\n", "*: [rendition one] widht: unknown key; *widths, least-width, *" },
        { EXTENDS "[rendition a b]\nwidths = 8\n",
          "*: [rendition a b]: *letters, digits and hyphens only, a to z" },
        { EXTENDS "[stamp]\nmin-px = 30\nmax-px = 20\n", "*: [stamp] min-px = 30: *max-px, which is 20" },
        { EXTENDS "[stamp]\nlogo = none.svg\n", "*: [stamp] logo = none.svg: there is no file /*/none.svg" },
        { "[preset]\nextends = nobody\n", "*tested.preset: [preset] extends: *'nobody'*" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load(faults[i].text, &error));
        g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE);
        g_test_message("%s", error->message);
        g_assert_true(g_pattern_match_simple(faults[i].pattern, error->message));
    }
}

/* A value that is wrong is told of the file that says it. */
static void test_fault_of_parent(void)
{
    g_autofree char *parent = write_preset("parent", EXTENDS "[stamp]\nsize = 99\n");
    g_assert_nonnull(parent);
    g_autoptr(GError) error = NULL;
    g_assert_null(load("[preset]\ntitle = Child\nextends = parent\n", &error));
    g_assert_nonnull(
        strstr(error->message, "parent.preset: [stamp] size = 99: must be a number from 0.5 to 20"));
}

/* What is shown loads to the same, whatever the values hold. */
static void test_show(void)
{
    g_autoptr(Preset) preset =
        load(EXTENDS RENDITION "[rights]\ncopyright = © \\\\ back\\\\slash\\nand\\ttwo lines # no comment\n"
                               "[stamp]\nfonts = Odd\\\\Name;[x] = y\nsize = 0.700000000000001\n"
                               "[credit]\nlabel[en] = Photo \\\\ :\n",
             NULL);
    g_assert_cmpstr(preset->rights.copyright, ==, "© \\ back\\slash\nand\ttwo lines # no comment");
    for (int help = 0; help <= 1; help++) {
        g_autofree char *shown = preset_show(preset, help);
        g_autofree char *path = write_preset("shown", shown);
        GError *error = NULL;
        g_autoptr(Preset) again = preset_load(path, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(again->rights.copyright, ==, preset->rights.copyright);
        g_assert_cmpstr(again->stamp.fonts[0], ==, "Odd\\Name");
        g_assert_cmpstr(preset_label(again, "en"), ==, "Photo \\ :");
        g_assert_cmpstr(again->digest, ==, preset->digest);
    }
}

/* The digest is of what is made: not of names, titles, or how it was written. */
static void test_digest(void)
{
    g_autoptr(Preset) first = load(EXTENDS RENDITION, NULL);
    g_autofree char *other =
        write_preset("other", "[preset]\ntitle = Other title\nextends = base\n"
                              "[rendition one]\nstamp=true\nmethod=3\nquality=70.0\nformat=webp\n"
                              "aspect = 6:4\nwidths = 320; 640\n");
    g_autoptr(Preset) same = preset_load(other, NULL);
    g_autoptr(Preset) different = load(EXTENDS RENDITION "[stamp]\nmargin = 2\n", NULL);
    g_assert_cmpstr(first->digest, ==, same->digest);
    g_assert_cmpstr(first->digest, !=, different->digest);
}

/* A path is seen from the folder of the preset that names it, and is no part of the digest. */
static void test_files(void)
{
    g_autofree char *logo = g_build_filename(folder, "logo.svg", NULL);
    g_assert_true(g_file_set_contents(logo, "<svg/>", -1, NULL));
    g_free(write_preset("parent", EXTENDS RENDITION "[stamp]\nlogo = logo.svg\n"));
    g_autoptr(Preset) parent = load("[preset]\ntitle = x\nextends = parent\n", NULL);
    g_assert_cmpstr(parent->stamp.logo, ==, logo);
    g_assert_cmpstr(parent->stamp.font_file, ==, "");
    g_autoptr(Preset) none = load(EXTENDS RENDITION, NULL);
    g_assert_cmpstr(parent->digest, ==, none->digest);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    folder = g_dir_make_tmp("photodesk-preset-XXXXXX", NULL);
    g_autofree char *base = NULL;
    g_assert_true(g_file_get_contents("presets/base.preset", &base, NULL, NULL));
    g_free(write_preset("base", base));

    g_test_add_func("/preset/inheritance", test_inheritance);
    g_test_add_func("/preset/chains", test_chains);
    g_test_add_func("/preset/faults", test_faults);
    g_test_add_func("/preset/fault-of-parent", test_fault_of_parent);
    g_test_add_func("/preset/show", test_show);
    g_test_add_func("/preset/digest", test_digest);
    g_test_add_func("/preset/files", test_files);
    int result = g_test_run();
    g_assert_true(file_remove_tree(folder, NULL));
    g_free(folder);
    return result;
}
