/* Children that behave as children do: well, badly, not at all. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/pool.h"

typedef enum {
    WELL,
    FAILS,
    DISK_FULL,
    CRASHES,
    CRASHES_ONCE,
    HANGS,
    EXITS,
    FLOODS,
    SENDS_NONSENSE,
    WRONG_TYPE,
    GREEDY,
    BURNS,
    MEDDLES
} Manner;

typedef struct {
    Manner manner;
    const char *mark;        /* a file that tells a second try from the first */
    const char *own, *other; /* folders: that it may write to, and that of another task; or NULL */
    int answers;
    char *error;
    guint code;
    gint32 number;
} Task;

#define TASK(m)                                                                                              \
    {                                                                                                        \
        .manner = m                                                                                          \
    }

static Limits limits = { .cpu_seconds = 20, .wall_seconds = 1, .memory_mib = 2048, .resident_mib = 400 };

static GVariant *answer(int number)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&b, "{sv}", "number", g_variant_new_int32(number));
    return g_variant_builder_end(&b);
}

G_NORETURN static void die(int signo)
{
    signal(signo, SIG_DFL);
    raise(signo);
    abort();
}

static int make_file(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return fd < 0 ? errno : close(fd);
}

static const char *make_folder(gpointer data, GError **error)
{
    const Task *task = data;
    if (!task->own || g_mkdir_with_parents(task->own, 0777) == 0)
        return task->own;
    error_errno(error, errno, "%s cannot be made", task->own);
    return NULL;
}

static GVariant *work(gpointer data, guint threads, GError **error)
{
    Task *task = data;
    switch (task->manner) {
    case WELL:
        return answer((int)threads);
    case FAILS:
        error_failed(error, "no good");
        return NULL;
    case DISK_FULL:
        g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL, "full");
        return NULL;
    case CRASHES:
        die(SIGSEGV);
    case CRASHES_ONCE:
        if (access(task->mark, F_OK) == 0)
            return answer(2);
        g_file_set_contents(task->mark, "", 0, NULL);
        die(SIGKILL);
    case HANGS:
        for (;;)
            pause();
    case EXITS:
        _exit(3);
    case FLOODS: {
        GVariantBuilder b;
        g_autofree char *much = g_strnfill(6 << 20, 'x');
        g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&b, "{sv}", "much", g_variant_new_string(much));
        return g_variant_builder_end(&b);
    }
    case SENDS_NONSENSE: {
        static const guint8 junk[] = { 1, 2, 3, 255, 255, 7, 9 };
        return g_variant_new_from_data(G_VARIANT_TYPE_VARDICT, junk, sizeof junk, FALSE, NULL, NULL);
    }
    case GREEDY: {
        enum { BLOCK = 16 << 20, BLOCKS = 64 };
        for (int i = 0; i < BLOCKS; i++) {
            char *block = g_try_malloc(BLOCK);
            if (!block) {
                error_no_memory(error);
                return NULL;
            }
            memset(block, 1, BLOCK);
        }
        return answer(BLOCKS);
    }
    case BURNS:
        for (volatile guint i = 0;; i++)
            ;
    case MEDDLES:
        return make_file(task->own, "own") == 0 ? answer(make_file(task->other, "meddled")) : NULL;
    case WRONG_TYPE:
        return g_variant_new_string("not what was agreed");
    }
    g_assert_not_reached();
}

static void done(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    Task *task = data;
    task->answers++;
    g_assert_true((result != NULL) != (error != NULL));
    if (error) {
        task->error = g_strdup(error->message);
        task->code = (guint)error->code;
    } else
        g_variant_lookup(result, "number", "i", &task->number);
}

static void run_all(Task *tasks, gsize n, guint children)
{
    PoolSetup setup = { .folder = make_folder,
                        .work = work,
                        .done = done,
                        .children = children,
                        .limits = &limits,
                        .largest = POOL_LARGEST };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (gsize i = 0; i < n; i++)
        pool_add(pool, &tasks[i]);
    g_assert_true(pool_run(pool, NULL));
    for (gsize i = 0; i < n; i++)
        g_assert_cmpint(tasks[i].answers, ==, 1);
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1); /* no zombie, no child left */
}

static void test_manners(void)
{
    g_autofree char *folder = g_dir_make_tmp("photodesk-pool-XXXXXX", NULL);
    g_autofree char *mark = g_build_filename(folder, "mark", NULL);
    Task tasks[] = { TASK(WELL),           TASK(FAILS),
                     TASK(CRASHES),        { .manner = CRASHES_ONCE, .mark = mark, .own = folder },
                     TASK(HANGS),          TASK(DISK_FULL),
                     TASK(EXITS),          TASK(FLOODS),
                     TASK(SENDS_NONSENSE), TASK(WELL),
                     TASK(WRONG_TYPE) };
    run_all(tasks, G_N_ELEMENTS(tasks), 3);

    g_assert_null(tasks[0].error);
    g_assert_cmpstr(tasks[1].error, ==, "no good");
    g_assert_nonnull(strstr(tasks[2].error, "crashed its decoder"));
    g_assert_null(tasks[3].error);
    g_assert_cmpint(tasks[3].number, ==, 2);
    g_assert_nonnull(strstr(tasks[4].error, "longer than 1 s"));
    g_assert_cmpuint(tasks[5].code, ==, PHOTODESK_ERROR_FULL);
    g_assert_nonnull(strstr(tasks[7].error, "ran wild"));
    for (int i = 6; i <= 8; i++) {
        g_assert_nonnull(tasks[i].error);
        g_free(tasks[i].error);
    }
    g_assert_null(tasks[9].error);
    for (int i = 1; i <= 5; i++)
        g_free(tasks[i].error);
    g_free(tasks[10].error);
    g_remove(mark);
    rmdir(folder);
}

