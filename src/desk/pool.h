/* Tasks in child processes, as many at a time as there are processors.
 *
 * Each task is done by a forked child that inherits it in memory, limits itself, and sends its result back as
 * a GVariant through a pipe. A child that is killed, takes too long or sends nonsense is tried once more,
 * alone; then its task fails with a reason that a person understands. The parent stays single-threaded, and
 * decodes nothing.
 */
#pragma once

#include <glib.h>

#include "preset/preset.h"

/* In the child, before it is bound: makes the folder that it alone may write to from then on, and returns its
 * path; NULL where it is to write nowhere, or with an error. */
typedef const char *(*PoolFolder)(gpointer task, GError **error);

/* In the child: does the task and returns a floating a{sv}, or NULL with an error. threads is how many
 * processors it may use. */
typedef GVariant *(*PoolWork)(gpointer task, guint threads, GError **error);

/* In the parent, before each child is started for the task: gets ready what the child will inherit. */
typedef void (*PoolPrepare)(gpointer task, gpointer user);

/* In the parent, once for each task: either result (a{sv} in normal form, but from an untrusted process) or
 * error. */
typedef void (*PoolDone)(gpointer task, GVariant *result, const GError *error, gpointer user);

typedef struct {
    PoolFolder folder; /* may be NULL: children write nowhere */
    PoolWork work;
    PoolDone done;
    gpointer user; /* for prepare and done */
    guint children;
    const Limits *limits;
    gsize largest;              /* bytes of a result; what sends more has run wild */
    gboolean signals_elsewhere; /* SIGINT and SIGTERM are blocked, and the caller waits for them */
    PoolPrepare prepare;        /* may be NULL */
} PoolSetup;

#define POOL_LARGEST ((gsize)4 << 20) /* of one photo */

typedef struct Pool Pool;

Pool *pool_new(const PoolSetup *setup);
void pool_free(Pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pool, pool_free)

/* Tasks are started in the order in which they were added, also by a done; they must live until theirs. */
void pool_add(Pool *pool, gpointer task);

/* Starts no more tasks and kills those under way, which are then not done. For use in done. */
void pool_stop(Pool *pool);

/* Starts no more tasks; pool_run() returns when those under way are done. */
void pool_drain(Pool *pool);

/* Returns when all tasks are done (TRUE), or after pool_stop() or pool_drain(), or on SIGINT and SIGTERM with
 * an error. */
gboolean pool_run(Pool *pool, GError **error);
