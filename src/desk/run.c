#include "desk/run.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/recipe.h"
#include "desk/round.h"
#include "desk/takedown.h"

static void gallery_run_free(gpointer data)
{
    GalleryRun *g = data;
    captions_free(g->captions);
    ledger_gallery_free(g->known);
    g_free(g->table.path);
    g_free(g->unusable);
    g_strfreev(g->table_warnings);
    g_free(g);
}

/* ---- What all parts need ---- */

void round_tell(GalleryRun *g, Event event)
{
    const RunOptions *options = &g->run->options;
    event.gallery = g->source->path;
    event.totals = g->run->totals;
    options->on_event(&event, options->user);
}

void round_give_up(Run *run, GError *error)
{
    if (!run->fatal)
        run->fatal = error;
    else
        g_error_free(error);
    if (run->pool)
        pool_stop(run->pool);
}

gboolean round_pool(Run *run, PoolWork work, PoolDone done, GPtrArray *tasks, GError **error)
{
    if (tasks->len == 0 || run->cut)
        return TRUE;
    PoolSetup setup = { .work = work,
                        .done = done,
                        .user = run,
                        .children = run->options.jobs,
                        .limits = &run->options.preset->limits,
                        .signals_elsewhere = run->options.signals_elsewhere };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < tasks->len; i++)
        pool_add(pool, tasks->pdata[i]);
    run->pool = pool;
    gboolean ok = pool_run(pool, error);
    run->pool = NULL;
    return ok;
}

/* ---- A round ---- */

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

static GPtrArray *open_galleries(Run *run, GPtrArray *found, GError **error)
{
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func(gallery_run_free);
    for (guint i = 0; i < found->len; i++) {
        GalleryRun *g = g_new0(GalleryRun, 1);
        g_ptr_array_add(galleries, g);
        g->run = run;
        g->source = found->pdata[i];
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

static gboolean make_photos(Run *run, GPtrArray *galleries, const RunTakedown *gone, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func(photos_task_free);
    for (guint i = 0; i < galleries->len && !run->fatal; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (!g->unusable && !photos_plan(g, tasks, error))
            return FALSE;
    }
    if (run->fatal)
        return TRUE; /* run_round() tells */

    const RunOptions *options = &run->options;
    Event started = { .type = EVENT_STARTED, .totals = run->totals };
    options->on_event(&started, options->user);
    for (guint i = 0; i < galleries->len; i++)
        tables_tell(galleries->pdata[i]);
    for (guint i = 0; gone && i < gone->sources->len; i++)
        if (!takedown(gone->sources->pdata[i], gone->all, run->ledger, run->output, options, run->totals,
                      error))
            return FALSE;
    return photos_make(run, galleries, tasks, error);
}

static void tell_full(const Run *run, GError **error)
{
    g_autofree char *out = file_show(run->options.out); /* whichever write it was that found no room */
    g_clear_error(error);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL,
                "The output folder %s is full: no space is left on its disk or in your quota; make room and "
                "run again: what is published stays, and the rest is done then",
                out);
}

gboolean run_round(Run *run, GPtrArray *galleries, const RunTakedown *gone, RunTotals *totals, GError **error)
{
    *totals = (RunTotals){ 0 };
    run->totals = totals;
    run->cut = FALSE;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) opened = open_galleries(run, galleries, &failure);
    gboolean ok = opened && tables_read(run, opened, &failure);
    ok = ok && (run->fatal || run->cut || make_photos(run, opened, gone, &failure));
    if (run->fatal) {
        g_clear_error(&failure);
        failure = g_steal_pointer(&run->fatal);
        ok = FALSE;
    }
    if (g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL))
        tell_full(run, &failure);
    if (!ok)
        g_propagate_error(error, g_steal_pointer(&failure));
    return ok;
}

/* ---- The run ---- */

Run *run_open(const RunOptions *options, GError **error)
{
    g_autoptr(Run) run = g_new0(Run, 1);
    g_autoptr(GError) failure = NULL;
    run->options = *options;
    run->output = output_open(options->out, &failure);
    if (run->output) {
        g_autofree char *database = g_build_filename(run->output->state, "ledger.sqlite", NULL);
        run->ledger = ledger_open(database, &failure);
    }
    if (run->ledger) {
        run->recipe = recipe_base(options);
        return g_steal_pointer(&run);
    }
    if (g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL))
        tell_full(run, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

void run_close(Run *run)
{
    if (!run)
        return;
    ledger_close(run->ledger);
    output_close(run->output);
    g_free(run->recipe);
    g_free(run);
}

void run_set_preset(Run *run, const Preset *preset)
{
    run->options.preset = preset;
    g_free(run->recipe);
    run->recipe = recipe_base(&run->options);
}

void run_cut(Run *run)
{
    run->cut = TRUE;
    if (run->pool)
        pool_drain(run->pool);
}

void run_abort(Run *run)
{
    run->cut = TRUE;
    if (run->pool)
        pool_stop(run->pool);
}

gboolean run_was_cut(const Run *run)
{
    return run->cut;
}

gboolean run(GPtrArray *galleries, GPtrArray *sources, const RunOptions *options, RunTotals *totals,
             GError **error)
{
    *totals = (RunTotals){ 0 };
    g_autoptr(Run) run = run_open(options, error);
    RunTakedown gone = { sources, galleries };
    return run && run_round(run, galleries, sources ? &gone : NULL, totals, error);
}
