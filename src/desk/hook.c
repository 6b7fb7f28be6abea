#include "desk/hook.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/publish.h"

#define AT_ONCE 4 /* so that a change of all galleries does not start thousands */

struct Hook {
    HookOptions options;
    GQueue waiting;      /* paths of galleries */
    GHashTable *running; /* path -> Call */
};

typedef struct {
    Hook *hook;
    char *gallery;
    GPid pid; /* of its process group, too */
    int fd;   /* a pidfd */
    guint ended, timer;
    gboolean late;
} Call;

static void start_more(Hook *hook);

static void call_free(gpointer data)
{
    Call *call = data;
    g_clear_handle_id(&call->ended, g_source_remove);
    g_clear_handle_id(&call->timer, g_source_remove);
    if (call->fd >= 0)
        close(call->fd);
    g_free(call->gallery);
    g_free(call);
}

static void tell(const Hook *hook, const char *gallery, const char *what)
{
    g_autofree char *shown = file_show(*gallery ? gallery : ".");
    g_autofree char *command = file_show(hook->options.command[0]);
    g_autofree char *message =
        g_strdup_printf("The hook %s for the gallery %s %s; what is published stays", command, shown, what);
    hook->options.on_problem(message, hook->options.user);
}

static void tell_end(const Call *call, int status)
{
    g_autofree char *what = NULL;
    if (call->late)
        what = g_strdup_printf("took longer than %u s and was killed", call->hook->options.seconds);
    else if (WIFSIGNALED(status))
        what = g_strdup_printf("was ended by a signal (%s)", strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) != 0)
        what = g_strdup_printf("failed with exit status %d", WEXITSTATUS(status));
    if (what)
        tell(call->hook, call->gallery, what);
}

static gboolean on_ended(int fd, GIOCondition condition, gpointer user)
{
    (void)fd;
    (void)condition;
    Call *call = user;
    Hook *hook = call->hook;
    int status = 0;
    while (waitpid(call->pid, &status, 0) < 0 && errno == EINTR)
        ;
    tell_end(call, status);
    call->ended = 0;
    g_hash_table_remove(hook->running, call->gallery);
    start_more(hook);
    return G_SOURCE_REMOVE;
}

static gboolean on_late(gpointer user)
{
    Call *call = user;
    call->timer = 0;
    call->late = TRUE;
    kill(-call->pid, SIGKILL); /* and what it has started */
    return G_SOURCE_REMOVE;
}

/* In the child. What the desk has blocked and ignored is the desk's; its standard output is a program's. */
static void be_child(gpointer user)
{
    (void)user;
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

static void start(Hook *hook, const char *gallery)
{
    g_autofree char *path = g_build_filename(hook->options.out, gallery, PUBLISH_MANIFEST, NULL);
    g_autofree char *manifest = g_canonicalize_filename(path, NULL);
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    for (char **word = hook->options.command; *word; word++)
        g_ptr_array_add(argv, *word);
    g_ptr_array_add(argv, manifest);
    g_ptr_array_add(argv, NULL);

    g_autoptr(GError) error = NULL;
    GPid pid;
    if (!g_spawn_async(NULL, (char **)argv->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH,
                       be_child, NULL, &pid, &error)) {
        g_autofree char *what = g_strdup_printf("cannot be started: %s", error->message);
        tell(hook, gallery, what);
        return;
    }
    Call *call = g_new0(Call, 1);
    *call = (Call){ .hook = hook, .gallery = g_strdup(gallery), .pid = pid, .fd = pidfd_open(pid, 0) };
    if (call->fd < 0) { /* no file descriptor is left: it is not waited for */
        g_autofree char *what =
            g_strdup_printf("was stopped, since it cannot be watched: %s", g_strerror(errno));
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
        tell(hook, gallery, what);
        call_free(call);
        return;
    }
    call->ended = g_unix_fd_add(call->fd, G_IO_IN, on_ended, call);
    call->timer = g_timeout_add_seconds(hook->options.seconds, on_late, call);
    g_hash_table_insert(hook->running, call->gallery, call);
}

/* In the order in which they changed, but for those whose last call is still under way. */
static void start_more(Hook *hook)
{
    for (GList *l = hook->waiting.head; l && g_hash_table_size(hook->running) < AT_ONCE;) {
        GList *next = l->next;
        if (!g_hash_table_contains(hook->running, l->data)) {
            g_autofree char *gallery = l->data;
            g_queue_delete_link(&hook->waiting, l);
            start(hook, gallery);
        }
        l = next;
    }
}

Hook *hook_new(const HookOptions *options)
{
    Hook *hook = g_new0(Hook, 1);
    hook->options = *options;
    g_queue_init(&hook->waiting);
    hook->running = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, call_free);
    return hook;
}

void hook_free(Hook *hook)
{
    if (!hook)
        return;
    GHashTableIter each;
    gpointer call;
    g_hash_table_iter_init(&each, hook->running);
    while (g_hash_table_iter_next(&each, NULL, &call)) {
        kill(-((Call *)call)->pid, SIGKILL);
        waitpid(((Call *)call)->pid, NULL, 0);
        tell(hook, ((Call *)call)->gallery, "was still running when the desk stopped, and was killed");
    }
    for (GList *l = hook->waiting.head; l; l = l->next)
        tell(hook, l->data, "was not run, since the desk stopped");
    g_hash_table_unref(hook->running);
    g_queue_clear_full(&hook->waiting, g_free);
    g_free(hook);
}

void hook_run(Hook *hook, const char *gallery)
{
    if (g_queue_find_custom(&hook->waiting, gallery, (GCompareFunc)strcmp))
        return;
    g_queue_push_tail(&hook->waiting, g_strdup(gallery));
    start_more(hook);
}

gboolean hook_is_busy(const Hook *hook)
{
    return hook && (g_hash_table_size(hook->running) > 0 || hook->waiting.length > 0);
}
