#include "desk/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/ledger.h"

#define LARGEST_LEDGER ((gsize)8 << 30)

char *shards_folder(const char *main, guint shard, guint shards)
{
    g_autofree char *name = g_strdup_printf("%u-of-%u", shard, shards);
    return g_build_filename(main, SHARDS_FOLDER, name, NULL);
}

typedef struct {
    guint shard, shards;
    char *folder, *ledger;
} Shard;

static void shard_clear(gpointer data)
{
    Shard *shard = data;
    g_free(shard->folder);
    g_free(shard->ledger);
}

/* All that there are folders of. NULL with an error where that cannot be told: what is passed over now would
 * be taken over later, in the place of what is newer. */
static GArray *list(const char *main, GError **error)
{
    g_autofree char *folder = g_build_filename(main, SHARDS_FOLDER, NULL);
    g_autoptr(GPtrArray) names = file_list(folder, error);
    if (!names) {
        error_blame_output(error);
        return NULL;
    }
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Shard));
    g_array_set_clear_func(found, shard_clear);
    for (guint i = 0; i < names->len; i++) {
        Shard shard = { 0 };
        const char *name = names->pdata[i];
        if (sscanf(name, "%u-of-%u", &shard.shard, &shard.shards) != 2)
            continue;
        shard.folder = g_build_filename(folder, name, NULL);
        shard.ledger = g_build_filename(shard.folder, "ledger.sqlite", NULL);
        g_array_append_val(found, shard);
    }
    return found;
}

gboolean shards_take_over(const char *main, const char *path, GError **error)
{
    g_autoptr(GArray) shards = list(main, error);
    if (!shards || shards->len == 0)
        return shards != NULL;
    g_autoptr(Ledger) ledger = ledger_open(path, error);
    if (!ledger)
        return FALSE;
    for (guint i = 0; i < shards->len; i++)
        ledger_merge(ledger, g_array_index(shards, Shard, i).ledger);
    g_autofree char *folder = g_build_filename(main, SHARDS_FOLDER, NULL);
    return file_remove_tree(folder, error);
}

/* Whether nobody is at work on the shard; it is then locked until the number is closed. */
static int lock_idle(const Shard *shard, int how)
{
    g_autofree char *path = g_build_filename(shard->folder, "lock", NULL);
    int lock = open(path, O_RDONLY | O_CLOEXEC);
    if (lock >= 0 && flock(lock, how | LOCK_NB) < 0) {
        close(lock);
        errno = EWOULDBLOCK;
        return -1;
    }
    return lock;
}

static gboolean be_busy(const Output *output, const Shard *shard, GError **error)
{
    g_autofree char *shown = file_show(output->path);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY,
                "Another photodesk is building shard %u/%u of %s; wait until it has finished and run again",
                shard->shard, shard->shards, shown);
    return FALSE;
}

static void remove_ledger(const char *path)
{
    static const char *const parts[] = { "", "-wal", "-shm" };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = g_strconcat(path, parts[i], NULL);
        g_unlink(part); /* where this fails, it is taken over once more */
    }
}

static gboolean take_over_idle(const Output *output, Ledger *ledger, const char *main, guint shards,
                               GError **error)
{
    g_autoptr(GArray) found = list(main, error);
    for (guint i = 0; found && i < found->len; i++) {
        const Shard *shard = &g_array_index(found, Shard, i);
        gboolean own = g_strcmp0(shard->folder, output->state) == 0;
        int lock = own ? -1 : lock_idle(shard, LOCK_EX);
        if (!own && lock < 0 && errno == EWOULDBLOCK) {
            if (shard->shards != shards)
                return be_busy(output, shard, error);
            continue;
        }
        if (own || lock >= 0) {
            ledger_merge(ledger, shard->ledger);
            remove_ledger(shard->ledger);
        }
        if (lock >= 0)
            close(lock);
    }
    return found != NULL;
}

static gboolean is_mine(const char *gallery, gpointer data)
{
    const OutputMode *mode = data;
    return output_shard_of(gallery, mode->shards) == mode->shard;
}

gboolean shards_begin(const Output *output, const char *main, const OutputMode *mode, GError **error)
{
    g_autofree char *path = g_build_filename(main, "ledger.sqlite", NULL);
    g_autoptr(Ledger) all = ledger_open(path, error);
    if (!all || !take_over_idle(output, all, main, mode->shards, error) ||
        !ledger_copy(all, output->ledger, error))
        return FALSE;
    g_autoptr(Ledger) own = ledger_open(output->ledger, error);
    return own && ledger_keep(own, is_mine, (gpointer)mode, error);
}

/* ---- Without writing ---- */

static gboolean copy_file(const char *from, const char *to, GError **error)
{
    if (!g_file_test(from, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    g_autoptr(GBytes) bytes = file_read(from, LARGEST_LEDGER, NULL, NULL, error);
    return bytes && file_write_new(to, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
}

static gboolean copy_ledger(const char *from, const char *to, GError **error)
{
    g_autofree char *log_from = g_strconcat(from, "-wal", NULL);
    g_autofree char *log_to = g_strconcat(to, "-wal", NULL);
    return copy_file(from, to, error) && copy_file(log_from, log_to, error);
}

static gboolean merge_copies(const Output *output, Ledger *ledger, const char *main, const char *scratch,
                             GError **error)
{
    g_autoptr(GArray) found = list(main, error);
    for (guint i = 0; found && i < found->len; i++) {
        const Shard *shard = &g_array_index(found, Shard, i);
        g_autofree char *copy = g_strdup_printf("%s/%u.sqlite", scratch, i);
        int lock = lock_idle(shard, LOCK_SH);
        if (lock < 0 && errno == EWOULDBLOCK)
            return be_busy(output, shard, error);
        gboolean ok = copy_ledger(shard->ledger, copy, error);
        if (lock >= 0)
            close(lock);
        if (!ok)
            return FALSE;
        ledger_merge(ledger, copy);
    }
    return found != NULL;
}

gboolean shards_copy(Output *output, const char *main, const OutputMode *mode, GError **error)
{
    g_autofree char *path = g_build_filename(main, "ledger.sqlite", NULL);
    g_autofree char *scratch = g_dir_make_tmp("photodesk-XXXXXX", error);
    if (!scratch)
        return FALSE;
    g_free(output->ledger);
    output->ledger = g_build_filename(scratch, "ledger.sqlite", NULL);
    if (!copy_ledger(path, output->ledger, error))
        return FALSE;
    g_autoptr(Ledger) ledger = ledger_open(output->ledger, error);
    return ledger && merge_copies(output, ledger, main, scratch, error) &&
           (mode->shards == 0 || ledger_keep(ledger, is_mine, (gpointer)mode, error));
}
