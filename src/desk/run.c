#include "desk/run.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/archive.h"
#include "desk/kept.h"
#include "desk/moves.h"
#include "desk/pages.h"
#include "desk/recipe.h"
#include "desk/round.h"
#include "desk/takedown.h"

static void gallery_run_free(gpointer data)
{
    GalleryRun *g = data;
    plan_free(g->plan);
    captions_free(g->captions);
    ledger_gallery_free(g->known);
    g_free(g->table.path);
    g_free(g->unusable);
    g_free(g->taken);
    ledger_gallery_free(g->done);
    g_hash_table_unref(g->counted);
    g_hash_table_unref(g->redone);
    g_ptr_array_unref(g->gone);
    g_hash_table_unref(g->broken);
    g_hash_table_unref(g->withheld);
    g_clear_pointer(&g->kept, g_hash_table_unref);
    g_free(g->late);
    g_free(g);
}

/* ---- What all parts need ---- */

void round_tell(GalleryRun *g, Event event)
{
    const RunOptions *options = &g->run->options;
    event.gallery = g->source->path;
    event.folder = g->source->folder;
    event.totals = g->run->totals;
    options->on_event(&event, options->user);
}

void round_tell_stale(GalleryRun *g, const char *name, const char *reason, gboolean encoded)
{
    g->run->totals->stale++;
    round_tell(g, (Event){ .type = EVENT_STALE, .photo = name, .reason = reason, .encoded = encoded });
}

gboolean round_leave(GalleryRun *g, GError *failure, GError **error)
{
    if (error_is_output(failure)) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    g_free(g->taken);
    g->taken = g_strdup_printf("is not published, since %s", failure->message);
    g->unread = TRUE;
    g_error_free(failure);
    return TRUE;
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

gboolean round_pool(Run *run, PoolPrepare prepare, PoolFolder folder, PoolWork work, gsize largest,
                    PoolDone done, GPtrArray *tasks, GError **error)
{
    if (tasks->len == 0 || run->cut)
        return TRUE;
    PoolSetup setup = { .prepare = prepare,
                        .folder = folder,
                        .work = work,
                        .largest = largest,
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
    return g->source->photos->len == 0 && !g->unread &&
           (g->known->photos->len == 0 || !source || g_strcmp0(g->known->source, source->path) != 0 ||
            takedown_doubt(source, g->known->device));
}

/* What the ledger knows of the gallery; what is kept and it does not know, it learns again. */
static gboolean learn(GalleryRun *g, GError **error)
{
    Run *run = g->run;
    const char *path = g->source->path;
    GError *failure = NULL;
    g->known = ledger_gallery(run->ledger, path, error);
    if (!g->known || !kept_names(run->output, path, &g->kept, error))
        return FALSE;
    if (!g->kept)
        return TRUE;

    g_autoptr(GHashTable) lost = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter each;
    gpointer name;
    g_hash_table_iter_init(&each, g->kept);
    while (g_hash_table_iter_next(&each, &name, NULL))
        g_hash_table_add(lost, name);
    for (guint i = 0; i < g->known->photos->len; i++)
        g_hash_table_remove(lost, ((const LedgerPhoto *)g->known->photos->pdata[i])->name);
    for (guint i = 0; i < g->source->photos->len; i++)
        g_hash_table_remove(lost, ((const ScanFile *)g->source->photos->pdata[i])->name);
    if (g_hash_table_size(lost) == 0)
        return TRUE;
    g_hash_table_iter_init(&each, lost);
    while (!failure && g_hash_table_iter_next(&each, &name, NULL))
        kept_restore(run->output, run->ledger, path, g->known, name, &failure);
    if (failure)
        return round_leave(g, failure, error);
    ledger_gallery_free(g->known);
    g->known = ledger_gallery(run->ledger, path, error);
    return g->known != NULL;
}

/* Nobody's files are replaced where nothing was ever published; and one gallery that cannot be does not keep
 * the others from it. */
static char *find_taken(const GalleryRun *g)
{
    const LedgerGallery *known = g->known;
    g_autofree char *hindrance =
        pages_hindrance(g->run->output, g->source->path, known->photos->len > 0 || known->folder_mtime != 0);
    return hindrance ? g_strdup_printf("is not published, since %s", hindrance) : NULL;
}

/* What the machine cannot read it may read later. */
static void tell_taken_photo(GalleryRun *g, const ScanFile *photo)
{
    Event event = { .type = EVENT_FAILED,
                    .photo = photo->name,
                    .message = g->taken,
                    .code = g->unread ? PHOTODESK_ERROR_MACHINE : PHOTODESK_ERROR_SETUP };
    if (g->unread && photo->watched && !photo->last_try)
        event.type = EVENT_WAITING;
    else
        g->run->totals->failed++;
    round_tell(g, event);
}

/* Those photos fail that were to be made: all, where not even that was looked at; and the gallery itself,
 * where none was. */
static void tell_taken(GalleryRun *g)
{
    if (g->plan ? g->plan->items->len == 0 : g->source->photos->len == 0) {
        g->run->totals->failed++;
        round_tell(g, (Event){ .type = EVENT_WARNING, .message = g->taken });
    }
    for (guint i = 0; i < g->source->photos->len; i++) {
        const ScanFile *photo = g->source->photos->pdata[i];
        if (!photo->held && (!g->plan || plan_has(g->plan, photo)))
            tell_taken_photo(g, photo);
    }
}

static GPtrArray *open_galleries(Run *run, GPtrArray *found, GError **error)
{
    g_autoptr(GPtrArray) galleries = g_ptr_array_new_with_free_func(gallery_run_free);
    for (guint i = 0; i < found->len; i++) {
        GalleryRun *g = g_new0(GalleryRun, 1);
        g_ptr_array_add(galleries, g);
        g->run = run;
        g->source = found->pdata[i];
        g->counted = g_hash_table_new(g_str_hash, g_str_equal);
        g->redone = g_hash_table_new(g_str_hash, g_str_equal);
        g->gone = g_ptr_array_new();
        g->broken = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
        g->withheld = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        if (!learn(g, error))
            return NULL;
        if (!g->taken)
            g->taken = find_taken(g);
        run->totals->photos += g->source->photos->len;
        if (is_idle(g))
            g_ptr_array_set_size(galleries, (int)galleries->len - 1);
        else if (!adopt(g, error))
            return NULL;
    }
    return g_steal_pointer(&galleries);
}

/* Last, since what was published of a folder that is gone may serve one that has another name now. */
static gboolean take_down_gone(Run *run, const RunTakedown *gone, GError **error)
{
    if (!gone || run->cut || run->fatal)
        return TRUE;
    gboolean ok = withhold_lock(run, error);
    for (guint i = 0; ok && i < gone->sources->len; i++)
        ok = takedown(gone->sources->pdata[i], gone->all, run->ledger, run->withdrawn, run->output,
                      &run->options, run->totals, error);
    withhold_unlock(run);
    return ok;
}

static gboolean make_photos(Run *run, GPtrArray *galleries, const RunTakedown *gone, GError **error)
{
    g_autoptr(GError) failure = NULL;
    run->movable = moves_find(run, galleries, gone, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    for (guint i = 0; i < galleries->len; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (!g->unusable && !g->taken)
            photos_plan(g);
    }

    const RunOptions *options = &run->options;
    Event started = { .type = EVENT_STARTED, .totals = run->totals };
    options->on_event(&started, options->user);
    for (guint i = 0; i < galleries->len; i++) {
        GalleryRun *g = galleries->pdata[i];
        (g->taken ? tell_taken : tables_tell)(g);
    }
    if (!photos_make(run, galleries, error))
        return FALSE;
    for (guint i = 0; options->archive && !run->fatal && i < galleries->len; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (g->plan && !g->taken && !archive_gallery(g, error))
            return FALSE;
    }
    return take_down_gone(run, gone, error);
}

static void tell_full(const Run *run, GError **error)
{
    g_autofree char *message =
        output_full(run->options.out, "run again: what is published stays, and the rest is done then");
    g_clear_error(error);
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL, message);
}

static void tell_interrupted(GError **error)
{
    g_autofree char *stopped = g_strdup((*error)->message);
    g_clear_error(error);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED,
                "%s: what was published stays, the rest is done by the next run", stopped);
}

gboolean run_round(Run *run, GPtrArray *galleries, const RunTakedown *gone, RunTotals *totals, GError **error)
{
    *totals = (RunTotals){ 0 };
    run->totals = totals;
    run->cut = FALSE;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) opened =
        withhold_begin(run, &failure) ? open_galleries(run, galleries, &failure) : NULL;
    run->tasks = g_ptr_array_new_with_free_func(photos_task_free);
    gboolean ok = opened && tables_read(run, opened, &failure);
    ok = ok && (run->fatal || run->cut || make_photos(run, opened, gone, &failure));
    g_clear_pointer(&run->tasks, g_ptr_array_unref);
    g_clear_pointer(&run->movable, g_hash_table_unref);
    if (run->fatal) {
        g_clear_error(&failure);
        failure = g_steal_pointer(&run->fatal);
        ok = FALSE;
    }
    if (g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL))
        tell_full(run, &failure);
    if (g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED))
        tell_interrupted(&failure);
    if (!ok) {
        g_propagate_error(error, g_steal_pointer(&failure));
        if (!run->options.dry)
            output_sweep(run->output, NULL); /* a full disk needs the room, and another round may follow */
    }
    return ok;
}

