/* What the parts of a run share: run.c opens and ends it, tables.c reads its captions, photos.c makes its
 * photos. For these three only. */
#pragma once

#include "desk/captions.h"
#include "desk/job.h"
#include "desk/ledger.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/run.h"

struct Run {
    RunOptions options;
    RunTotals *totals; /* of this round */
    Output *output;
    Ledger *ledger;
    char *recipe;   /* what all photos share */
    guint next_job; /* number of the next staging folder */
    Pool *pool;     /* while one runs */
    gboolean cut;   /* somebody asked for an early end of this round */
    GError *fatal;  /* what stopped it */
};

/* A gallery on its way. */
typedef struct {
    Run *run;
    const Gallery *source;
    LedgerGallery *known;
    Captions *captions;
    guint left;            /* photos under way */
    gboolean dirty;        /* its manifest is no longer true */
    char *unusable;        /* why its captions.csv cannot be read, and so none of its photos be published */
    char **table_warnings; /* of the table that was read in this round, or NULL */
    CaptionsJob table;
} GalleryRun;

/* Sends an event with these fields, and those that are the gallery's. */
void round_tell(GalleryRun *g, Event event);

/* Ends the run for a reason that no other photo can escape. Takes ownership of error. */
void round_give_up(Run *run, GError *error);

/* Does the tasks, in this order. TRUE where there is none; not all are done where the round is cut. */
gboolean round_pool(Run *run, PoolWork work, PoolDone done, GPtrArray *tasks, GError **error);

/* Reads those captions.csv of the galleries (GalleryRun) that are not as the ledger knows them. */
gboolean tables_read(Run *run, GPtrArray *galleries, GError **error);

/* Tells what is wrong with a table that was read in this round. */
void tables_tell(GalleryRun *g);

/* Adds the gallery's tasks to those of the round. One without any is finished at once. */
gboolean photos_plan(GalleryRun *g, GPtrArray *tasks, GError **error);

/* Does them, and finishes each gallery when its last one is done. */
gboolean photos_make(Run *run, GPtrArray *galleries, GPtrArray *tasks, GError **error);
void photos_task_free(gpointer task);
