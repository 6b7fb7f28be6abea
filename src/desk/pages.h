/* What the web reads of a gallery, written from what the ledger has of it. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"
#include "desk/publish.h"
#include "desk/withdrawn.h"
#include "preset/preset.h"

/* The files that each gallery has, its manifest first, NULL-terminated. No source folder may have the name of
 * one, nor that of the desk's page. */
extern const char *const pages_files[];
gboolean pages_is_taken(const char *name);

/* What stands in the way of publishing into the gallery's folder, as part of a sentence to be freed; NULL
 * where nothing does: a folder in the place of one of these files, something else in the place of a
 * folder. Of a gallery of which nothing is known, a file of another program with such a name, too, as a
 * site's own index.html: one that has a manifest of ours has none. */
char *pages_hindrance(const Output *output, const char *gallery, gboolean known);

/* Why nothing can be written into the gallery's folder, likewise: that, or the one that it is to be made in,
 * is somebody else's, or its path is too long. NULL for the output itself, of which those tell who write
 * there. */
char *pages_closed(const Output *output, const char *gallery);

/* Replaces the gallery's pages and then its manifest, each where it is not as it should be, with all photos
 * that the ledger now has of it, but those that are withdrawn, in the order of the captions that are known
 * and then by name, and remembers in known and in the ledger the folder as it then is. A gallery of which
 * nothing was ever published gets none. In a dry run nothing is written: the names of what would be are added
 * to stale (char *). */
gboolean pages_write(const Output *output, Ledger *ledger, const Withdrawn *withdrawn, const char *gallery,
                     const Preset *preset, LedgerGallery *known, GPtrArray *stale, GError **error);