/* ---- The run ---- */

static Output *open_output(const RunOptions *options, GError **error)
{
    OutputMode mode = { .dry = options->dry, .shard = options->shard, .shards = options->shards };
    g_autoptr(GError) failure = NULL;
    Output *output = output_open_as(options->out, &mode, &failure);
    if (!output && options->wait && g_error_matches(failure, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY)) {
        RunTotals none = { 0 };
        Event event = { .type = EVENT_WAITING, .message = failure->message, .totals = &none };
        options->on_event(&event, options->user);
        g_clear_error(&failure);
        mode.wait = TRUE;
        output = output_open_as(options->out, &mode, &failure);
    }
    if (!output)
        g_propagate_error(error, g_steal_pointer(&failure));
    return output;
}

Run *run_open(const RunOptions *options, GError **error)
{
    g_autoptr(Run) run = g_new0(Run, 1);
    g_autoptr(GError) failure = NULL;
    run->options = *options;
    run->output = open_output(options, &failure);
    if (run->output)
        run->ledger = ledger_open(run->output->ledger, &failure);
    if (run->ledger)
        run->withdrawn = withdrawn_open(run->output->path, &failure);
    if (run->withdrawn) {
        run->recipe = recipe_new(options);
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
    withdrawn_free(run->withdrawn);
    ledger_close(run->ledger);
    output_close(run->output);
    recipe_free(run->recipe);
    g_free(run);
}

void run_set_preset(Run *run, const Preset *preset)
{
    run->options.preset = preset;
    recipe_free(run->recipe);
    run->recipe = recipe_new(&run->options);
}

gboolean run_is_outdated(const Run *run)
{
    return withdrawn_is_stale(run->withdrawn);
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
