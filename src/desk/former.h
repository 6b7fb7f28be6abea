/* What was published of a photo before, and may serve again: as it is where only the words around it have
 * changed, and under another name where the photo has been renamed. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"
#include "desk/publish.h"

typedef struct {
    char *folder;    /* where its files are published */
    char *name;      /* of the photo, with its gallery: for telling */
    GVariant *photo; /* its manifest entry */
    char *look;      /* digest of all that its files were made from, bytes included */
    char *focus;     /* that captions.csv named; "" for none */
    char **warnings; /* of the making of its files */
    char **base;     /* what all photos of its run shared: recipe_base() */
} Former;

/* What the ledger has of the photo; NULL where that is not enough, and with an error where it cannot be read.
 */
Former *former_load(Ledger *ledger, const Output *output, const char *gallery, const char *name,
                    GError **error);
void former_free(Former *former);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Former, former_free)

/* What former_load() needs beside the manifest entry, as the ledger keeps it: a floating a{sv}. */
GVariant *former_making(const char *look, const char *focus, GVariant *warnings, char *const *base);

/* Why its files do not serve (a sentence's end, to be freed), or NULL where all are there in their size. One
 * that cannot be looked at does not serve now, and is an error of the machine beside: it may be whole. */
char *former_damage(const Former *former, GError **error);
