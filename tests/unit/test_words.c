#include "unit.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "preset/preset.h"

static char *folder; /* with a copy of base.preset, so that a preset there may extend it */

static Preset *load(const char *text, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/tested.preset", folder);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return preset_load(path, error);
}

#define EXTENDS "[preset]\ntitle = Tested\nextends = base\n"

/* How many characters of text match, and the key of what did. */
static gsize match(const Preset *preset, WordKind kind, const char *text, const char **key)
{
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(text, -1, NULL);
    gsize n = (gsize)g_utf8_strlen(text, -1);
    for (gsize i = 0; i < n; i++)
        letters[i] = words_fold(letters[i]);
    *key = NULL;
    return words_match(&preset->words, kind, letters, n, key);
}

static void test_match(void)
{
    static const struct {
        WordKind kind;
        const char *text;
        gsize n;
        const char *key;
    } cases[] = {
        { WORDS_LABEL, "Photo: Dana", 5, "en" },
        { WORDS_LABEL, "PHOTO", 5, "en" },
        { WORDS_LABEL, "Photo credit: Dana", 12, "en" }, /* the longest */
        { WORDS_LABEL, "Photography", 11, "en" },
        { WORDS_LABEL, "Photogenic", 0, NULL }, /* the end of a word */
        { WORDS_LABEL, "Photo's", 0, NULL },
        { WORDS_LABEL, "Photo' ", 5, "en" },
        { WORDS_LABEL, "", 0, NULL },
        { WORDS_LABEL, "צילום\u05b8", 0, NULL },
        { WORDS_LABEL, "צִילוּם: דנה", 7, "he" }, /* points, vowel signs and stretching inside it */
        { WORDS_LABEL, "المصوّر: علي", 7, "ar" },
        { WORDS_LABEL, "تصـــوير: علي", 8, "ar" },
        { WORDS_BY, "צולם ע״י דנה", 8, "he" }, /* gershayim and quotation marks */
        { WORDS_BY, "צולם על־ידי דנה", 11, "he" },
        { WORDS_AGENCY, "retuers", 7, "Reuters" },
        { WORDS_AGENCY, "Reuters", 7, "Reuters" }, /* its own name is one of its names */
        { WORDS_AGENCY, "לע\"מ", 4, "לע״מ" },
        { WORDS_RIGHTS, "סעיף 27א' לחוק", 14, "he" }, /* one that ends in * takes the rest */
        { WORDS_DEVICE, "NIKON D750", 10, "mul" },
        { WORDS_DEVICE, "Nikon Levi", 5, "mul" },
    };
    g_autoptr(Preset) preset = load(EXTENDS, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *key;
        g_test_message("%s", cases[i].text);
        g_assert_cmpuint(match(preset, cases[i].kind, cases[i].text, &key), ==, cases[i].n);
        if (cases[i].kind != WORDS_LABEL) /* a label may be one of several languages */
            g_assert_cmpstr(key, ==, cases[i].key);
    }
}

/* A preset adds lists, puts its own in the place of others, and takes some away. */
static void test_inheritance(void)
{
    GError *error = NULL;
    g_autoptr(Preset) preset = load(EXTENDS "[words label]\npt = Retrato\nhe = צלמנו\nfr =\n"
                                            "[agencies]\nReuters =\nHarbour Desk = hd; Harbour\nUPI =\n"
                                            "Wires = UPI;Reuters\n",
                                    &error);
    g_assert_no_error(error);
    const char *key;
    g_assert_cmpuint(match(preset, WORDS_LABEL, "Retrato", &key), ==, 7);
    g_assert_cmpstr(key, ==, "pt");
    g_assert_cmpuint(match(preset, WORDS_LABEL, "צלמנו", &key), ==, 5);
    g_assert_cmpuint(match(preset, WORDS_LABEL, "צילום", &key), ==, 0);
    g_assert_cmpuint(match(preset, WORDS_LABEL, "Cliché", &key), ==, 0);
    g_assert_cmpuint(match(preset, WORDS_LABEL, "Photo", &key), ==, 5);
    g_assert_cmpuint(match(preset, WORDS_AGENCY, "HARBOUR", &key), ==, 7);
    g_assert_cmpstr(key, ==, "Harbour Desk");
    g_assert_cmpuint(match(preset, WORDS_AGENCY, "reuters", &key), ==, 7);
    g_assert_cmpstr(key, ==, "Wires");
    g_assert_cmpuint(match(preset, WORDS_AGENCY, "Retuers", &key), ==, 0);
}

