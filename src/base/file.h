/* Files as a program that must not lose any handles them: read whole, written durably, removed whole.
 *
 * Paths are in the file system's own bytes. Every function returns FALSE or NULL with an error set when any
 * call fails, fsync() and close() included.
 */
#pragma once

#include <glib.h>
#include <sys/stat.h>

/* Reads a whole regular file of at most max bytes, and names the bound (" (preset key ...)", or NULL) where
 * it has more. Gives the stat of the open file in st (may be NULL). A folder, FIFO or device is an error, and
 * is never waited for; so is a file that changes meanwhile. The error's text has no name: the caller knows
 * it. */
GBytes *file_read(const char *path, gsize max, const char *bound, struct stat *st, GError **error);

/* Reads the first bytes of a regular file, at most max of them: enough to tell what it is. */
GBytes *file_read_head(const char *path, gsize max, GError **error);

/* The names in a folder (char *), ascending as strcmp() has it, but for "." and ".."; none where there is no
 * such folder. One that cannot be read to its end is an error: what it has is not known then. */
GPtrArray *file_list(const char *path, GError **error);

/* Whether errno value err says that there is nothing of that name; any other leaves that open. */
gboolean file_is_absent(int err);

/* Whether some of the file was never written, though what is behind it counts (lseek(2), SEEK_HOLE): whoever
 * sends it has set its size first. FALSE where the file system cannot tell. */
gboolean file_has_hole(const char *path);

/* Writes a new file (an existing one is an error) and makes its bytes durable. */
gboolean file_write_new(const char *path, gconstpointer data, gsize size, GError **error);

/* Puts the text in the place of a file, or where there is none, by way of another name on its file system
 * that is the caller's: readers see the old file or the new one, whole. It is not made durable: for what is
 * written anew all the time. */
gboolean file_replace(const char *path, const char *by_way_of, const char *text, GError **error);

/* Makes the entries of a folder durable: needed after a rename into it. */
gboolean file_sync_folder(const char *path, GError **error);

/* When its bytes or its name were last changed, whichever is later: ns since 1970; 0 where there is none. */
gint64 file_changed(const char *path);
gint64 file_changed_by(const struct stat *st);

/* Removes a folder and all below it, following no link. An absent one is no error. */
gboolean file_remove_tree(const char *path, GError **error);

/* The name as it may be shown on a terminal or in a message: valid UTF-8, with control characters, line
 * breaks and direction overrides escaped, so that no file name can forge a line. Free with g_free(). */
char *file_show(const char *path);

/* The name as valid UTF-8 for a program: as it is, but for bytes that are none, which become \xNN, so that no
 * two names become one. Free with g_free(). */
char *file_utf8(const char *path);
