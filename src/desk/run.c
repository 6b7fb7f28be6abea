#include "desk/run.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/captions.h"
#include "desk/job.h"
#include "desk/ledger.h"
#include "desk/pages.h"
#include "desk/plan.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/recipe.h"
#include "desk/takedown.h"
#include "render/render.h"

typedef struct {
    const RunOptions *options;
    RunTotals *totals;
    GPtrArray *found;   /* Gallery: all that the scan gave */
    GPtrArray *sources; /* ScanSource, or NULL */
    Output *output;
    Ledger *ledger;
    char *recipe;   /* what all photos share */
    guint next_job; /* number of the next staging folder */
    Pool *pool;     /* while one runs */
    GError *fatal;  /* what stopped it */
} Run;

/* A gallery on its way. */
typedef struct {
    Run *run;
    const Gallery *source;
    LedgerGallery *known;
    Captions *captions;
    guint left;     /* photos under way */
    gboolean dirty; /* its manifest is no longer true */
    char *unusable; /* why its captions.csv cannot be read, and so none of its photos be published */
    CaptionsJob table;
} GalleryRun;

/* A photo on its way: the job is the pool's task. */
typedef struct {
    Job job;
    GalleryRun *gallery;
    char *recipe;
} Task;

static void gallery_run_free(gpointer data)
{
    GalleryRun *g = data;
    captions_free(g->captions);
    ledger_gallery_free(g->known);
    g_free(g->table.path);
    g_free(g->unusable);
    g_free(g);
}

static void task_free(Task *task)
{
    g_free(task->job.folder);
    g_free(task->job.name);
    g_free(task->job.xmp);
    g_free(task->job.staging);
    g_free(task->job.known_digest);
    g_free(task->recipe);
    g_free(task);
}

/* ---- Telling ---- */

static void tell(GalleryRun *g, EventType type, const char *photo, const char *message)
{
    const RunOptions *options = g->run->options;
    Event event = {
        .type = type, .gallery = g->source->path, .photo = photo, .message = message, .totals = g->run->totals
    };
    options->on_event(&event, options->user);
}

static void tell_published(GalleryRun *g, const char *photo, guint files, guint64 bytes)
{
    const RunOptions *options = g->run->options;
    Event event = { .type = EVENT_PUBLISHED,
                    .gallery = g->source->path,
                    .photo = photo,
                    .files = files,
                    .bytes = bytes,
                    .totals = g->run->totals };
    options->on_event(&event, options->user);
}

/* Ends the run for a reason that no other photo can escape. Takes ownership of error. */
static void give_up(Run *run, GError *error)
{
    if (!run->fatal)
        run->fatal = error;
    else
        g_error_free(error);
    if (run->pool)
        pool_stop(run->pool);
}

/* ---- Galleries ---- */

/* Says in the ledger that the manifest is about to be out of date, so that a run that is killed before it
 * writes the manifest is followed by one that does. */
static gboolean mark_dirty(GalleryRun *g, GError **error)
{
    if (g->dirty)
        return TRUE;
    g->dirty = TRUE;
    g->known->folder_mtime = 0;
    return ledger_put_gallery(g->run->ledger, g->source->path, g->known, error);
}

static void finish_gallery(GalleryRun *g)
{
    GError *error = NULL;
    Run *run = g->run;
    if (g->dirty &&
        !pages_write(run->output, run->ledger, g->source->path, run->options->preset->name, g->known, &error))
        give_up(run, error);
}

/* ---- Captions ---- */

static void on_captions(gpointer task, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    CaptionsJob *job = task;
    GalleryRun *g = job->gallery;
    g_autoptr(GVariant) rows = result ? g_variant_lookup_value(result, "rows", SIDECAR_ROWS_TYPE) : NULL;
    if (!rows) {
        g->unusable = g_strdup_printf("%s; none of this folder's %u photos is published until it is mended",
                                      error ? error->message : "cannot be read", g->source->photos->len);
        return;
    }

    g_clear_pointer(&g->known->captions, g_variant_unref);
    g->known->captions = g_steal_pointer(&rows);
    g->known->captions_size = g->source->captions->size;
    g->known->captions_mtime = g->source->captions->mtime;
    GError *fatal = NULL;
    if (!ledger_put_gallery(g->run->ledger, g->source->path, g->known, &fatal))
        give_up(g->run, fatal);
}