static void test_faults(void)
{
    static const struct {
        const char *text, *pattern;
    } faults[] = {
        { EXTENDS "[words labels]\nen = Photo\n",
          "*tested.preset: [words labels]: unknown group; *, words label, *, agencies and *" },
        { EXTENDS "[words label]\nEnglish = Photo\n",
          "*tested.preset: [words label] English: unknown key; this group's keys are languages*" },
        { EXTENDS "[words label]\ne = Photo\n", "*[words label] e: unknown key*" },
        { EXTENDS "[agencies]\nWires = ap\n",
          "*tested.preset: [agencies] 'ap' is a name of both AP and Wires; *" },
        { EXTENDS "[agencies]\nOne = x\nTwo = X\n", "*[agencies] 'x' is a name of both One and Two; *" },
        { EXTENDS "[words label]\nhe =\nar =\nen =\nru =\nuk =\nde =\nfr =\nes =\n",
          "*tested.preset: [words label] is missing; one list at least is needed*" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load(faults[i].text, &error));
        g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE);
        g_test_message("%s", error->message);
        g_assert_true(g_pattern_match_simple(faults[i].pattern, error->message));
    }
}

/* What is shown loads to the same, and has no trace of what was taken away. */
static void test_show(void)
{
    g_autoptr(Preset) preset =
        load(EXTENDS "[words label]\nfr =\npt = Retrato; Foto \\\\ dela\n[agencies]\nAFP =\n", NULL);
    for (int help = 0; help <= 1; help++) {
        g_autofree char *shown = preset_show(preset, help);
        g_assert_nonnull(strstr(shown, "\npt = Retrato;Foto \\\\ dela\n"));
        g_assert_null(strstr(shown, "\nAFP ="));
        GError *error = NULL;
        g_autoptr(Preset) again = load(shown, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(again->digest, ==, preset->digest);
        const char *key;
        g_assert_cmpuint(match(again, WORDS_LABEL, "Foto \\ dela", &key), ==, 11);
        g_assert_cmpuint(match(again, WORDS_LABEL, "Cliché", &key), ==, 0);
        g_assert_cmpuint(match(again, WORDS_AGENCY, "AFP", &key), ==, 0);
    }
}

/* Other words make other credits, so they make another digest. */
static void test_digest(void)
{
    static const char *const texts[] = { EXTENDS, EXTENDS "[words nobody]\nhe = מתנדב\n",
                                         EXTENDS "[words qualifier]\nde =\n",
                                         EXTENDS "[agencies]\nHarbour Desk = hd\n" };
    g_autoptr(GHashTable) digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Preset) preset = load(texts[i], NULL);
        g_assert_true(g_hash_table_add(digests, g_strdup(preset->digest)));
    }
    g_autoptr(Preset) same = load("[agencies]\nHarbour Desk = hd ;\n" EXTENDS, NULL);
    g_assert_true(g_hash_table_contains(digests, same->digest));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    folder = g_dir_make_tmp("photodesk-words-XXXXXX", NULL);
    g_autofree char *base = NULL, *path = g_build_filename(folder, "base.preset", NULL);
    g_assert_true(g_file_get_contents("presets/base.preset", &base, NULL, NULL));
    g_assert_true(g_file_set_contents(path, base, -1, NULL));

    g_test_add_func("/words/match", test_match);
    g_test_add_func("/words/inheritance", test_inheritance);
    g_test_add_func("/words/faults", test_faults);
    g_test_add_func("/words/show", test_show);
    g_test_add_func("/words/digest", test_digest);
    int result = g_test_run();
    g_assert_true(file_remove_tree(folder, NULL));
    g_free(folder);
    return result;
}
