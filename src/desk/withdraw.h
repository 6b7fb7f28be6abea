/* A take-down: a photo's variants go at once, its gallery's manifest and pages are written without it, and no
 * later run brings it back until it is undone. So do those of its copies in other galleries and under other
 * names, as far as the ledger knows them. A run that is at work is not waited for: it looks at the list
 * before it publishes anything, and is kept from that for the moment that this takes. */
#pragma once

#include <glib.h>

/* What was published elsewhere of a photo with the same bytes. */
typedef struct {
    char *path, *of; /* GALLERY/PHOTO, and that of the photo that is withdrawn */
    guint files;     /* that were removed */
    GError *left;    /* why it, or some of it, stays published; or NULL */
} WithdrawCopy;

typedef struct {
    guint files;       /* that were removed */
    gboolean already;  /* it was withdrawn before; what was left of it is gone now */
    gboolean unsure;   /* files are named for it, but neither manifest nor ledger has its name yet */
    gboolean blind;    /* the ledger is absent or in use: what copies there are is not known */
    GPtrArray *copies; /* WithdrawCopy */
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
