#include "desk/note.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "desk/board.h"
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

/* The desk that serves an output, as its notes name it. */
static char *name_desk(const char *out)
{
    g_autofree char *real = realpath(out, NULL);
    return file_show(real ? real : out);
}

typedef enum { OURS, ANOTHER_DESKS, OTHERS } Whose; /* OURS also where there is none */

static Whose find_whose(const char *path, const char *desk)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return OURS;
    g_autoptr(GBytes) bytes = file_read(path, LARGEST, NULL, NULL, NULL);
    g_autofree char *text =
        bytes ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : g_strdup("");
    g_autofree char *writer = notice_desk(text);
    return !writer ? OTHERS : strcmp(writer, desk) != 0 && board_is_at_work(writer) ? ANOTHER_DESKS : OURS;
}

gboolean note_write(const char *out, const char *folder, const char *name, const char *language,
                    const char *message, int code, GError **error)
{
    struct stat st;
    g_autofree char *photo = g_build_filename(folder, name, NULL);
    if (lstat(photo, &st) < 0)
        return TRUE;
    g_autofree char *desk = name_desk(out), *text = notice_text(name, language, message, code, desk);
    g_autofree char *stem = note_stem(name);
    g_autofree char *path = g_strconcat(folder, "/", stem, SCAN_NOTE, NULL);
    Whose whose = find_whose(path, desk);
    if (whose == ANOTHER_DESKS)
        return TRUE;
    if (whose == OTHERS) {
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

void note_remove(const char *out, const char *folder, const char *stem)
{
    g_autofree char *desk = name_desk(out);
    g_autofree char *path = g_strconcat(folder, "/", stem, SCAN_NOTE, NULL);
    if (find_whose(path, desk) == OURS)
        unlink(path);
}
