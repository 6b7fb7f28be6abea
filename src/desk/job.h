/* One photo's whole way, in the child: read, describe, render, stage. */
#pragma once

#include <glib.h>

#include "desk/former.h"
#include "desk/ledger.h"
#include "desk/publish.h"
#include "desk/recipe.h"
#include "desk/scan.h"
#include "desk/withdrawn.h"
#include "photo/sidecar.h"
#include "preset/preset.h"

typedef struct {
    char *folder;  /* source folder */
    char *name;    /* source file in it */
    char *xmp;     /* its XMP sidecar there, or NULL */
    char *staging; /* a folder of its own: job_folder() */
    char *target;  /* where its gallery is published */
    const Preset *preset;
    const char *credit, *caption, *alt; /* from the command line; NULL where not given */
    gboolean no_credit;                 /* a photo without one is published all the same */
    SidecarRow row;
    gboolean lead;           /* it has the renditions that are for the gallery's lead */
    const ScanFile *settled; /* of a watched photo: the file as it settled; else NULL */
    char *known_digest;      /* where all but the bytes is as it was: the digest they had; else NULL */
    const Recipe *recipe;
    Former *own;         /* what was published of it before, or NULL */
    GHashTable *movable; /* look -> Former: photos that are gone, and may have got this name; or NULL */
    const Withdrawn *withdrawn; /* what is not to be published */
    gboolean dry;               /* only find out what would be done: nothing is rendered or written */
} Job;

/* Makes the folder of its own for what it stages, and returns that; NULL, and no error, in a dry run. A
 * PoolFolder. */
const char *job_folder(gpointer job, GError **error);

/* Gives an a{sv} with
 * - digest s, size x, mtime x, sidecar-size x, sidecar-mtime x: of the source and its XMP sidecar as they
 * were read;
 * - unchanged b: TRUE where the bytes have the known digest, and then nothing else is in it;
 * - withdrawn b: TRUE where it is among those that were withdrawn, and then nothing else either;
 * - photo a{sv}: the manifest entry (page/manifest.h);
 * - files a(st): name and size of each staged file; those of the entry that are not among them lie in place;
 * where nothing was encoded, the parent has yet to stage them: stage_links();
 * - warnings as;
 * - making a{sv}: for the ledger, of its files: former.h;
 * - encoded b: FALSE where files served that there were; moved s: of which photo, where that is not its own;
 * - times a{sv}: base/times.h.
 */
GVariant *job_render(gpointer job, guint threads, GError **error);

/* In the parent: what such a result says of the source, for the ledger; its digest is to be freed. FALSE
 * where it is no such result. */
gboolean job_source(GVariant *result, LedgerPhoto *photo, gboolean *unchanged);

/* What was made before from just this (Former.look): of the photo itself, or of one that is gone; or NULL. */
const Former *job_former(const Job *job, const char *look);

/* In the parent: the files (StagedFile) of such a result, and how many bytes they have. NULL where one is
 * told twice, or one of these or of the entry has no name that a variant of this photo may have: a child that
 * is broken into would replace, or have removed, those of another. */
GArray *job_staged(const Job *job, GVariant *result, guint64 *bytes);
