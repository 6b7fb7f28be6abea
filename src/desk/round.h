/* What the parts of a run share: run.c opens and ends it, tables.c reads its captions, photos.c makes its
 * photos, outcome.c publishes them, moves.c knows renamed ones. For these only. */
#pragma once

#include "desk/captions.h"
#include "desk/job.h"
#include "desk/ledger.h"
#include "desk/plan.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/recipe.h"
#include "desk/run.h"

struct Run {
    RunOptions options;
    RunTotals *totals; /* of this round */
    Output *output;
    Ledger *ledger;
    Recipe *recipe;      /* what all photos share */
    GHashTable *movable; /* of this round: moves.h */
    guint next_job;      /* number of the next staging folder */
    Pool *pool;          /* while one runs */
    gboolean cut;        /* somebody asked for an early end of this round */
    GError *fatal;       /* what stopped it */
};

/* A gallery on its way. */
typedef struct {
    Run *run;
    const Gallery *source;
    LedgerGallery *known;
    Captions *captions;
    Plan *plan;
    guint left;            /* photos under way */
    gboolean dirty;        /* its manifest is no longer true */
    char *unusable;        /* why its captions.csv cannot be read, and so none of its photos be published */
    char **table_warnings; /* of the table that was read in this round, or NULL */
    CaptionsJob table;
} GalleryRun;

/* Sends an event with these fields, and those that are the gallery's. */
void round_tell(GalleryRun *g, Event event);

/* In a dry run: tells that a photo or file of the gallery would be made anew. */
void round_tell_stale(GalleryRun *g, const char *name, const char *reason, gboolean encoded);

/* Ends the run for a reason that no other photo can escape. Takes ownership of error. */
void round_give_up(Run *run, GError *error);

/* Does the tasks, in this order. TRUE where there is none; not all are done where the round is cut. */
gboolean round_pool(Run *run, PoolPrepare prepare, PoolWork work, PoolDone done, GPtrArray *tasks,
                    GError **error);

/* Reads those captions.csv of the galleries (GalleryRun) that are not as the ledger knows them. */
gboolean tables_read(Run *run, GPtrArray *galleries, GError **error);

/* Tells what is wrong with a table that was read in this round. */
void tables_tell(GalleryRun *g);

/* A photo on its way: the job is the pool's task. */
typedef struct {
    Job job;
    GalleryRun *gallery;
    const LedgerPhoto *made; /* as it was made before, or NULL */
    char *recipe;
    char *damage; /* what is wrong with what is published of it, or NULL */
} Task;

/* Adds the gallery's tasks to those of the round. */
void photos_plan(GalleryRun *g, GPtrArray *tasks);

/* Does them, and finishes each gallery when its last one is done; one without any at once. */
gboolean photos_make(Run *run, GPtrArray *galleries, GPtrArray *tasks, GError **error);
void photos_task_free(gpointer task);

/* Says in the ledger that the manifest is about to be out of date, so that a run that is killed before it
 * writes the manifest is followed by one that does. */
gboolean photos_mark_dirty(GalleryRun *g, GError **error);

/* What becomes of a task: it is published and recorded, or its failure is told. A PoolDone. */
void outcome(gpointer task, GVariant *result, const GError *error, gpointer user);

/* Writes what the web reads of the gallery, where that has changed. */
void outcome_finish(GalleryRun *g);
