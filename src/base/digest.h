/* Digests that name bytes: XXH3-128, for finding changes and making file names, not for security. */
#pragma once

#include <glib.h>

#define DIGEST_JOINT "+" /* between two digests, of what must be known together and apart */

/* The digest of size bytes as 32 lower-case hex digits. Free with g_free(). */
char *digest_hex(gconstpointer data, gsize size);

/* The same of a regular file's bytes, read piece by piece; NULL where it cannot be read, or is none. Never
 * waits for a FIFO or a device. */
char *digest_file(const char *path);