/* Each writes to the folder of its own, and to no other's; where that cannot be had, its task fails. */
static void test_folders(void)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1) {
        g_test_skip("the kernel has no Landlock");
        return;
    }
    g_autofree char *root = g_dir_make_tmp("photodesk-pool-XXXXXX", NULL);
    g_autofree char *one = g_build_filename(root, "1", NULL), *two = g_build_filename(root, "2", NULL);
    g_autofree char *never = g_build_filename(root, "file", "3", NULL);
    g_autofree char *file = g_path_get_dirname(never);
    g_assert_true(g_file_set_contents(file, "", 0, NULL));
    g_assert_cmpint(g_mkdir(one, 0777), ==, 0);
    g_assert_cmpint(g_mkdir(two, 0777), ==, 0);
    Task tasks[] = { { .manner = MEDDLES, .own = one, .other = two },
                     { .manner = MEDDLES, .own = two, .other = one },
                     { .manner = WELL, .own = never } };
    run_all(tasks, G_N_ELEMENTS(tasks), 2);
    for (gsize i = 0; i < 2; i++) {
        g_assert_null(tasks[i].error);
        g_assert_cmpint(tasks[i].number, ==, EACCES);
    }
    g_assert_nonnull(strstr(tasks[2].error, "cannot be made"));
    g_free(tasks[2].error);
    g_assert_true(file_remove_tree(root, NULL));
}

/* Each limit ends its task alone, and is named. */
static void test_limits(void)
{
    Task tasks[] = { TASK(WELL), TASK(GREEDY), TASK(BURNS), TASK(WELL) };
    Limits usual = limits;
    limits = (Limits){ .cpu_seconds = 1, .wall_seconds = 20, .memory_mib = 2048, .resident_mib = 150 };
    run_all(tasks, G_N_ELEMENTS(tasks), 2);
    limits = usual;
    g_assert_null(tasks[0].error);
#ifndef __SANITIZE_ADDRESS__
    g_assert_nonnull(
        strstr(tasks[1].error, "more memory than the limit of 150 MiB (preset key limits/resident-mib)"));
#endif
    g_assert_nonnull(
        strstr(tasks[2].error, "more than 1 s of processor time (preset key limits/cpu-seconds)"));
    g_assert_null(tasks[3].error);
    g_free(tasks[1].error);
    g_free(tasks[2].error);
}

/* A task that is alone may use all processors; among many each has one, and the last ones more. */
static void test_threads(void)
{
    Task one[] = { TASK(WELL) };
    run_all(one, 1, 4);
    g_assert_cmpint(one[0].number, ==, 4);
    Task many[9] = { TASK(WELL) };
    const gint32 threads[] = { 1, 1, 1, 1, 1, 2, 2, 4, 4 };
    run_all(many, G_N_ELEMENTS(threads), 4);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_assert_cmpint(many[i].number, ==, threads[i]);
}

static Pool *current;
static void stop(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    done(data, result, error, user);
    pool_stop(current);
}

static void test_stop(void)
{
    Task tasks[] = { TASK(HANGS), TASK(WELL), TASK(WELL), TASK(WELL) };
    limits.wall_seconds = 60;
    PoolSetup setup = {
        .work = work, .done = stop, .children = 2, .limits = &limits, .largest = POOL_LARGEST
    };
    current = pool_new(&setup);
    for (gsize i = 0; i < 4; i++)
        pool_add(current, &tasks[i]);
    g_assert_true(pool_run(current, NULL));
    g_assert_cmpint(tasks[0].answers + tasks[1].answers + tasks[2].answers + tasks[3].answers, ==, 1);
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
    pool_free(current);
}

/* The end of each of the first three tasks brings the next one. */
static void add_next(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    static guint added;
    Task *tasks = user;
    done(data, result, error, NULL);
    if (++added < 4)
        pool_add(current, &tasks[added]);
}

static void test_more(void)
{
    Task tasks[] = { TASK(WELL), TASK(FAILS), TASK(CRASHES), TASK(WELL) };
    PoolSetup setup = { .work = work,
                        .done = add_next,
                        .user = tasks,
                        .children = 2,
                        .limits = &limits,
                        .largest = POOL_LARGEST };
    current = pool_new(&setup);
    pool_add(current, &tasks[0]);
    g_assert_true(pool_run(current, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(tasks); i++) {
        g_assert_cmpint(tasks[i].answers, ==, 1);
        g_free(tasks[i].error);
    }
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
    pool_free(current);
}

static gboolean interrupt(gpointer data)
{
    (void)data;
    kill(getpid(), SIGTERM);
    return G_SOURCE_REMOVE;
}

static void test_signal(void)
{
    Task tasks[] = { TASK(HANGS), TASK(HANGS), TASK(WELL) };
    limits.wall_seconds = 60;
    PoolSetup setup = {
        .work = work, .done = done, .children = 2, .limits = &limits, .largest = POOL_LARGEST
    };
    g_autoptr(Pool) pool = pool_new(&setup);
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; i < 3; i++)
        pool_add(pool, &tasks[i]);
    g_timeout_add(100, interrupt, NULL);
    g_assert_false(pool_run(pool, &error));
    g_assert_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED);
    g_assert_cmpint(tasks[0].answers + tasks[1].answers + tasks[2].answers, ==, 0);
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/pool/manners", test_manners);
    g_test_add_func("/pool/folders", test_folders);
    g_test_add_func("/pool/limits", test_limits);
    g_test_add_func("/pool/threads", test_threads);
    g_test_add_func("/pool/stop", test_stop);
    g_test_add_func("/pool/more", test_more);
    g_test_add_func("/pool/signal", test_signal);
    return g_test_run();
}