/* Whether the table that the ledger has is not the one that is there. An absent table is known without
 * reading it. */
static gboolean captions_changed(GalleryRun *g)
{
    const ScanFile *there = g->source->captions;
    if (!there) {
        g_clear_pointer(&g->known->captions, g_variant_unref);
        g->known->captions_size = g->known->captions_mtime = -1;
        return FALSE;
    }
    return !g->known->captions || there->size != g->known->captions_size ||
           there->mtime != g->known->captions_mtime;
}

static gboolean run_pool(Run *run, PoolWork work, PoolDone done, GPtrArray *tasks, GError **error)
{
    if (tasks->len == 0)
        return TRUE;
    PoolSetup setup = { work, done, run, run->options->jobs, &run->options->preset->limits };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < tasks->len; i++)
        pool_add(pool, tasks->pdata[i]);
    run->pool = pool;
    gboolean ok = pool_run(pool, error);
    run->pool = NULL;
    return ok;
}

static gboolean read_captions(Run *run, GPtrArray *galleries, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new();
    for (guint i = 0; i < galleries->len; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (!captions_changed(g))
            continue;
        g->table = (CaptionsJob){ g_build_filename(g->source->folder, SIDECAR_NAME, NULL), g };
        g_ptr_array_add(tasks, &g->table);
    }
    return run_pool(run, job_read_captions, on_captions, tasks, error);
}

/* ---- Photos ---- */

static void tell_warnings(Task *task, GVariant *result)
{
    g_autofree const char **warnings = NULL;
    if (g_variant_lookup(result, "warnings", "^a&s", &warnings))
        for (const char **w = warnings; *w; w++)
            tell(task->gallery, EVENT_WARNING, task->job.name, *w);
}

/* Publishes what a child has staged, and records it: in this order, so that the ledger never names what is
 * not there. */
static gboolean publish_photo(Task *task, GVariant *result, GError **error)
{
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    const char *path = g->source->path;
    LedgerPhoto photo = { .name = task->job.name, .recipe = task->recipe };
    gboolean unchanged = FALSE;
    if (!job_source(result, &photo, &unchanged))
        return error_failed(
            error,
            "its decoder gave no proper result; it is damaged: open it in an image editor and save it anew");
    g_autofree G_GNUC_UNUSED char *digest = photo.digest;

    if (unchanged) {
        if (!ledger_put_photo(run->ledger, path, &photo, NULL, error))
            return FALSE;
        run->totals->unchanged++;
        tell(g, EVENT_UNCHANGED, photo.name, NULL);
        return TRUE;
    }

    guint64 bytes;
    g_autoptr(GArray) files = job_staged(result, &bytes);
    g_autoptr(GVariant) record = g_variant_lookup_value(result, "photo", G_VARIANT_TYPE_VARDICT);
    gboolean ok = record != NULL && files->len > 0;
    if (!ok)
        error_failed(
            error,
            "its decoder gave no proper result; it is damaged: open it in an image editor and save it anew");
    ok = ok && mark_dirty(g, error) && publish_files(run->output, path, task->job.staging, files, error) &&
         ledger_put_photo(run->ledger, path, &photo, record, error);
    if (ok) {
        run->totals->published++;
        run->totals->files += files->len;
        run->totals->bytes += bytes;
        tell_warnings(task, result);
        tell_published(g, photo.name, files->len, bytes);
    }
    return ok;
}

/* A photo that failed leaves the gallery: what was published of it was made from something else. Where it is
 * the output that failed, no photo is to blame. */
