/* The ledgers of the shards: each begins with what is known of its galleries, and what it came to know goes
 * into the one ledger of the output when it is done. For output.c only, which holds the locks. */
#pragma once

#include <glib.h>

#include "desk/output.h"

#define SHARDS_FOLDER "shards" /* in the state folder */

/* The state folder of one shard; main is that of the output. Free with g_free(). */
char *shards_folder(const char *main, guint shard, guint shards);

/* With the output's lock held alone: takes over what all shards know, and removes their folders. */
gboolean shards_take_over(const char *main, const char *ledger, GError **error);

/* Takes over what shards know that are done, and gives the ledger of the output's shard what is known of its
 * galleries. Fails where a shard of another division is at work. */
gboolean shards_begin(const Output *output, const char *main, const OutputMode *mode, GError **error);

/* For a dry run: a ledger in a folder of its own elsewhere that knows the same, and whose path becomes that
 * of the output. */
gboolean shards_copy(Output *output, const char *main, const OutputMode *mode, GError **error);
