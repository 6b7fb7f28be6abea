/* A take-down: a photo's variants go at once, its gallery's manifest and pages are written without it, and no
 * later run brings it back until it is undone. A run that is at work is not waited for: it looks at the list
 * before it publishes anything, and is kept from that for the moment that this takes. */
#pragma once

#include <glib.h>

typedef struct {
    guint files;      /* that were removed */
    gboolean already; /* it was withdrawn before; what was left of it is gone now */
    gboolean unsure;  /* files are named for it, but neither manifest nor ledger has its name yet */
    char *unsettled; /* why its gallery's preset could not be loaded, and article's took its place; or NULL */
} WithdrawResult;

/* gallery is the path under out, "" for out itself; photo the source file's name. Remembers first, then
 * writes the manifest, then removes, so that one that is cut short is finished by the next, or by a run.
 * Fails where no photo of this name is published, on its way, or withdrawn. Clear the result after either. */
gboolean withdraw(const char *out, const char *gallery, const char *photo, const char *reason,
                  WithdrawResult *result, GError **error);
void withdraw_result_clear(WithdrawResult *result);

/* Lets the next run publish it again. Fails where it is not withdrawn. */
gboolean withdraw_undo(const char *out, const char *gallery, const char *photo, GError **error);
