/* What of a gallery is to be done: its photos held against the ledger. */
#pragma once

#include <glib.h>

#include "desk/captions.h"
#include "desk/ledger.h"
#include "desk/publish.h"
#include "desk/scan.h"

typedef struct {
    const ScanFile *photo;
    char *recipe;       /* digest of all that its variants are made from, but for its bytes */
    char *known_digest; /* the bytes they were made from, where the recipe is the same; else NULL */
    SidecarRow row;
} PlanItem;

typedef struct {
    GArray *items;        /* PlanItem: photos to be read again, the largest first */
    guint unchanged;      /* photos that need not */
    GPtrArray *vanished;  /* names (borrowed) of photos that the ledger has and the gallery has not */
    gboolean folder_same; /* nobody has touched the published folder since */
} Plan;

/* base is the part of the recipe that all photos of the run share. A photo is as it was when its size and
 * time, those of its XMP sidecar, and its recipe are, and its published files are there. The plan borrows
 * from all its arguments. */
Plan *plan_gallery(const Gallery *gallery, const LedgerGallery *known, Captions *captions, const char *base,
                   const Output *output, Ledger *ledger);
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)
