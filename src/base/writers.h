/* Files that are written side by side: to make one durable takes its time, but hardly a processor's, and for
 * some at once it takes little longer than for one. */
#pragma once

#include <glib.h>

typedef struct Writers Writers;

Writers *writers_new(const char *folder);

/* Has a new file of the folder written from the bytes, of which a reference is taken: file_write_new(). It
 * does not wait. */
void writers_add(Writers *writers, const char *name, GBytes *bytes);

/* Waits until all that were added are durable and no thread is left, and frees. Of several errors, that of
 * the one added first. */
gboolean writers_end(Writers *writers, GError **error);
