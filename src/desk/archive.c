#include "desk/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/kept.h"
#include "photo/sidecar.h"

#define MOST_VERSIONS 10000 /* of one name */
#define ASIDE ".archived"   /* behind a hidden name in the inbox, for a moment */

/* ---- One file ---- */

/* Whether the file is the one that was scanned. That it has got another link does not count. */
static gboolean is_it(const char *path, const ScanFile *file)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == file->size &&
           st.st_ino == file->inode &&
           (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec == file->mtime;
}

static gboolean has_same_bytes(const char *a, const char *b)
{
    struct stat x, y;
    if (lstat(a, &x) < 0 || lstat(b, &y) < 0 || x.st_size != y.st_size || !S_ISREG(x.st_mode) ||
        !S_ISREG(y.st_mode))
        return FALSE;
    if (x.st_dev == y.st_dev && x.st_ino == y.st_ino)
        return TRUE;
    g_autoptr(GBytes) one = file_read(a, G_MAXSIZE, NULL, NULL, NULL);
    g_autoptr(GBytes) other = one ? file_read(b, G_MAXSIZE, NULL, NULL, NULL) : NULL;
    return other && g_bytes_equal(one, other);
}

/* Under its name only when all of it is there, and durable. */
static gboolean copy(const char *from, const char *to, GError **error)
{
    struct stat st;
    g_autofree char *folder = g_path_get_dirname(to), *name = g_path_get_basename(to);
    g_autofree char *part = g_strdup_printf("%s/.%s.part", folder, name);
    g_autoptr(GBytes) bytes = file_read(from, G_MAXSIZE, NULL, &st, error);
    if (!bytes)
        return FALSE;
    unlink(part); /* of a desk that was killed */
    if (!file_write_new(part, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error))
        return FALSE;
    const struct timespec times[] = { st.st_atim, st.st_mtim };
    if (utimensat(AT_FDCWD, part, times, 0) < 0)
        g_debug("the time of %s is lost", part);
    int err = renameat2(AT_FDCWD, part, AT_FDCWD, to, RENAME_NOREPLACE) < 0 ? errno : 0;
    if (err == EINVAL || err == ENOSYS) /* NFS has no such rename, but links */
        err = link(part, to) < 0 ? errno : 0;
    unlink(part);
    errno = err;
    return err == 0 || error_errno(error, err, "%s cannot be made", to);
}

typedef enum { PLACED, TAKEN, IMPOSSIBLE } Placing;

/* Gives the file a name in the archive, too. PLACED also where it has it already. */
static Placing place(const char *from, const char *to, gboolean *fresh, GError **error)
{
    g_autoptr(GError) failure = NULL;
    *fresh = link(from, to) == 0;
    if (*fresh)
        return PLACED;
    if (errno != EEXIST)
        *fresh = copy(from, to, &failure);
    if (*fresh)
        return PLACED;
    struct stat st;
    if (lstat(to, &st) == 0)
        return has_same_bytes(from, to) ? PLACED : TAKEN;
    if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    return IMPOSSIBLE;
}

static char *make_aside(const char *folder, const char *name)
{
    return g_strdup_printf("%s/.%s" ASIDE, folder, name);
}

/* Where a third one has come, both stay. */
static void give_back(const char *aside, const char *path)
{
    if (link(aside, path) == 0 || has_same_bytes(aside, path))
        unlink(aside);
}

/* Removes it from the inbox by way of a hidden name, which nobody else writes to: so what is removed is what
 * was looked at. */
static gboolean remove_original(const char *folder, const ScanFile *file)
{
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    g_autofree char *aside = make_aside(folder, file->name);
    if (!is_it(path, file) || rename(path, aside) < 0)
        return FALSE;
    gboolean right = is_it(aside, file);
    if (right)
        unlink(aside);
    else /* another one came meanwhile */
        give_back(aside, path);
    return right;
}

/* ---- One photo ---- */

/* The name of a photo, or of its sidecar, as the n-th version: the number stands behind the photo's stem. */
static char *number_name(const char *name, const char *photo, guint n)
{
    const char *dot = strrchr(photo, '.');
    gsize stem = dot && dot != photo ? (gsize)(dot - photo) : strlen(photo);
    stem = MIN(stem, strlen(name));
    return n == 1 ? g_strdup(name) : g_strdup_printf("%.*s-%u%s", (int)stem, name, n, name + stem);
}

