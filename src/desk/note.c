#include "desk/note.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "desk/notice.h"
#include "desk/scan.h"

#define LARGEST 65536 /* bytes; no note of ours has as many */
#define HASH 8        /* characters */

char *note_stem(const char *name)
{
    gsize most = NAME_MAX - strlen("." SCAN_NOTE), n = strlen(name);
    if (n <= most)
        return g_strdup(name);
    g_autofree char *digest = digest_hex(name, n);
    most -= strlen("~") + HASH;
    while (most > 0 && ((guchar)name[most] & 0xc0) == 0x80) /* between characters */
        most--;
    return g_strdup_printf("%.*s~%.*s", (int)most, name, HASH, digest);
}

/* Whether there is a file that is no note. */
static gboolean is_of_others(const char *path)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return FALSE;
    g_autoptr(GBytes) bytes = file_read(path, LARGEST, NULL, NULL, NULL);
    g_autofree char *text =
        bytes ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : g_strdup("");
    return !notice_is_one(text);
}

gboolean note_write(const char *folder, const char *name, const char *language, const char *message, int code,
                    GError **error)
{
    struct stat st;
    g_autofree char *photo = g_build_filename(folder, name, NULL);
    if (lstat(photo, &st) < 0)
        return TRUE;
    g_autofree char *text = notice_text(name, language, message, code);
    g_autofree char *stem = note_stem(name);
    g_autofree char *path = g_strconcat(folder, "/", stem, SCAN_NOTE, NULL);
    if (is_of_others(path)) {
        g_autofree char *theirs = file_show(path);
        return error_failed(error, "%s is no note of photodesk, which would write one there; rename it",
                            theirs);
    }
    g_autofree char *hidden = g_strconcat(folder, "/.", stem, SCAN_NOTE, NULL); /* which nobody takes in */
    unlink(hidden);                                                             /* of a run that was killed */
    if (!file_write_new(hidden, text, strlen(text), error))
        return FALSE;
    if (rename(hidden, path) == 0)
        return TRUE;
    int err = errno;
    unlink(hidden);
    g_autofree char *shown = file_show(path);
    return error_errno(error, err, "%s cannot be written", shown);
}

void note_remove(const char *folder, const char *stem)
{
    g_autofree char *path = g_strconcat(folder, "/", stem, SCAN_NOTE, NULL);
    if (!is_of_others(path))
        unlink(path);
}
