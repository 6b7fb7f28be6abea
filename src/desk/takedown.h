/* Galleries whose source folder is gone: what was published of them goes, too. Only files that the ledger
 * says were written are removed, and only where it is certain that the folder is not there any more. */
#pragma once

#include <glib.h>

#include "desk/ledger.h"
#include "desk/publish.h"
#include "desk/run.h"
#include "desk/scan.h"
#include "desk/withdrawn.h"

/* Why what is not found in a source may be there all the same, as the end of a sentence; NULL where it is
 * gone. device is the file system that the source was on when it was last seen with photos. */
const char *takedown_doubt(const ScanSource *source, gint64 device);

/* Takes down the galleries of the source that are not among galleries (Gallery), telling each by an
 * EVENT_REMOVED (in a dry run only by an EVENT_STALE); one with photos that are kept (desk/kept.h) loses only
 * the others, each of which is told. Or leaves them all and tells by one EVENT_WARNING why.
 * Nobody may withdraw a photo meanwhile. */
gboolean takedown(const ScanSource *source, GPtrArray *galleries, Ledger *ledger, const Withdrawn *withdrawn,
                  const Output *output, const RunOptions *options, RunTotals *totals, GError **error);
