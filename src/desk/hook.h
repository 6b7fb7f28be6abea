/* A command that is run when a gallery has changed, with the path of its manifest as last argument: for those
 * who purge a cache or call a CMS. Nothing waits for it; it is one at a time for each gallery, and what
 * changes meanwhile gives one more. */
#pragma once

#include <glib.h>

typedef struct Hook Hook;

typedef struct {
    char **command; /* must outlive the Hook */
    const char *out;
    guint seconds;                                          /* so long it may take; then it is killed */
    void (*on_problem)(const char *message, gpointer user); /* it failed */
    gpointer user;
} HookOptions;

Hook *hook_new(const HookOptions *options);

/* Kills what still runs. */
void hook_free(Hook *hook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hook, hook_free)

/* The gallery was published anew, or taken down: then its manifest is not there. */
void hook_run(Hook *hook, const char *gallery);

/* Whether any is under way or waits for its turn. */
gboolean hook_is_busy(const Hook *hook);