/* Both of them under names that belong together. */
static Placing place_both(const char *inbox, const char *archive, const ScanFile *photo, guint n,
                          GError **error)
{
    gboolean fresh_sidecar = FALSE, fresh;
    const ScanFile *sidecar = photo->sidecar;
    g_autofree char *beside = NULL;
    if (sidecar) {
        g_autofree char *from = g_build_filename(inbox, sidecar->name, NULL);
        g_autofree char *name = number_name(sidecar->name, photo->name, n);
        beside = g_build_filename(archive, name, NULL);
        Placing placing = place(from, beside, &fresh_sidecar, error);
        if (placing != PLACED)
            return placing;
    }
    g_autofree char *from = g_build_filename(inbox, photo->name, NULL);
    g_autofree char *name = number_name(photo->name, photo->name, n);
    g_autofree char *to = g_build_filename(archive, name, NULL);
    Placing placing = place(from, to, &fresh, error);
    if (placing != PLACED && fresh_sidecar)
        unlink(beside);
    return placing;
}

static gboolean place_somewhere(const char *inbox, const char *archive, const ScanFile *photo, GError **error)
{
    for (guint n = 1; n <= MOST_VERSIONS; n++) {
        Placing placing = place_both(inbox, archive, photo, n, error);
        if (placing != TAKEN)
            return placing == PLACED && file_sync_folder(archive, error);
    }
    return error_failed(error, "%s has too many files of its name", archive);
}

static gboolean is_shared(const Gallery *gallery, const ScanFile *photo)
{
    for (guint i = 0; i < gallery->photos->len; i++) {
        const ScanFile *other = gallery->photos->pdata[i];
        g_autofree char *path = g_build_filename(gallery->folder, other->name, NULL);
        if (other != photo && other->sidecar && strcmp(other->sidecar->name, photo->sidecar->name) == 0 &&
            g_file_test(path, G_FILE_TEST_EXISTS))
            return TRUE;
    }
    return FALSE;
}

/* FALSE where it cannot be done, or, without an error, where the file is not the one that was published. */
static gboolean move(const Gallery *gallery, const char *archive, const ScanFile *photo, GError **error)
{
    struct stat st;
    g_autofree char *path = g_build_filename(gallery->folder, photo->name, NULL);
    if (!is_it(path, photo) || lstat(path, &st) < 0 ||
        (gint64)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec != photo->ctime)
        return FALSE;
    if (!place_somewhere(gallery->folder, archive, photo, error))
        return FALSE;
    if (!remove_original(gallery->folder, photo)) {
        if (is_it(path, photo))
            error_failed(error, "you may not remove it from there");
        return FALSE;
    }
    if (photo->sidecar && !is_shared(gallery, photo))
        remove_original(gallery->folder, photo->sidecar);
    return TRUE;
}

/* ---- A gallery ---- */

