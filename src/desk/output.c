#include "desk/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/shards.h"

#define LOCK "lock"

gboolean output_fail(GError **error, int err, const char *what, const char *path)
{
    g_autofree char *shown = file_show(path);
    g_set_error(error, PHOTODESK_ERROR, error_is_full(err) ? PHOTODESK_ERROR_FULL : PHOTODESK_ERROR_OUTPUT,
                "The output folder %s %s: %s; see that you may write there, or name another with -o", shown,
                what, g_strerror(err));
    return FALSE;
}

char *output_full(const char *path, const char *then)
{
    g_autofree char *shown = file_show(path);
    return g_strdup_printf(
        "The output folder %s is full: no space is left on its disk or in your quota; make "
        "room and %s",
        shown, then);
}

guint output_shard_of(const char *gallery, guint shards)
{
    g_autofree char *digest = digest_hex(gallery, strlen(gallery));
    digest[15] = '\0';
    return (guint)(g_ascii_strtoull(digest, NULL, 16) % shards) + 1;
}

/* ---- The lock ---- */

/* Whoever holds it has written his process there. */
static gboolean be_busy(const Output *output, int lock, GError **error)
{
    char text[32] = "";
    g_autofree char *shown = file_show(output->path);
    ssize_t n = pread(lock, text, sizeof text - 1, 0);
    pid_t pid = n > 0 ? (pid_t)atoi(text) : 0;
    g_autofree char *who =
        pid > 0 && kill(pid, 0) == 0 ? g_strdup_printf(" (process %d)", (int)pid) : g_strdup("");
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY,
                "Another photodesk%s is writing to %s; wait until it has finished and run again", who, shown);
    return FALSE;
}

/* Only told to people: what cannot be written does no harm. */
static void sign(int lock)
{
    g_autofree char *pid = g_strdup_printf("%d\n", (int)getpid());
    if (ftruncate(lock, 0) < 0 || pwrite(lock, pid, strlen(pid), 0) < 0)
        return;
}

#define AGAIN (100 * 1000 * 1000) /* ns between two tries */

/* Until the lock is free, or a signal asks to end: then that signal, else 0. */
static int wait_for(int lock, int how)
{
    int came = 0;
    sigset_t ending, before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &ending, &before) < 0)
        g_error("signals cannot be asked for: %s", g_strerror(errno));
    const struct timespec again = { .tv_nsec = AGAIN };
    while (came <= 0 && flock(lock, how | LOCK_NB) < 0 && (errno == EWOULDBLOCK || errno == EINTR))
        came = sigtimedwait(&ending, NULL, &again);
    if (sigprocmask(SIG_SETMASK, &before, NULL) < 0)
        g_error("signals cannot be asked for: %s", g_strerror(errno));
    return MAX(came, 0);
}

#define OPENINGS 100 /* of a file whose folder goes each time, before that is an error */

/* The folder may go with the fresh output of another run between its making and this. */
static int open_lock(const Output *output, const char *file)
{
    g_autofree char *folder = g_path_get_dirname(file);
    int lock, flags = output->dry ? O_RDONLY : O_RDWR | O_CREAT;
    for (int i = 0; (lock = open(file, flags | O_CLOEXEC, 0666)) < 0 && errno == ENOENT && i < OPENINGS; i++)
        if (output->dry || g_mkdir_with_parents(folder, 0777) < 0)
            break;
    return lock;
}

static gboolean lock_open(const Output *output, int lock, int how, gboolean wait, GError **error)
{
    int came = wait ? wait_for(lock, how) : 0;
    if (came > 0) {
        g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED,
                    "stopped while it waited (%s); nothing was done", strsignal(came));
        return FALSE;
    }
    int taken;
    while ((taken = flock(lock, how | LOCK_NB)) < 0 && errno == EINTR)
        ;
    if (taken < 0)
        return errno == EWOULDBLOCK ? be_busy(output, lock, error)
                                    : output_fail(error, errno, "cannot be locked", output->path);
    return TRUE;
}

/* 0 where the file of this path is the one that is open: a lock on one that is gone is none. Else why that
 * cannot be told, or ESTALE for another file. */
static int compare(int lock, const char *file)
{
    struct stat here, there;
    if (fstat(lock, &here) < 0 || stat(file, &there) < 0)
        return errno == ENOENT ? ESTALE : errno;
    return here.st_dev == there.st_dev && here.st_ino == there.st_ino ? 0 : ESTALE;
}

/* Opens the file and takes its lock, LOCK_EX or LOCK_SH. Where it is another file each time, its file system
 * can hold none. */
static gboolean take(const Output *output, const char *file, int how, gboolean wait, int *lock,
                     GError **error)
{
    int err = ESTALE;
    *lock = -1;
    for (int i = 0; err == ESTALE && i < OPENINGS; i++) {
        if (*lock >= 0)
            close(*lock);
        *lock = open_lock(output, file);
        if (*lock < 0)
            return (output->dry && errno == ENOENT) ||
                   output_fail(error, errno, "cannot be written", output->path);
        if (!lock_open(output, *lock, how, wait, error))
            return FALSE;
        err = compare(*lock, file);
    }
    if (err != 0)
        return output_fail(error, err, "cannot be locked", output->path);
    if (!output->dry)
        sign(*lock);
    return TRUE;
}

/* ---- Opening ---- */

