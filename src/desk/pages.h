/* What the web reads of a gallery, written from what the ledger has of it. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"
#include "desk/publish.h"

#define PAGES_SHEET PUBLISH_SHEET

/* Replaces the gallery's contact sheet and then its manifest, each where it is not as it should be, with all
 * photos that the ledger now has of it, and remembers in known and in the ledger the folder as it then is. A
 * gallery of which nothing was ever published gets none. In a dry run nothing is written: the names of what
 * would be are added to stale (char *). */
gboolean pages_write(const Output *output, Ledger *ledger, const char *gallery, const char *preset,
                     LedgerGallery *known, GPtrArray *stale, GError **error);
