/* What of a gallery is to be done: its photos held against the ledger. */
#pragma once

#include <glib.h>

#include "desk/captions.h"
#include "desk/ledger.h"
#include "desk/publish.h"
#include "desk/recipe.h"
#include "desk/scan.h"
#include "desk/withdrawn.h"

typedef struct {
    const ScanFile *photo;
    char *recipe;            /* digest of all that its variants are made from, but for its bytes */
    char *known_digest;      /* the bytes they were made from, where the recipe is the same; else NULL */
    const LedgerPhoto *made; /* as it was made before, or NULL */
    char *damage;            /* what is wrong with what is published of it, or NULL */
    SidecarRow row;
} PlanItem;

typedef struct {
    GArray *items;        /* PlanItem: photos to be read again, the largest first */
    GPtrArray *unchanged; /* names (borrowed) of those that need not */
    GPtrArray *vanished;  /* names (borrowed) of photos that the ledger has and the gallery has not */
    GPtrArray *withdrawn; /* names (borrowed) of photos that are not to be published */
    gboolean folder_same; /* nobody has touched the published folder since */
} Plan;

typedef struct {
    const Recipe *recipe;
    const Output *output;
    Ledger *ledger;
    const Withdrawn *withdrawn;
    gboolean force;    /* no photo is as it was */
    gboolean thorough; /* look at each published file, and not only where the folder was touched */
} PlanSetup;

/* A photo is as it was when its size and time, those of its XMP sidecar, and its recipe are, and its
 * published files are there. The plan borrows from all its arguments. */
Plan *plan_gallery(const Gallery *gallery, const LedgerGallery *known, Captions *captions,
                   const PlanSetup *setup);
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

/* Whether the photo is to be read again. */
gboolean plan_has(const Plan *plan, const ScanFile *photo);
