/* What a child may say that it has staged. */
#include "unit.h"

#include "desk/job.h"
#include "entry.h"

#define HASH "-64-0123456789.webp"

/* A result that tells of these files (up to a NULL), and whose entry lists this one. */
static GVariant *make_result(const char *const *names, const char *listed)
{
    ManifestFile file = unit_file(listed, 64);
    GVariantBuilder files, result;
    g_variant_builder_init(&files, G_VARIANT_TYPE("a(st)"));
    for (; *names; names++)
        g_variant_builder_add(&files, "(st)", *names, (guint64)3);
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&result, "{sv}", "photo", unit_entry(&file, 1));
    g_variant_builder_add(&result, "{sv}", "files", g_variant_builder_end(&files));
    return g_variant_ref_sink(g_variant_builder_end(&result));
}

/* How many files there are to stage of such a result; -1 where it is refused. */
static int count_staged(const char *photo, const char *const *names, const char *listed)
{
    Rendition renditions[] = { { .name = (char *)"web" }, { .name = (char *)"web-wide" } };
    Preset preset = { .renditions = renditions, .n_renditions = G_N_ELEMENTS(renditions) };
    Job job = { .name = (char *)photo, .preset = &preset };
    guint64 bytes;
    g_autoptr(GVariant) result = make_result(names, listed);
    g_autoptr(GArray) files = job_staged(&job, result, &bytes);
    if (files)
        g_assert_cmpuint(bytes, ==, 3 * files->len);
    return files ? (int)files->len : -1;
}

static void test_own(void)
{
    const char *none[] = { NULL }, *one[] = { "a-web" HASH, NULL };
    const char *two[] = { "a-web" HASH, "a-web-wide" HASH, NULL };
    const char *hebrew[] = { "\u05e9\u05dc\u05d5\u05dd-1-web" HASH, NULL };
    g_assert_cmpint(count_staged("a.jpg", none, "a-web" HASH), ==, 0);
    g_assert_cmpint(count_staged("a.jpg", one, "a-web" HASH), ==, 1);
    g_assert_cmpint(count_staged("a.jpg", two, "a-web" HASH), ==, 2);
    g_assert_cmpint(count_staged("\u05e9\u05dc\u05d5\u05dd (1).jpg", hebrew, hebrew[0]), ==, 1);
}

/* Whether it was staged or only listed. */
static void test_refused(void)
{
    static const char *const wrong[] = { "b-web" HASH,    "a-b-web" HASH,        "a-none" HASH,
                                         "web" HASH,      "manifest.json",       "a-web/../b" HASH,
                                         "../a-web" HASH, "a-web-64-01234.webp", "/tmp/a-web" HASH,
                                         ".a-web" HASH };
    const char *good = "a-web" HASH, *only[] = { good, NULL };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        const char *names[] = { good, wrong[i], NULL };
        g_assert_cmpint(count_staged("a.jpg", names, good), ==, -1);
        g_assert_cmpint(count_staged("a.jpg", only, wrong[i]), ==, -1);
    }
    const char *empty[] = { "", NULL }, *twice[] = { good, good, NULL };
    g_assert_cmpint(count_staged("a.jpg", empty, good), ==, -1);
    g_assert_cmpint(count_staged("a.jpg", twice, good), ==, -1);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/job/own", test_own);
    g_test_add_func("/job/refused", test_refused);
    return g_test_run();
}
