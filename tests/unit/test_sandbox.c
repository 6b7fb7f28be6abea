/* What a child tries that has been taken over. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/landlock.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/sandbox.h"

typedef struct {
    char *inside, *outside, *file; /* folders of two children, and a file in that of the other */
} Place;

static gboolean has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static gboolean has_filter(void)
{
    g_autofree char *status = NULL;
    return g_file_get_contents("/proc/self/status", &status, NULL, NULL) && strstr(status, "\nSeccomp:");
}

/* ---- Attempts: 0, or errno ---- */

static int result(long value)
{
    return value < 0 ? errno : 0;
}

static int make_file(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "made", NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int err = result(fd);
    if (fd >= 0)
        close(fd);
    return err;
}

static int write_inside(const Place *place)
{
    return make_file(place->inside);
}

static int read_outside(const Place *place)
{
    int fd = open(place->file, O_RDONLY | O_CLOEXEC);
    int err = result(fd);
    if (fd >= 0)
        close(fd);
    return err;
}

static gpointer nothing(gpointer data)
{
    return data;
}

static int start_thread(const Place *place)
{
    (void)place;
    GThread *thread = g_thread_try_new("one", nothing, NULL, NULL);
    if (!thread)
        return EAGAIN;
    g_thread_join(thread);
    return 0;
}

static int write_outside(const Place *place)
{
    return make_file(place->outside);
}

static int overwrite(const Place *place)
{
    return result(open(place->file, O_WRONLY | O_CLOEXEC));
}

static int empty(const Place *place)
{
    return result(truncate(place->file, 0));
}

static int empty_open(const Place *place)
{
    return result(open(place->file, O_RDONLY | O_TRUNC | O_CLOEXEC));
}

static int open_up_held(const Place *place)
{
    int fd = open(place->file, O_RDONLY | O_CLOEXEC);
    return result(fd < 0 ? fd : fchmod(fd, 0777));
}

static int remove_it(const Place *place)
{
    return result(unlink(place->file));
}

static int move_in(const Place *place)
{
    g_autofree char *path = g_build_filename(place->inside, "moved", NULL);
    return result(rename(place->file, path));
}

static int open_up(const Place *place)
{
    return result(chmod(place->file, 0777));
}

static int link_in(const Place *place)
{
    g_autofree char *path = g_build_filename(place->inside, "linked", NULL);
    return result(link(place->file, path));
}

/* One that its maker alone may enter would never go. */
static int make_folder(const Place *place)
{
    g_autofree char *path = g_build_filename(place->inside, "folder", NULL);
    return result(mkdir(path, 0300));
}

static int make_pipe(const Place *place)
{
    g_autofree char *path = g_build_filename(place->inside, "pipe", NULL);
    return result(mkfifo(path, 0666));
}

static int swap_folders(const Place *place)
{
    return result(renameat2(AT_FDCWD, place->inside, AT_FDCWD, place->outside, RENAME_EXCHANGE));
}

static int unmask(const Place *place)
{
    (void)place;
    return result(syscall(SYS_umask, 0));
}

static int point_at(const Place *place)
{
    g_autofree char *path = g_build_filename(place->inside, "link", NULL);
    return result(symlink("/etc/passwd", path));
}

static int change_parent(const Place *place)
{
    (void)place;
    g_autofree char *path = g_strdup_printf("/proc/%d/oom_score_adj", (int)getppid());
    return result(open(path, O_WRONLY | O_CLOEXEC));
}

