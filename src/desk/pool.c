#include "desk/pool.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "desk/confine.h"
#include "desk/sandbox.h"

#define SAVE_ANEW "open it in an image editor and save it anew"

struct Pool {
    PoolSetup setup;
    GQueue waiting; /* tasks for their first try */
    GQueue again;   /* tasks for their second one, each alone */
    guint running;
    gboolean alone, stopped, drained;
    int interrupted; /* the signal that ended the run, or 0 */
    GList *children; /* Child */
    GMainLoop *loop;
    int signals; /* signalfd */
    guint signal_source;
    sigset_t old_mask;
};

typedef struct {
    Pool *pool;
    gpointer task;
    pid_t pid;
    int pipe;
    GByteArray *sent;
    guint reader, timer;
    gboolean second_try, late, flooding;
} Child;

static void start_more(Pool *pool);

/* Whether an error's code is for the parent to branch on. */
static gboolean is_told(const GError *error)
{
    return error_is_photo(error) || error_is_output(error);
}

/* ---- In the child ---- */

static GVariant *describe_error(const GError *error)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    g_autofree char *message = g_utf8_make_valid(error ? error->message : "failed without a reason", -1);
    g_variant_builder_add(&b, "{sv}", "error", g_variant_new_string(message));
    gint32 code = is_told(error) ? error->code : PHOTODESK_ERROR_FAILED;
    g_variant_builder_add(&b, "{sv}", "code", g_variant_new_int32(code));
    return g_variant_builder_end(&b);
}

G_NORETURN static void be_child(Pool *pool, gpointer task, int out, guint threads, pid_t parent)
{
    signal(SIGPIPE, SIG_DFL);
    if (sigprocmask(SIG_SETMASK, &pool->old_mask, NULL) < 0)
        _exit(1);
    g_autoptr(GError) error = NULL;
    const char *writable = pool->setup.folder ? pool->setup.folder(task, &error) : NULL;
    confine(pool->setup.limits, writable, out, parent);

    GVariant *result = error ? NULL : pool->setup.work(task, threads, &error);
    if (g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_NO_MEMORY)) {
        g_clear_error(&error);
        confine_no_memory(pool->setup.limits, &error);
    }
    g_autoptr(GVariant) answer = g_variant_ref_sink(result ? result : describe_error(error));
    const char *data = g_variant_get_data(answer);
    for (gsize size = g_variant_get_size(answer); size > 0;) {
        ssize_t n = write(out, data, size);
        if (n < 0 && errno != EINTR)
            _exit(1);
        if (n > 0) {
            data += n;
            size -= (gsize)n;
        }
    }
    _exit(0); /* not exit(): what the parent has registered and buffered is the parent's */
}

/* ---- In the parent ---- */

static GVariant *parse_result(Child *child)
{
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&child->sent));
    g_autoptr(GVariant) loose =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE_VARDICT, bytes, FALSE));
    if (g_bytes_get_size(bytes) == 0 || !g_variant_is_normal_form(loose))
        return NULL;
    return g_steal_pointer(&loose);
}

/* Why a child gave no result, both times. */
static void explain(const Child *child, int status, GError **error)
{
    const Limits *limits = child->pool->setup.limits;
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (child->late)
        error_set(
            error, PHOTODESK_ERROR_TOO_LARGE,
            "took longer than %d s (preset key limits/wall-seconds); send it smaller, or raise the limit",
            limits->wall_seconds);
    else if (signal == SIGXCPU)
        error_set(error, PHOTODESK_ERROR_TOO_LARGE,
                  "needed more than %d s of processor time (preset key limits/cpu-seconds); send it "
                  "smaller, or raise the limit",
                  limits->cpu_seconds);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == CONFINE_OUT_OF_MEMORY)
        confine_no_memory(limits, error);
    else if (child->flooding)
        error_set(error, PHOTODESK_ERROR_DAMAGED, "its decoder ran wild twice; it is damaged: " SAVE_ANEW);
    else if (signal == SIGKILL)
        g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE,
                            "was stopped from outside twice, as a machine does that is short of memory; run "
                            "again, with fewer --jobs");
    else if (signal)
        error_set(error, PHOTODESK_ERROR_DAMAGED, "crashed its decoder twice (%s); it is damaged: " SAVE_ANEW,
                  strsignal(signal));
    else
        error_set(error, PHOTODESK_ERROR_DAMAGED,
                  "ended its decoder without a result twice; it is damaged: " SAVE_ANEW);
}