static const LedgerPhoto *find_made(const LedgerGallery *now, const char *name)
{
    guint low = 0, high = now->photos->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        const LedgerPhoto *photo = now->photos->pdata[middle];
        int order = strcmp(photo->name, name);
        if (order == 0)
            return photo;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static gboolean is_published(const ScanFile *photo, const LedgerPhoto *made)
{
    return made && !photo->held && made->size == photo->size && made->mtime == photo->mtime &&
           made->sidecar_size == (photo->sidecar ? photo->sidecar->size : 0) &&
           made->sidecar_mtime == (photo->sidecar ? photo->sidecar->mtime : 0);
}

static void tell_stays(GalleryRun *g, const ScanFile *photo, const char *why)
{
    g_autofree char *message =
        g_strdup_printf("is published, but stays in the inbox: it cannot be archived: %s", why);
    round_tell(g, (Event){ .type = EVENT_WARNING, .photo = photo->name, .message = message });
}

/* Whether there is no room for what stands around the name for a moment. */
static gboolean is_too_long(const ScanFile *file)
{
    return strlen(file->name) > NAME_MAX - strlen("." ASIDE);
}

static gboolean archive_photo(GalleryRun *g, const char *archive, const ScanFile *photo,
                              const LedgerPhoto *made, GError **error)
{
    Run *run = g->run;
    g_autoptr(GError) failure = NULL;
    if (!kept_put(run->output, run->ledger, g->source->path, made, error))
        return FALSE;
    if (move(g->source, archive, photo, &failure)) {
        round_tell(g, (Event){ .type = EVENT_ARCHIVED, .photo = photo->name });
        return TRUE;
    }
    if (failure)
        tell_stays(g, photo, failure->message);
    return kept_drop(run->output, g->source->path, photo->name, error);
}

/* The table as it is now, beside the photos that it was for. */
static void copy_table(GalleryRun *g, const char *archive)
{
    g_autofree char *from = g_build_filename(g->source->folder, g->source->captions->name, NULL);
    g_autoptr(GError) error = NULL;
    Placing placing = TAKEN;
    for (guint n = 1; n <= MOST_VERSIONS && placing == TAKEN; n++) {
        g_autofree char *name = number_name(SIDECAR_NAME, SIDECAR_NAME, n);
        g_autofree char *to = g_build_filename(archive, name, NULL);
        placing = has_same_bytes(from, to)              ? PLACED
                  : g_file_test(to, G_FILE_TEST_EXISTS) ? TAKEN
                  : copy(from, to, &error)              ? PLACED
                                                        : IMPOSSIBLE;
    }
    if (error)
        round_tell(g, (Event){ .type = EVENT_WARNING, .photo = SIDECAR_NAME, .message = error->message });
}

static void tell_gallery_stays(const GalleryRun *g, const char *why)
{
    g_autofree char *message = g_strdup_printf("%s; the originals of this gallery stay in the inbox", why);
    Event event = { .type = EVENT_WARNING, .message = message, .totals = g->run->totals };
    g->run->options.on_event(&event, g->run->options.user);
}

/* DIR itself is to be there: where its disk is not mounted, nothing is to be archived. */
static gboolean make_folder(GalleryRun *g, const char *archive)
{
    const char *dir = g->run->options.archive;
    errno = ENOENT;
    if (g_file_test(dir, G_FILE_TEST_IS_DIR) && g_mkdir_with_parents(archive, 0777) == 0)
        return TRUE;
    int err = errno;
    g_autofree char *shown = file_show(archive);
    g_autofree char *why = g_strdup_printf("The archive %s cannot be written: %s", shown, g_strerror(err));
    tell_gallery_stays(g, why);
    return FALSE;
}

/* What a desk that was killed had put aside goes back to where it was, and is looked at anew. FALSE where it
 * cannot be told whether there is any. */
static gboolean give_back_all(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) names = file_list(folder, error);
    for (guint i = 0; names && i < names->len; i++) {
        const char *aside = names->pdata[i];
        gsize n = strlen(aside);
        if (*aside != '.' || n < 1 + sizeof ASIDE || !g_str_has_suffix(aside, ASIDE))
            continue;
        g_autofree char *name = g_strndup(aside + 1, n - 1 - strlen(ASIDE));
        g_autofree char *from = g_build_filename(folder, aside, NULL),
                        *to = g_build_filename(folder, name, NULL);
        give_back(from, to);
    }
    return names != NULL;
}

gboolean archive_gallery(GalleryRun *g, GError **error)
{
    const Run *run = g->run;
    g_autoptr(GError) unread = NULL;
    if (g->kept && !give_back_all(g->source->folder, &unread)) {
        tell_gallery_stays(g, unread->message);
        return TRUE;
    }
    g_autofree char *archive = g_build_filename(run->options.archive, g->source->path, NULL);
    if (g->known->folder_mtime == 0 || g->source->photos->len == 0) /* not all of it is durable */
        return TRUE;
    g_autoptr(LedgerGallery) now = ledger_gallery(run->ledger, g->source->path, error);
    if (!now)
        return FALSE;
    gboolean any = FALSE;
    for (guint i = 0; i < g->source->photos->len && !run->cut; i++) {
        const ScanFile *photo = g->source->photos->pdata[i];
        const LedgerPhoto *made = find_made(now, photo->name);
        if (!is_published(photo, made))
            continue;
        if (is_too_long(photo) || (photo->sidecar && is_too_long(photo->sidecar))) {
            tell_stays(g, photo, "its name is too long; rename it");
            continue;
        }
        if (!any && !make_folder(g, archive))
            return TRUE;
        any = TRUE;
        if (!archive_photo(g, archive, photo, made, error))
            return FALSE;
        while (
            g_main_context_iteration(NULL, FALSE)) /* each takes a slow disk its time: newcomers, signals */
            ;
    }
    if (any && g->source->captions)
        copy_table(g, archive);
    return TRUE;
}
