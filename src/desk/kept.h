/* Photos that stay published though they are in no source folder any more, since their originals have been
 * moved into an archive (desk/archive.h).
 *
 * Each has a file of its own, OUT/.photodesk/archived/GALLERY/.NAME, that holds all that the ledger knows of
 * it: a ledger that is made anew gets it back from there. Without that file, the photo is gone when its
 * source is. One that is in its source folder again is made from that, as any other. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"
#include "desk/publish.h"

/* The names of the gallery's, as a set; NULL where it has none. FALSE with an error of the output where that
 * cannot be told: the photos of that gallery are not to be touched then. */
gboolean kept_names(const Output *output, const char *gallery, GHashTable **names, GError **error);

/* Keeps a photo as the ledger has it now; durable. */
gboolean kept_put(const Output *output, Ledger *ledger, const char *gallery, const LedgerPhoto *photo,
                  GError **error);

/* Keeps it no longer. An absent one is no error. */
gboolean kept_drop(const Output *output, const char *gallery, const char *name, GError **error);

/* Gives one back to a ledger that does not have it; its gallery, which is known as the ledger has it, is to
 * be made anew then. A file that is gone, or is none, gives nothing; one that is damaged or cannot be read is
 * an error of the machine, whose message is a part of a sentence: its gallery is to stay as it is then, and
 * the others to go on. */
gboolean kept_restore(const Output *output, Ledger *ledger, const char *gallery, LedgerGallery *known,
                      const char *name, GError **error);