static void child_free(Child *child)
{
    g_clear_handle_id(&child->reader, g_source_remove);
    g_clear_handle_id(&child->timer, g_source_remove);
    g_clear_pointer(&child->sent, g_byte_array_unref);
    close(child->pipe);
    g_free(child);
}

static void finish(Child *child)
{
    Pool *pool = child->pool;
    int status = 0;
    /* The pipe has ended, so the child has; a child that closed it and lives on is none of ours. */
    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    pool->children = g_list_remove(pool->children, child);
    pool->running--;
    pool->alone = FALSE;

    g_autoptr(GVariant) result = NULL;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !child->late && !child->flooding)
        result = parse_result(child);

    g_autoptr(GError) error = NULL;
    gint32 code = PHOTODESK_ERROR_FAILED;
    g_autofree char *message = NULL;
    gpointer task = child->task;
    gboolean done = FALSE;
    if (pool->stopped)
        ; /* killed by us, or just about to be: neither done nor failed */
    else if (!result && !child->second_try)
        g_queue_push_tail(&pool->again, task);
    else {
        if (!result)
            explain(child, status, &error);
        else if (g_variant_lookup(result, "error", "s", &message)) {
            g_variant_lookup(result, "code", "i", &code);
            g_set_error_literal(&error, PHOTODESK_ERROR, code, message);
            if (!is_told(error))
                error->code = PHOTODESK_ERROR_FAILED;
        }
        done = TRUE;
    }
    child_free(child);
    start_more(pool); /* before the result is dealt with, so that no processor is idle meanwhile */
    if (done) {
        pool->setup.done(task, error ? NULL : result, error, pool->setup.user);
        start_more(pool); /* what it has added */
    }
    if (pool->running == 0)
        g_main_loop_quit(pool->loop);
}

static gboolean on_readable(int fd, GIOCondition condition, gpointer data)
{
    (void)condition;
    Child *child = data;
    guint8 chunk[65536];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return G_SOURCE_CONTINUE;
    if (n > 0 && child->sent->len + (gsize)n <= child->pool->setup.largest) {
        g_byte_array_append(child->sent, chunk, (guint)n);
        return G_SOURCE_CONTINUE;
    }
    if (n > 0) {
        child->flooding = TRUE;
        kill(child->pid, SIGKILL);
    }
    child->reader = 0;
    finish(child);
    return G_SOURCE_REMOVE;
}

static gboolean on_late(gpointer data)
{
    Child *child = data;
    child->timer = 0;
    child->late = TRUE;
    kill(child->pid, SIGKILL); /* its pipe ends, and finish() comes */
    return G_SOURCE_REMOVE;
}

static gboolean start_one(Pool *pool, gpointer task, gboolean second_try, guint threads)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return FALSE;
    if (pool->setup.prepare)
        pool->setup.prepare(task, pool->setup.user);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        be_child(pool, task, ends[1], threads, parent);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return FALSE;
    }

    Child *child = g_new0(Child, 1);
    child->pool = pool;
    child->task = task;
    child->pid = pid;
    child->pipe = ends[0];
    child->sent = g_byte_array_new();
    child->second_try = second_try;
    child->reader = g_unix_fd_add(ends[0], G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, child);
    child->timer = g_timeout_add_seconds((guint)pool->setup.limits->wall_seconds, on_late, child);
    pool->children = g_list_prepend(pool->children, child);
    pool->running++;
    return TRUE;
}

