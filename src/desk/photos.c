#include "base/error.h"
#include "desk/kept.h"
#include "desk/pages.h"
#include "desk/round.h"

#include "render/managed.h"
#include "render/render.h"

void photos_task_free(gpointer data)
{
    Task *task = data;
    g_free(task->job.folder);
    g_free(task->job.name);
    g_free(task->job.xmp);
    g_free(task->job.staging);
    g_free(task->job.target);
    g_free(task->job.known_digest);
    former_free(task->job.own);
    g_free(task->recipe);
    g_free(task->damage);
    g_free(task);
}

gboolean photos_mark_dirty(GalleryRun *g, GError **error)
{
    if (g->dirty)
        return TRUE;
    g->dirty = TRUE;
    g->known->folder_mtime = 0;
    return ledger_put_gallery(g->run->ledger, g->source->path, g->known, error);
}

static void tell_step(GalleryRun *g, const char *photo, RunStep step)
{
    const RunOptions *options = &g->run->options;
    if (options->on_photo)
        options->on_photo(g->source->path, photo, step, options->user);
}

static Task *task_new(GalleryRun *g, PlanItem *item, gboolean lead)
{
    Run *run = g->run;
    Task *task = g_new0(Task, 1);
    gboolean same = item->made && item->made->lead == lead;
    task->gallery = g;
    task->made = item->made;
    task->recipe = g_steal_pointer(&item->recipe);
    task->damage = g_steal_pointer(&item->damage);
    task->job = (Job){ .folder = g_strdup(g->source->folder),
                       .name = g_strdup(item->photo->name),
                       .xmp = item->photo->sidecar ? g_strdup(item->photo->sidecar->name) : NULL,
                       .staging = g_strdup_printf("%s/%u", run->output->staging, run->next_job++),
                       .target = g_build_filename(run->output->path, g->source->path, NULL),
                       .preset = run->options.preset,
                       .credit = run->options.credit,
                       .caption = run->options.caption,
                       .alt = run->options.alt,
                       .no_credit = run->options.no_credit,
                       .row = item->row,
                       .settled = item->photo->watched ? item->photo : NULL,
                       .lead = lead,
                       .known_digest = same ? g_steal_pointer(&item->known_digest) : NULL,
                       .recipe = run->recipe,
                       .movable = run->movable,
                       .withdrawn = run->withdrawn,
                       .dry = run->options.dry };
    return task;
}

/* What was published of it before is read only now, so that few are in memory at a time. */
static void prepare(gpointer data, gpointer user)
{
    (void)user;
    Task *task = data;
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    tell_step(g, task->job.name, RUN_BEGUN);
    if (task->made && !run->options.force && !task->job.own)
        task->job.own = former_load(run->ledger, run->output, g->source->path, task->job.name, NULL);
}

void photos_add(GalleryRun *g, PlanItem *item, gboolean lead)
{
    Task *task = task_new(g, item, lead);
    g_ptr_array_add(g->run->tasks, task);
    if (g->run->pool)
        pool_add(g->run->pool, task);
    g->left++;
    g->run->totals->left++;
    tell_step(g, task->job.name, RUN_QUEUED);
}

/* That the photo had when it was made, or NULL. */
static const char *digest_of(const GalleryRun *g, const char *name)
{
    for (guint i = 0; i < g->known->photos->len; i++) {
        const LedgerPhoto *made = g->known->photos->pdata[i];
        if (g_str_equal(made->name, name))
            return made->digest;
    }
    return NULL;
}

/* Whether a photo that is gone from its folder is archived, and so published all the same. */
static gboolean stays(const GalleryRun *g, const char *name)
{
    if (!g->kept || !g_hash_table_contains(g->kept, name) || g_hash_table_contains(g->broken, name))
        return FALSE;
    g_autofree char *withdrawn =
        withdrawn_reason(g->run->withdrawn, g->source->path, name, digest_of(g, name));
    return !withdrawn;
}

/* Whether something is to be written that cannot be: the others are to go on. */
static gboolean is_closed(GalleryRun *g)
{
    const Plan *plan = g->plan;
    gboolean wanted = g->dirty || plan->items->len + plan->withdrawn->len > 0;
    for (guint i = 0; i < plan->vanished->len && !wanted; i++)
        wanted = !stays(g, plan->vanished->pdata[i]);
    if (!wanted || g->run->options.dry)
        return FALSE;
    g_autofree char *why = pages_closed(g->run->output, g->source->path);
    g->taken = why ? g_strdup_printf("is not published, since %s", why) : NULL;
    return why != NULL;
}

/* The files of archived photos, where somebody touched their folder: they cannot be made again, and no
 * manifest names what is not there. Where one cannot be looked at, the gallery is left as it is. */