static void fail_photo(Task *task, const GError *error)
{
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    if (error_is_output(error)) {
        give_up(run, g_error_copy(error));
        return;
    }
    g_autoptr(GVariant) before = ledger_record(run->ledger, g->source->path, task->job.name, NULL);
    GError *fatal = NULL;
    if (before &&
        !(mark_dirty(g, &fatal) && ledger_drop_photo(run->ledger, g->source->path, task->job.name, &fatal)))
        give_up(run, fatal);
    file_remove_tree(task->job.staging, NULL); /* what stays behind is swept away with the staging folder */
    run->totals->failed++;
    tell(g, EVENT_FAILED, task->job.name, error->message);
}

static void on_photo(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    Task *task = data;
    GalleryRun *g = task->gallery;
    g_autoptr(GError) failure = NULL;
    if (error)
        fail_photo(task, error);
    else if (!publish_photo(task, result, &failure))
        fail_photo(task, failure);
    if (--g->left == 0 && !g->run->fatal)
        finish_gallery(g);
}

static Task *task_new(GalleryRun *g, PlanItem *item)
{
    Run *run = g->run;
    Task *task = g_new0(Task, 1);
    task->gallery = g;
    task->recipe = g_steal_pointer(&item->recipe);
    task->job = (Job){ .folder = g_strdup(g->source->folder),
                       .name = g_strdup(item->photo->name),
                       .xmp = item->photo->sidecar ? g_strdup(item->photo->sidecar->name) : NULL,
                       .staging = g_strdup_printf("%s/%u", run->output->staging, run->next_job++),
                       .preset = run->options->preset,
                       .credit = run->options->credit,
                       .caption = run->options->caption,
                       .alt = run->options->alt,
                       .no_credit = run->options->no_credit,
                       .row = item->row,
                       .known_digest = g_steal_pointer(&item->known_digest) };
    return task;
}

/* Adds the gallery's tasks. One without any is finished at once. */
static gboolean plan_one(GalleryRun *g, GPtrArray *tasks, GError **error)
{
    Run *run = g->run;
    const char *path = g->source->path;
    g->captions = captions_new(g->known->captions);
    g_autoptr(Plan) plan =
        plan_gallery(g->source, g->known, g->captions, run->recipe, run->output, run->ledger);

    for (guint i = 0; i < plan->vanished->len && !run->options->keep_others; i++) {
        if (!mark_dirty(g, error) || !ledger_drop_photo(run->ledger, path, plan->vanished->pdata[i], error))
            return FALSE;
    }
    run->totals->unchanged += plan->unchanged;
    g->left = plan->items->len;
    for (guint i = 0; i < plan->items->len; i++)
        g_ptr_array_add(tasks, task_new(g, &g_array_index(plan->items, PlanItem, i)));

    gint64 folder_mtime = publish_folder_mtime(run->output, path);
    g->dirty = g->dirty || folder_mtime == 0 || g->known->folder_mtime == 0;
    if (g->left == 0 && !g->dirty && !plan->folder_same) { /* somebody touched the folder, but all is there */
        g->known->folder_mtime = folder_mtime;
        return ledger_put_gallery(run->ledger, path, g->known, error);
    }
    if (g->left == 0)
        finish_gallery(g);
    return TRUE;
}

/* What is wrong with a table that was read in this run. */
static void tell_captions(GalleryRun *g)
{
    if (g->unusable) {
        g->run->totals->failed += g->source->photos->len;
        tell(g, EVENT_FAILED, SIDECAR_NAME, g->unusable);
    } else if (g->table.path && g->source->source) { /* single files need not be all of a table's */
        g_autofree char *strays = captions_strays(g->captions, g->source->photos);
        if (strays)
            tell(g, EVENT_WARNING, SIDECAR_NAME, strays);
    }
}