/* A task that no process can be had for waits while others run; with none running it fails. */
static void start_or_wait(Pool *pool, GQueue *queue, gboolean second_try, guint threads)
{
    gpointer task = g_queue_pop_head(queue);
    if (start_one(pool, task, second_try, threads))
        return;
    if (pool->running > 0) {
        g_queue_push_head(queue, task);
        pool->alone = TRUE; /* until one ends */
        return;
    }
    g_autoptr(GError) error = NULL;
    error_errno(&error, errno, "no process could be started for it");
    pool->setup.done(task, NULL, error, pool->setup.user);
}

/* The threads of the next task. As long as tasks wait, each has a processor; the last ones get twice their
 * share, since those that run beside them end sooner or later and leave theirs idle. */
static guint share(Pool *pool)
{
    guint children = pool->setup.children, left = g_queue_get_length(&pool->waiting);
    return left > children ? 1 : MIN(children, 2 * children / left);
}

static void start_more(Pool *pool)
{
    while (!pool->stopped && !pool->drained && !pool->alone && pool->running < pool->setup.children &&
           !g_queue_is_empty(&pool->waiting)) {
        start_or_wait(pool, &pool->waiting, FALSE, share(pool));
    }
    while (!pool->stopped && !pool->drained && pool->running == 0 && !g_queue_is_empty(&pool->again)) {
        pool->alone = TRUE;
        start_or_wait(pool, &pool->again, TRUE, 1);
    }
}

static gboolean on_signal(int fd, GIOCondition condition, gpointer data)
{
    (void)condition;
    Pool *pool = data;
    struct signalfd_siginfo info;
    if (read(fd, &info, sizeof info) == sizeof info) {
        pool->interrupted = (int)info.ssi_signo;
        pool_stop(pool);
    }
    return G_SOURCE_CONTINUE;
}

Pool *pool_new(const PoolSetup *setup)
{
    Pool *pool = g_new0(Pool, 1);
    pool->setup = *setup;
    pool->loop = g_main_loop_new(NULL, FALSE);
    sandbox_prepare();
    g_queue_init(&pool->waiting);
    g_queue_init(&pool->again);

    if (setup->signals_elsewhere) { /* children inherit that they are blocked, and end what they do */
        pool->signals = -1;
        if (sigprocmask(SIG_BLOCK, NULL, &pool->old_mask) < 0)
            g_error("signals cannot be asked for: %s", g_strerror(errno));
        return pool;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &ending, &pool->old_mask) < 0 ||
        (pool->signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
        g_error("signals cannot be waited for: %s", g_strerror(errno));
    pool->signal_source = g_unix_fd_add(pool->signals, G_IO_IN, on_signal, pool);
    return pool;
}

void pool_free(Pool *pool)
{
    if (!pool)
        return;
    if (pool->signals >= 0) {
        g_source_remove(pool->signal_source);
        close(pool->signals);
        sigprocmask(SIG_SETMASK, &pool->old_mask, NULL);
    }
    g_queue_clear(&pool->waiting);
    g_queue_clear(&pool->again);
    g_main_loop_unref(pool->loop);
    g_free(pool);
}

void pool_add(Pool *pool, gpointer task)
{
    g_queue_push_tail(&pool->waiting, task);
}

void pool_stop(Pool *pool)
{
    pool->stopped = TRUE;
    for (GList *l = pool->children; l; l = l->next)
        kill(((Child *)l->data)->pid, SIGKILL);
    if (pool->running == 0)
        g_main_loop_quit(pool->loop);
}

void pool_drain(Pool *pool)
{
    pool->drained = TRUE;
    if (pool->running == 0)
        g_main_loop_quit(pool->loop);
}

gboolean pool_run(Pool *pool, GError **error)
{
    start_more(pool);
    if (pool->running > 0)
        g_main_loop_run(pool->loop);
    if (!pool->interrupted)
        return TRUE;
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED, "stopped before the end (%s)",
                strsignal(pool->interrupted));
    return FALSE;
}