static int connect_out(const Place *place)
{
    (void)place;
    return result(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static int run_program(const Place *place)
{
    (void)place;
    return result(execl("/bin/true", "true", (char *)NULL));
}

static int start_process(const Place *place)
{
    (void)place;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return result(pid);
}

static int kill_parent(const Place *place)
{
    (void)place;
    return result(kill(getppid(), 0));
}

static int kill_parent_thread(const Place *place)
{
    (void)place;
    return result(tgkill(getppid(), getppid(), 0));
}

static int limit_parent(const Place *place)
{
    (void)place;
    struct rlimit theirs;
    return result(prlimit(getppid(), RLIMIT_NOFILE, NULL, &theirs));
}

typedef enum { NOBODY, LANDLOCK, FILTER } Guard; /* who is to forbid it */

typedef struct {
    const char *name;
    int (*attempt)(const Place *place);
    Guard by;
    int err;
} Case;

static const Case cases[] = {
    { "/sandbox/may/write-inside", write_inside, NOBODY, 0 },
    { "/sandbox/may/read", read_outside, NOBODY, 0 },
    { "/sandbox/may/start-thread", start_thread, NOBODY, 0 },
    { "/sandbox/never/write-outside", write_outside, LANDLOCK, EACCES },
    { "/sandbox/never/overwrite", overwrite, LANDLOCK, EACCES },
    { "/sandbox/never/truncate", empty, FILTER, EPERM },
    { "/sandbox/never/open-truncate", empty_open, FILTER, EPERM },
    { "/sandbox/never/fchmod", open_up_held, FILTER, EPERM },
    { "/sandbox/never/remove", remove_it, LANDLOCK, EACCES },
    { "/sandbox/never/move-in", move_in, LANDLOCK, EACCES },
    { "/sandbox/never/link-in", link_in, LANDLOCK, EXDEV },
    { "/sandbox/never/swap-folders", swap_folders, LANDLOCK, EACCES },
    { "/sandbox/never/folder", make_folder, LANDLOCK, EACCES },
    { "/sandbox/never/fifo", make_pipe, LANDLOCK, EACCES },
    { "/sandbox/never/chmod", open_up, FILTER, EPERM },
    { "/sandbox/never/umask", unmask, FILTER, EPERM },
    { "/sandbox/never/symlink", point_at, LANDLOCK, EACCES },
    { "/sandbox/never/parents-settings", change_parent, LANDLOCK, EACCES },
    { "/sandbox/never/socket", connect_out, FILTER, EPERM },
    { "/sandbox/never/program", run_program, FILTER, EPERM },
    { "/sandbox/never/process", start_process, FILTER, EPERM },
    { "/sandbox/never/kill", kill_parent, FILTER, EPERM },
    { "/sandbox/never/kill-thread", kill_parent_thread, FILTER, EPERM },
    { "/sandbox/never/limits", limit_parent, FILTER, EPERM },
};

/* What it comes to in a process of its own, in the sandbox or out of it. */
static int attempt(const Case *c, gboolean inside)
{
    g_autofree char *root = g_dir_make_tmp("photodesk-sandbox-XXXXXX", NULL);
    Place place = { g_build_filename(root, "inside", NULL), g_build_filename(root, "outside", NULL),
                    g_build_filename(root, "outside", "file", NULL) };
    g_assert_cmpint(g_mkdir(place.inside, 0777), ==, 0);
    g_assert_cmpint(g_mkdir(place.outside, 0777), ==, 0);
    g_assert_true(g_file_set_contents(place.file, "theirs", -1, NULL));

    pid_t pid = fork();
    g_assert_cmpint(pid, >=, 0);
    if (pid == 0) {
        if (inside)
            sandbox_enter(place.inside);
        _exit(c->attempt(&place));
    }
    int status;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_true(WIFEXITED(status));

    g_autofree char *remove = g_strdup_printf("rm -r '%s'", root);
    g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
    g_free(place.inside);
    g_free(place.outside);
    g_free(place.file);
    return WEXITSTATUS(status);
}

static void test_case(gconstpointer data)
{
    const Case *c = data;
    if ((c->by == LANDLOCK && !has_landlock()) || (c->by == FILTER && !has_filter())) {
        g_test_skip("the kernel has no such guard");
        return;
    }
    g_assert_cmpint(attempt(c, FALSE), ==, 0);
    g_assert_cmpint(attempt(c, TRUE), ==, c->err);
}

static int write_nowhere(const Place *place)
{
    sandbox_enter(NULL);
    return make_file(place->inside);
}

static void test_nowhere(void)
{
    static const Case nowhere = { "", write_nowhere, LANDLOCK, EACCES };
    if (has_landlock())
        g_assert_cmpint(attempt(&nowhere, FALSE), ==, EACCES);
    else
        g_test_skip("the kernel has no Landlock");
}

/* abort() and raise() are for itself. */
static void test_abort(void)
{
    pid_t pid = fork();
    g_assert_cmpint(pid, >=, 0);
    if (pid == 0) {
        sandbox_enter(NULL);
        signal(SIGABRT, SIG_DFL);
        raise(SIGABRT);
        _exit(0);
    }
    int status;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add_data_func(cases[i].name, &cases[i], test_case);
    g_test_add_func("/sandbox/never/nowhere", test_nowhere);
    g_test_add_func("/sandbox/abort", test_abort);
    return g_test_run();
}