static gboolean publish_photos(Run *run, GPtrArray *galleries, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
    for (guint i = 0; i < galleries->len && !run->fatal; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (!g->unusable && !plan_one(g, tasks, error))
            return FALSE;
    }
    if (run->fatal)
        return TRUE; /* run() tells */

    Event started = { .type = EVENT_STARTED, .totals = run->totals };
    run->options->on_event(&started, run->options->user);
    for (guint i = 0; i < galleries->len; i++)
        tell_captions(galleries->pdata[i]);
    for (guint i = 0; run->sources && i < run->sources->len; i++)
        if (!takedown(run->sources->pdata[i], run->found, run->ledger, run->output, run->options, run->totals,
                      error))
            return FALSE;
    if (tasks->len > 0)
        render_init(); /* before the first fork: each child inherits it */
    return run_pool(run, job_render, on_photo, tasks, error);
}

/* A gallery belongs to the source that last had photos for it. */
static gboolean adopt(GalleryRun *g, GError **error)
{
    const ScanSource *source = g->source->source;
    if (!source || (g_strcmp0(g->known->source, source->path) == 0 && g->known->device == source->device))
        return TRUE;
    g_free(g->known->source);
    g->known->source = g_strdup(source->path);
    g->known->device = source->device;
    return ledger_put_gallery(g->run->ledger, g->source->path, g->known, error);
}

/* Whether there is nothing to do for a folder without photos: it never had any, or they came from elsewhere,
 * or they may be there all the same. */
static gboolean is_idle(const GalleryRun *g)
{
    const ScanSource *source = g->source->source;
    return g->source->photos->len == 0 &&
           (g->known->photos->len == 0 || !source || g_strcmp0(g->known->source, source->path) != 0 ||
            takedown_doubt(source, g->known->device));
}

static GPtrArray *open_galleries(Run *run, GError **error)
{
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func(gallery_run_free);
    for (guint i = 0; i < run->found->len; i++) {
        GalleryRun *g = g_new0(GalleryRun, 1);
        g_ptr_array_add(galleries, g);
        g->run = run;
        g->source = run->found->pdata[i];
        g->known = ledger_gallery(run->ledger, g->source->path, error);
        if (!g->known)
            return NULL;
        run->totals->photos += g->source->photos->len;
        if (is_idle(g))
            g_ptr_array_set_size(galleries, (int)galleries->len - 1);
        else if (!adopt(g, error))
            return NULL;
    }
    return g_steal_pointer(&galleries);
}

static gboolean run_all(Run *run, GError **error)
{
    g_autoptr(Output) output = output_open(run->options->out, error);
    if (!output)
        return FALSE;
    g_autofree char *database = g_build_filename(output->state, "ledger.sqlite", NULL);
    g_autoptr(Ledger) ledger = ledger_open(database, error);
    if (!ledger)
        return FALSE;

    g_autofree char *recipe = recipe_base(run->options);
    run->output = output;
    run->ledger = ledger;
    run->recipe = recipe;
    g_autoptr(GPtrArray) galleries = open_galleries(run, error);
    gboolean ok = galleries && read_captions(run, galleries, error);
    ok = ok && (run->fatal || publish_photos(run, galleries, error));
    if (!run->fatal)
        return ok;
    g_clear_error(error);
    g_propagate_error(error, run->fatal);
    return FALSE;
}

gboolean run(GPtrArray *galleries, GPtrArray *sources, const RunOptions *options, RunTotals *totals,
             GError **error)
{
    *totals = (RunTotals){ 0 };
    Run state = { .options = options, .totals = totals, .found = galleries, .sources = sources };
    GError *failure = NULL;
    if (run_all(&state, &failure))
        return TRUE;
    if (g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL)) {
        /* whichever write it was that found no room */
        g_autofree char *out = file_show(options->out);
        g_set_error(
            error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL,
            "The output folder %s is full: no space is left on its disk or in your quota; make room and "
            "run again: what is published stays, and the rest is done then",
            out);
        g_error_free(failure);
    } else
        g_propagate_error(error, failure);
    return FALSE;
}
