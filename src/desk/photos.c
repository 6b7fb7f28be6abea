#include "desk/round.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/pages.h"
#include "desk/plan.h"
#include "render/render.h"

/* A photo on its way: the job is the pool's task. */
typedef struct {
    Job job;
    GalleryRun *gallery;
    char *recipe;
} Task;

void photos_task_free(gpointer data)
{
    Task *task = data;
    g_free(task->job.folder);
    g_free(task->job.name);
    g_free(task->job.xmp);
    g_free(task->job.staging);
    g_free(task->job.known_digest);
    g_free(task->recipe);
    g_free(task);
}

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
        !pages_write(run->output, run->ledger, g->source->path, run->options.preset, g->known, &error))
        round_give_up(run, error);
    else if (g->dirty && g->known->folder_mtime != 0 && run->options.on_gallery)
        run->options.on_gallery(g->source->path, run->options.user);
}

static void tell_warnings(Task *task, GVariant *result)
{
    g_autofree const char **warnings = NULL;
    if (g_variant_lookup(result, "warnings", "^a&s", &warnings))
        for (const char **w = warnings; *w; w++)
            round_tell(task->gallery,
                       (Event){ .type = EVENT_WARNING, .photo = task->job.name, .message = *w });
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
        round_tell(g, (Event){ .type = EVENT_UNCHANGED, .photo = photo.name });
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
        round_tell(
            g, (Event){ .type = EVENT_PUBLISHED, .photo = photo.name, .files = files->len, .bytes = bytes });
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
        round_give_up(run, g_error_copy(error));
        return;
    }
    gboolean last = !task->job.settled || task->job.settled->last_try;
    if (!last && g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE)) {
        /* what is published of it stays till then */
        round_tell(g, (Event){ .type = EVENT_WAITING, .photo = task->job.name, .message = error->message });
        return;
    }
    g_autoptr(GVariant) before = ledger_record(run->ledger, g->source->path, task->job.name, NULL);
    GError *fatal = NULL;
    if (before &&
        !(mark_dirty(g, &fatal) && ledger_drop_photo(run->ledger, g->source->path, task->job.name, &fatal)))
        round_give_up(run, fatal);
    file_remove_tree(task->job.staging, NULL); /* what stays behind is swept away with the staging folder */
    run->totals->failed++;
    round_tell(g, (Event){ .type = EVENT_FAILED,
                           .photo = task->job.name,
                           .message = error->message,
                           .code = error->code });
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
                       .preset = run->options.preset,
                       .credit = run->options.credit,
                       .caption = run->options.caption,
                       .alt = run->options.alt,
                       .no_credit = run->options.no_credit,
                       .row = item->row,
                       .settled = item->photo->watched ? item->photo : NULL,
                       .known_digest = g_steal_pointer(&item->known_digest) };
    return task;
}

gboolean photos_plan(GalleryRun *g, GPtrArray *tasks, GError **error)
{
    Run *run = g->run;
    const char *path = g->source->path;
    g->captions = captions_new(g->known->captions);
    g_autoptr(Plan) plan =
        plan_gallery(g->source, g->known, g->captions, run->recipe, run->output, run->ledger);

    for (guint i = 0; i < plan->vanished->len && !run->options.keep_others; i++) {
        if (!mark_dirty(g, error) || !ledger_drop_photo(run->ledger, path, plan->vanished->pdata[i], error))
            return FALSE;
    }
    run->totals->unchanged += plan->unchanged;
    g->left = plan->items->len;
    for (guint i = 0; i < plan->items->len; i++)
        g_ptr_array_add(tasks, task_new(g, &g_array_index(plan->items, PlanItem, i)));

    gint64 folder_mtime = publish_folder_mtime(run->output, path);
    g->dirty = g->dirty || folder_mtime == 0 || g->known->folder_mtime == 0 ||
               (!plan->folder_same && !pages_are_there(run->output, path));
    if (g->left == 0 && !g->dirty && !plan->folder_same) { /* somebody touched the folder, but all is there */
        g->known->folder_mtime = folder_mtime;
        return ledger_put_gallery(run->ledger, path, g->known, error);
    }
    if (g->left == 0)
        finish_gallery(g);
    return TRUE;
}

gboolean photos_make(Run *run, GPtrArray *galleries, GPtrArray *tasks, GError **error)
{
    if (tasks->len > 0)
        render_init(); /* before the first fork: each child inherits it */
    if (!round_pool(run, job_render, on_photo, tasks, error))
        return FALSE;
    for (guint i = 0; run->cut && i < galleries->len && !run->fatal; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (g->left > 0)
            finish_gallery(g);
    }
    return TRUE;
}
