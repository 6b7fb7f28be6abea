/* Photos that are gone from where they were, and may have come up under another name. */
#pragma once

#include <glib.h>

#include "desk/round.h"

/* What was published of those (look -> Former) that have the size of a photo that is new; NULL where there is
 * none. Nothing is removed by this. Errors are of the ledger: told in error, which is else left alone. */
GHashTable *moves_find(Run *run, GPtrArray *galleries, const RunTakedown *gone, GError **error);
