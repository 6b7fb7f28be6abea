/* The photos that were taken back, and are not to be published again: OUT/.withdrawn.json. It stands beside
 * the state folder, not in it, so that deleting that one brings nothing back. Each change of it is durable
 * before it counts. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"

#define WITHDRAWN_FILE ".withdrawn.json"

typedef struct {
    char *gallery, *photo; /* UTF-8: see file_utf8() */
    char *stem;            /* of its variants' names */
    char *reason, *since;  /* since: ISO 8601, UTC */
    GPtrArray *digests;    /* char *: of its bytes, and of them with those of its sidecar, as far as known */
} Withdrawal;

typedef struct Withdrawn Withdrawn;

/* Reads the list of an output; none is an empty one. One that is there and cannot be read is an error of the
 * output: nobody can say then what must not be published. */
Withdrawn *withdrawn_open(const char *out, GError **error);
void withdrawn_free(Withdrawn *withdrawn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Withdrawn, withdrawn_free)

/* Whether the file is another one than was read; reads it again where it is. */
gboolean withdrawn_is_stale(const Withdrawn *withdrawn);
gboolean withdrawn_refresh(Withdrawn *withdrawn, GError **error);

/* The entry of a photo by its name, or of any with these bytes, whatever their sidecars; NULL for none. */
const Withdrawal *withdrawn_find(const Withdrawn *withdrawn, const char *gallery, const char *photo);
const Withdrawal *withdrawn_find_digest(const Withdrawn *withdrawn, const char *digest);
/* Why a photo is not to be published, to be freed; NULL where it may be. digest may be NULL. */
char *withdrawn_reason(const Withdrawn *withdrawn, const char *gallery, const char *photo,
                       const char *digest);

const GPtrArray *withdrawn_list(const Withdrawn *withdrawn); /* Withdrawal, in the order of their coming */

/* While it is locked, nobody else changes the list, or writes a manifest. Waits for others, who keep it for a
 * moment only. The state folder must be there. Locking refreshes. */
gboolean withdrawn_lock(Withdrawn *withdrawn, GError **error);
void withdrawn_unlock(Withdrawn *withdrawn);

/* Changes of the list, to be made while it is locked. Adding a photo that is there replaces its reason.
 * Pointers into the list end. */
gboolean withdrawn_add(Withdrawn *withdrawn, const char *gallery, const char *photo, const char *reason,
                       GError **error);
gboolean withdrawn_add_digest(Withdrawn *withdrawn, const char *gallery, const char *photo,
                              const char *digest, GError **error);

/* Notes the digests of photos on the list of which none is known, as far as the ledger has them. */
gboolean withdrawn_learn(Withdrawn *withdrawn, Ledger *ledger, GError **error);

gboolean withdrawn_remove(Withdrawn *withdrawn, const char *gallery, const char *photo, GError **error);
