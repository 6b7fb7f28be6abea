#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"

static gboolean write_all(int fd, const char *data, gsize size)
{
    while (size > 0) {
        ssize_t n = write(fd, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FALSE;
        data += n;
        size -= (gsize)n;
    }
    return TRUE;
}

static void tell_unread(GError **error, int err)
{
    gboolean forbidden = err == EACCES || err == EPERM;
    g_set_error(error, PHOTODESK_ERROR, forbidden ? PHOTODESK_ERROR_SETUP : error_code(err),
                "cannot be read (%s); check that it is there and that you may read it", g_strerror(err));
}

GBytes *file_read(const char *path, gsize max, const char *bound, struct stat *st, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        tell_unread(error, errno);
        return NULL;
    }

    GBytes *bytes = NULL;
    g_autofree char *data = NULL;
    struct stat info, after;
    gsize size = 0, used = 0;

    if (fstat(fd, &info) < 0) {
        tell_unread(error, errno);
        goto out;
    }
    if (S_ISDIR(info.st_mode)) {
        error_failed(error, "is a folder; name a photo in it, or publish it whole with photodesk build");
        goto out;
    }
    if (!S_ISREG(info.st_mode)) {
        error_failed(error, "is not a regular file; put the file itself in its place");
        goto out;
    }
    if ((guint64)info.st_size > max) {
        error_set(error, PHOTODESK_ERROR_TOO_LARGE,
                  "has %.0f MiB, more than the limit of %.0f MiB%s; send it smaller",
                  (double)info.st_size / (1 << 20), (double)max / (1 << 20), bound ? bound : "");
        goto out;
    }

    size = (gsize)info.st_size;
    data = memory_new(size + 1); /* one more, so that a file that grows is noticed */
    while (used <= size) {
        ssize_t n = read(fd, data + used, size + 1 - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            tell_unread(error, errno);
            goto out;
        }
        if (n == 0)
            break;
        used += (gsize)n;
    }
    if (used != size || fstat(fd, &after) < 0 || after.st_mtim.tv_sec != info.st_mtim.tv_sec ||
        after.st_mtim.tv_nsec != info.st_mtim.tv_nsec) {
        error_failed(error, "changed while it was read; run again when it is complete");
        goto out;
    }
    if (st)
        *st = info;
    bytes = g_bytes_new_take(g_steal_pointer(&data), size);
out:
    close(fd); /* nothing was written: nothing to lose */
    return bytes;
}

GBytes *file_read_head(const char *path, gsize max, GError **error)
{
    struct stat st;
    g_autofree char *data = g_malloc(max);
    gsize used = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int err = fd < 0 || fstat(fd, &st) < 0 ? errno : S_ISREG(st.st_mode) ? 0 : EINVAL;
    while (err == 0 && used < max) {
        ssize_t n = read(fd, data + used, max - used);
        if (n == 0)
            break;
        if (n > 0)
            used += (gsize)n;
        else if (errno != EINTR)
            err = errno;
    }
    if (fd >= 0)
        close(fd); /* nothing was written: nothing to lose */
    if (err == 0)
        return g_bytes_new_take(g_steal_pointer(&data), used);
    tell_unread(error, err);
    return NULL;
}

gboolean file_has_hole(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return FALSE;
    off_t hole = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? lseek(fd, 0, SEEK_HOLE) : -1;
    close(fd); /* nothing was written: nothing to lose */
    return hole >= 0 && hole < st.st_size;
}

gboolean file_is_absent(int err)
{
    return err == ENOENT || err == ENOTDIR;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Gives the errno that ended it, 0 where that was the end of the folder. */
static int read_names(const char *path, GPtrArray *names)
{
    DIR *dir = opendir(path);
    if (!dir)
        return file_is_absent(errno) ? 0 : errno;
    const struct dirent *entry;
    while ((errno = 0, entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            g_ptr_array_add(names, g_strdup(entry->d_name));
    int err = errno;
    closedir(dir); /* nothing was written: nothing to lose */
    return err;
}

GPtrArray *file_list(const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    int err = read_names(path, names);
    if (err != 0) {
        g_autofree char *shown = file_show(path);
        error_failed(error, "The folder %s cannot be read: %s; see that you may read it, and run again",
                     shown, g_strerror(err));
        return NULL;
    }
    g_ptr_array_sort(names, compare_names);
    return g_steal_pointer(&names);
}

static gboolean write_new(const char *path, gconstpointer data, gsize size, gboolean durable, GError **error)
{
    g_autofree char *name = file_show(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return error_errno(error, errno, "%s cannot be written", name);

    int err = write_all(fd, data, size) && (!durable || fsync(fd) == 0) ? 0 : errno;
    if (close(fd) < 0 && err == 0)
        err = errno;
    if (err == 0)
        return TRUE;
    unlink(path);
    return error_errno(error, err, "%s cannot be written", name);
}

gboolean file_write_new(const char *path, gconstpointer data, gsize size, GError **error)
{
    return write_new(path, data, size, TRUE, error);
}

gboolean file_replace(const char *path, const char *by_way_of, const char *text, GError **error)
{
    g_autofree char *name = file_show(path);
    if (unlink(by_way_of) < 0 && errno != ENOENT)
        return error_errno(error, errno, "%s cannot be written", name);
    if (!write_new(by_way_of, text, strlen(text), FALSE, error))
        return FALSE;
    if (rename(by_way_of, path) == 0)
        return TRUE;
    int err = errno;
    unlink(by_way_of);
    return error_errno(error, err, "%s cannot be written", name);
}

gint64 file_changed_by(const struct stat *st)
{
    gint64 bytes = (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
    gint64 name = (gint64)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
    return MAX(bytes, name);
}

gint64 file_changed(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 ? file_changed_by(&st) : 0;
}

gboolean file_sync_folder(const char *path, GError **error)
{
    g_autofree char *name = file_show(path);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(error, errno, "The folder %s cannot be made durable", name);

    int err = fsync(fd) == 0 ? 0 : errno;
    if (close(fd) < 0 && err == 0)
        err = errno;
    return err == 0 || error_errno(error, err, "The folder %s cannot be made durable", name);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

gboolean file_remove_tree(const char *path, GError **error)
{
    struct stat st;
    if (lstat(path, &st) < 0 && errno == ENOENT)
        return TRUE;
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0)
        return TRUE;
    g_autofree char *name = file_show(path);
    return error_errno(error, errno, "%s cannot be removed", name);
}

/* Characters that could break a line or turn the reading direction of what follows. */
static gboolean is_unsafe(gunichar c)
{
    return g_unichar_iscntrl(c) || c == 0x061c || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static char *escape(const char *path, gboolean (*is_escaped)(gunichar))
{
    GString *out = g_string_new(NULL);
    for (const char *p = path; *p;) {
        gunichar c = g_utf8_get_char_validated(p, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append_printf(out, "\\x%02x", (guchar)*p++);
            continue;
        }
        if (is_escaped && is_escaped(c))
            g_string_append_printf(out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
        else
            g_string_append_unichar(out, c);
        p = g_utf8_next_char(p);
    }
    return g_string_free(out, FALSE);
}

char *file_show(const char *path)
{
    return escape(path, is_unsafe);
}

char *file_utf8(const char *path)
{
    return escape(path, NULL);
}
