/* Memory that is had from the kernel at once, and kept. */
#include "unit.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "base/memory.h"

enum { SIZE = 8 << 20, PAGES = SIZE / 4096 };

static long faults(void)
{
    struct rusage usage;
    g_assert_cmpint(getrusage(RUSAGE_SELF, &usage), ==, 0);
    return usage.ru_minflt;
}

static gboolean kernel_can(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    g_assert_true(page != MAP_FAILED);
    gboolean can = madvise(page, 4096, MADV_POPULATE_WRITE) == 0 || errno != EINVAL;
    g_assert_cmpint(munmap(page, 4096), ==, 0);
    return can;
}

/* Blocks of all sizes are written to without a fault a page. */
static void test_new(void)
{
    if (!kernel_can()) {
        g_test_skip("the kernel is older than Linux 5.14");
        return;
    }
    for (gsize size = 1; size <= SIZE; size = size * 3 + 1) {
        g_autofree char *block = memory_new(size);
        long before = faults();
        memset(block, 'y', size);
        g_assert_cmpint(faults() - before, <, MAX(4, (long)(size / 4096 / 4)));
    }
}

#ifndef __SANITIZE_ADDRESS__ /* which has a malloc() of its own */
static gpointer use(gpointer unused)
{
    (void)unused;
    for (int i = 0; i < 4; i++) {
        char *block = malloc(SIZE);
        g_assert_nonnull(block);
        memset(block, i, SIZE);
        free(block);
    }
    return NULL;
}

/* Not what a picture gives back that is too large for that. Before any other: what is set once remains. */
static void test_given_back(void)
{
    memory_prepare(G_GUINT64_CONSTANT(1) << 30);
    gsize mapped = mallinfo2().hblkhd;
    char *block = malloc(64 << 20);
    g_assert_nonnull(block);
    memset(block, 1, 64 << 20);
    g_assert_cmpuint(mallinfo2().hblkhd, >=, mapped + (64 << 20));
    free(block);
    g_assert_cmpuint(mallinfo2().hblkhd, ==, mapped);
}

/* What one block gave back the next one has, on another thread, too. */
static void test_kept(void)
{
    memory_prepare(0);
    use(NULL);
    long before = faults();
    for (int i = 0; i < 8; i++)
        g_thread_join(g_thread_new("use", use, NULL));
    g_assert_cmpint(faults() - before, <, PAGES);
}
#endif

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/memory/new", test_new);
#ifndef __SANITIZE_ADDRESS__
    g_test_add_func("/memory/given-back", test_given_back);
    g_test_add_func("/memory/kept", test_kept);
#endif
    return g_test_run();
}
