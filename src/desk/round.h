/* What the parts of a run share: run.c opens and ends it, tables.c reads its captions, photos.c makes its
 * photos, outcome.c publishes them, lead.c sees to it that the right one has the lead's renditions,
 * withhold.c that withdrawn ones have none, moves.c knows renamed ones. For these only. */
#pragma once

#include "desk/captions.h"
#include "desk/job.h"
#include "desk/ledger.h"
#include "desk/plan.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/recipe.h"
#include "desk/run.h"
#include "desk/table.h"
#include "desk/withdrawn.h"

struct Run {
    RunOptions options;
    RunTotals *totals; /* of this round */
    Output *output;
    Ledger *ledger;
    Withdrawn *withdrawn;
    Recipe *recipe;      /* what all photos share */
    GHashTable *movable; /* of this round: moves.h */
    guint next_job;      /* number of the next staging folder */
    GPtrArray *tasks;    /* of this round: Task */
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
    guint left;           /* photos under way */
    gboolean dirty;       /* its manifest is no longer true */
    char *unusable;       /* why its captions.csv cannot be read, and so none of its photos be published */
    gboolean awaited;     /* that may change by itself: it is still arriving, or the machine failed */
    char *taken;          /* why it cannot be published where it belongs, or NULL */
    gboolean unread;      /* that is since the machine cannot read what is archived of it */
    LedgerGallery *done;  /* as the ledger had it when its photos were done */
    GHashTable *counted;  /* name -> guint *: which of the totals has the photo in this round */
    GHashTable *withheld; /* photos that are withdrawn -> the stem of their variants; both UTF-8 */
    GHashTable *redone;   /* names: photos that were made again for the lead's sake */
    gboolean unsettled;   /* some other should be, but cannot be now */
    Table table;
    GHashTable *kept;   /* photos whose originals are archived (desk/kept.h), or NULL */
    GPtrArray *gone;    /* names of published photos that leave it in this round, borrowed */
    GHashTable *broken; /* those of them whose files are not all there -> what is wrong */
    char *late;         /* those of them that the table says something else of now, or NULL */
} GalleryRun;

/* Sends an event with these fields, and those that are the gallery's. */
void round_tell(GalleryRun *g, Event event);

/* In a dry run: tells that a photo or file of the gallery would be made anew. */
void round_tell_stale(GalleryRun *g, const char *name, const char *reason, gboolean encoded);

/* Leaves the gallery as it is, since what is archived of it cannot be read. FALSE where the output failed,
 * and so the run does. Takes ownership of failure. */
gboolean round_leave(GalleryRun *g, GError *failure, GError **error);

/* Ends the run for a reason that no other photo can escape. Takes ownership of error. */
void round_give_up(Run *run, GError *error);

/* Does the tasks, in this order; a result has largest bytes at most. TRUE where there is none; not all are
 * done where the round is cut. */
gboolean round_pool(Run *run, PoolPrepare prepare, PoolFolder folder, PoolWork work, gsize largest,
                    PoolDone done, GPtrArray *tasks, GError **error);

/* Reads those captions.csv of the galleries (GalleryRun) that are not as the ledger knows them. */
gboolean tables_read(Run *run, GPtrArray *galleries, GError **error);

/* Tells what is wrong with a table that was read in this round, or (RunOptions.remind) before. */
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
void photos_plan(GalleryRun *g);

/* Does them, and finishes each gallery when its last one is done; one without any at once. */
gboolean photos_make(Run *run, GPtrArray *galleries, GError **error);
void photos_task_free(gpointer task);

/* Adds a task, also while they are done. It takes from the item what that owns. */
void photos_add(GalleryRun *g, PlanItem *item, gboolean lead);

/* The photo that leads if all are published that the gallery has; NULL where the preset has nothing for the
 * lead alone. */
const char *lead_expect(const GalleryRun *g);

/* Whether a photo of the plan is to be made as the lead, as far as can be told before. */
gboolean lead_is(const GalleryRun *g, const PlanItem *item, const char *expected);

/* What the list of withdrawn photos (desk/withdrawn.h) bids a run do: withhold.c. At the beginning of a round
 * it is read, and the digests of those on it are noted, as far as the ledger has them. */
gboolean withhold_begin(Run *run, GError **error);

/* Nobody withdraws a photo between these two: what is on the list then is not published. In a dry run they
 * only read it. */
gboolean withhold_lock(Run *run, GError **error);
void withhold_unlock(Run *run);

/* Forgets a photo that is withdrawn, and tells why. */
gboolean withhold_photo(GalleryRun *g, const char *name, const char *digest, GError **error);

/* When the manifest names them no more: removes what is left of the gallery's withdrawn photos. */
gboolean withhold_sweep(GalleryRun *g, GError **error);

/* When all photos of a gallery are done: adds tasks for those that are the lead, or are not, and were made
 * otherwise. */
gboolean lead_settle(GalleryRun *g, GError **error);

/* Says in the ledger that the manifest is about to be out of date, so that a run that is killed before it
 * writes the manifest is followed by one that does. */
gboolean photos_mark_dirty(GalleryRun *g, GError **error);

/* What becomes of a task: it is published and recorded, or its failure is told. A PoolDone. */
void outcome(gpointer task, GVariant *result, const GError *error, gpointer user);

/* Tells what was not done, and writes what the web reads of the gallery, where that has changed. */
void outcome_finish(GalleryRun *g);