static gboolean look_kept(GalleryRun *g, GError **error)
{
    const Run *run = g->run;
    GError *failure = NULL;
    gboolean look = !g->plan->folder_same && !run->options.keep_others;
    for (guint i = 0; look && i < g->plan->vanished->len && !failure; i++) {
        char *name = g->plan->vanished->pdata[i];
        if (!stays(g, name))
            continue;
        g_autoptr(Former) former = former_load(run->ledger, run->output, g->source->path, name, &failure);
        char *damage = former    ? former_damage(former, &failure)
                       : failure ? NULL
                                 : g_strdup("its files are not known");
        if (damage)
            g_hash_table_insert(g->broken, name, damage);
    }
    return !failure || round_leave(g, failure, error);
}

void photos_plan(GalleryRun *g)
{
    Run *run = g->run;
    PlanSetup setup = { .recipe = run->recipe,
                        .output = run->output,
                        .ledger = run->ledger,
                        .withdrawn = run->withdrawn,
                        .force = run->options.force,
                        .thorough = run->options.check };
    g->captions = captions_new(g->known->captions);
    g->plan = plan_gallery(g->source, g->known, g->captions, &setup);
    run->totals->unchanged += g->plan->unchanged->len;
    /* where somebody touched the folder, its pages may be no longer as they were */
    g->dirty = g->dirty || !g->plan->folder_same || run->options.check;
    GError *error = NULL;
    if (!look_kept(g, &error)) {
        round_give_up(run, error);
        return;
    }
    if (g->taken || is_closed(g))
        return;
    const char *lead = g->plan->items->len > 0 ? lead_expect(g) : NULL;
    for (guint i = 0; i < g->plan->items->len; i++) {
        PlanItem *item = &g_array_index(g->plan->items, PlanItem, i);
        photos_add(g, item, lead_is(g, item, lead));
    }
}

static void tell_broken(GalleryRun *g, const char *name, const char *damage)
{
    g_autofree char *message =
        g_strdup_printf("is archived, and no longer whole: %s; put its original here again", damage);
    round_tell(g, (Event){ .type = EVENT_WARNING, .photo = name, .message = message });
}

/* Forgets a photo that is gone. It is told when that has come to pass; one that is withdrawn was published no
 * more. */
static gboolean forget(GalleryRun *g, const char *name, gboolean withdrawn, GError **error)
{
    Run *run = g->run;
    const char *gallery = g->source->path;
    g_autoptr(GVariant) record = ledger_record(run->ledger, gallery, name, NULL);
    if (!photos_mark_dirty(g, error) || !ledger_drop_photo(run->ledger, gallery, name, error))
        return FALSE;
    tell_step(g, name, RUN_GONE);
    if (withdrawn)
        return TRUE;
    if (run->options.dry)
        round_tell_stale(g, name, RUN_GONE_REASON, FALSE);
    else if (record)
        g_ptr_array_add(g->gone, (gpointer)name);
    return TRUE;
}

/* Forgets the photos that are gone, and finishes a gallery of which nothing is to be made. */
static gboolean begin_gallery(GalleryRun *g, GError **error)
{
    Run *run = g->run;
    const Plan *plan = g->plan;
    for (guint i = 0; i < plan->vanished->len && !run->options.keep_others; i++) {
        const char *name = plan->vanished->pdata[i], *digest = digest_of(g, name);
        if (stays(g, name))
            continue;
        gboolean kept = g->kept && g_hash_table_contains(g->kept, name);
        g_autofree char *withdrawn = withdrawn_reason(run->withdrawn, g->source->path, name, digest);
        const char *damage = g_hash_table_lookup(g->broken, name);
        if (damage)
            tell_broken(g, name, damage);
        if (g->kept && !run->options.dry && !kept_drop(run->output, g->source->path, name, error))
            return FALSE;
        if (withdrawn && kept && !withhold_photo(g, name, digest, error))
            return FALSE;
        if (!forget(g, name, withdrawn != NULL, error))
            return FALSE;
    }
    for (guint i = 0; i < plan->withdrawn->len; i++)
        if (!withhold_photo(g, plan->withdrawn->pdata[i], digest_of(g, plan->withdrawn->pdata[i]), error))
            return FALSE;
    if (g->left == 0)
        outcome_finish(g);
    return TRUE;
}

gboolean photos_make(Run *run, GPtrArray *galleries, GError **error)
{
    for (guint i = 0; i < galleries->len && !run->fatal; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (g->plan && !g->taken && !begin_gallery(g, error))
            return FALSE;
    }
    if (run->fatal)
        return TRUE;
    /* before the first fork: each child inherits what is ready */
    if (run->tasks->len > 0)
        render_prepare(run->options.preset);
    for (guint i = 0; i < run->tasks->len; i++)
        managed_prepare(((const Task *)run->tasks->pdata[i])->job.name);
    if (!round_pool(run, prepare, job_folder, job_render, POOL_LARGEST, outcome, run->tasks, error))
        return FALSE;
    for (guint i = 0; run->cut && i < galleries->len && !run->fatal; i++) {
        GalleryRun *g = galleries->pdata[i];
        if (g->left > 0)
            outcome_finish(g);
    }
    return TRUE;
}