static gboolean make_state(Output *output, const char *folder, GError **error)
{
    g_free(output->state);
    output->state = g_strdup(folder);
    output->staging = g_build_filename(folder, "staging", NULL);
    output->ledger = g_build_filename(folder, "ledger.sqlite", NULL);
    return output->dry || g_mkdir_with_parents(folder, 0777) == 0 ||
           output_fail(error, errno, "cannot be made", output->path);
}

gboolean output_sweep(const Output *output, GError **error)
{
    return (file_remove_tree(output->staging, error) || error_blame_output(error)) &&
           (g_mkdir_with_parents(output->staging, 0777) == 0 ||
            output_fail(error, errno, "cannot be written", output->path));
}

/* What other shards know is settled under a lock of its own, for a moment. */
static gboolean open_shard(Output *output, const char *main, const OutputMode *mode, GError **error)
{
    int merging;
    g_autofree char *common = g_build_filename(main, LOCK, NULL);
    g_autofree char *gate = g_build_filename(main, SHARDS_FOLDER, LOCK, NULL);
    g_autofree char *own = g_build_filename(output->state, LOCK, NULL);
    if (!take(output, common, LOCK_SH, mode->wait, &output->common, error) ||
        !take(output, gate, LOCK_EX, TRUE, &merging, error))
        return FALSE;
    gboolean ok = take(output, own, LOCK_EX, mode->wait, &output->lock, error);
    output->locked = ok;
    ok = ok && shards_begin(output, main, mode, error);
    close(merging);
    return ok && output_sweep(output, error);
}

/* What is safe beside a run does not need its lock. TRUE, and no error, where the other run is all that was
 * wrong. */
static gboolean go_beside(Output *output, const OutputMode *mode, GError **failure)
{
    if (!mode->beside || !g_error_matches(*failure, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY))
        return FALSE;
    g_clear_error(failure);
    output->busy = TRUE;
    g_free(output->staging);
    output->staging = g_build_filename(output->state, "beside", NULL);
    return output->dry || g_mkdir_with_parents(output->staging, 0777) == 0 ||
           output_fail(failure, errno, "cannot be written", output->path);
}

static gboolean open_whole(Output *output, const OutputMode *mode, GError **error)
{
    g_autofree char *file = g_build_filename(output->state, LOCK, NULL);
    if (!take(output, file, LOCK_EX, mode->wait, &output->lock, error))
        return go_beside(output, mode, error);
    output->locked = TRUE;
    return shards_take_over(output->state, output->ledger, error) && output_sweep(output, error);
}

static gboolean open_dry(Output *output, const char *main, const OutputMode *mode, GError **error)
{
    g_autofree char *file = g_build_filename(main, LOCK, NULL);
    if (!take(output, file, LOCK_SH, mode->wait, &output->lock, error))
        return go_beside(output, mode, error);
    return mode->beside || shards_copy(output, main, mode, error);
}

Output *output_open_as(const char *path, const OutputMode *mode, GError **error)
{
    g_autoptr(Output) output = g_new0(Output, 1);
    output->lock = output->common = -1;
    output->path = g_strdup(path);
    output->dry = mode->dry;
    output->fresh = mode->shards == 0 && !g_file_test(path, G_FILE_TEST_EXISTS);
    g_autofree char *main = g_build_filename(path, PUBLISH_STATE_FOLDER, NULL);
    g_autofree char *part = mode->shards ? shards_folder(main, mode->shard, mode->shards) : NULL;

    g_autoptr(GError) failure = NULL;
    gboolean ok = make_state(output, part && !mode->dry ? part : main, &failure) &&
                  (mode->dry ? open_dry(output, main, mode, &failure)
                   : part    ? open_shard(output, main, mode, &failure)
                             : open_whole(output, mode, &failure));
    if (!ok)
        g_propagate_error(error, g_steal_pointer(&failure));
    return ok ? g_steal_pointer(&output) : NULL;
}

Output *output_open(const char *path, GError **error)
{
    const OutputMode mode = { 0 };
    return output_open_as(path, &mode, error);
}

/* ---- Closing ---- */

static gboolean has_only_state(const Output *output)
{
    g_autoptr(GPtrArray) names = file_list(output->path, NULL);
    return names && names->len == 1 && strcmp(names->pdata[0], PUBLISH_STATE_FOLDER) == 0;
}

/* The lock goes last of all files: whoever waits for it, or comes, makes it anew in a folder that then stays.
 */
static void remove_fresh(const Output *output)
{
    g_autoptr(GPtrArray) names = file_list(output->state, NULL);
    for (guint i = 0; names && i < names->len; i++) {
        g_autofree char *path = g_build_filename(output->state, names->pdata[i], NULL);
        if (strcmp(names->pdata[i], LOCK) != 0)
            file_remove_tree(path, NULL);
    }
    g_autofree char *lock = g_build_filename(output->state, LOCK, NULL);
    unlink(lock);
    rmdir(output->state);
    rmdir(output->path);
}

/* What cannot be removed does no harm, and the next run sweeps staging. */
void output_close(Output *output)
{
    if (!output)
        return;
    if (output->dry) {
        g_autofree char *scratch = g_path_get_dirname(output->ledger);
        if (strcmp(scratch, output->state) != 0)
            file_remove_tree(scratch, NULL);
    } else if (output->locked && output->fresh && has_only_state(output))
        remove_fresh(output);
    else if (output->locked)
        file_remove_tree(output->staging, NULL);
    if (output->lock >= 0)
        close(output->lock);
    if (output->common >= 0)
        close(output->common);
    g_free(output->path);
    g_free(output->state);
    g_free(output->ledger);
    g_free(output->staging);
    g_free(output);
}
