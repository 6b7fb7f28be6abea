#include "desk/round.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/kept.h"
#include "desk/pages.h"
#include "desk/reason.h"
#include "desk/stage.h"
#include "render/managed.h"

/* So that the next run looks at the gallery, whatever was left of it. */
static gboolean forget_stamp(GalleryRun *g, GError **error)
{
    g->known->folder_mtime = 0;
    return ledger_put_gallery(g->run->ledger, g->source->path, g->known, error);
}

static void tell_unchanged(GalleryRun *g)
{
    const GPtrArray *names = g->plan->unchanged;
    for (guint i = 0; g->run->options.explain && i < names->len; i++)
        if (!g_hash_table_contains(g->redone, names->pdata[i]))
            round_tell(
                g, (Event){ .type = EVENT_UNCHANGED, .photo = names->pdata[i], .reason = "nothing changed" });
}

/* When its manifest names them no more. */
static void tell_gone(GalleryRun *g)
{
    for (guint i = 0; i < g->gone->len; i++) {
        const char *name = g->gone->pdata[i];
        g->run->totals->removed++;
        round_tell(g, (Event){ .type = EVENT_REMOVED,
                               .photo = name,
                               .reason = g_hash_table_contains(g->broken, name)
                                             ? "what was published of it is no longer whole"
                                             : RUN_GONE_REASON });
    }
}

/* None of those that are withdrawn by now is in them, and none of their files stays. */
static gboolean write_pages(GalleryRun *g, GPtrArray *stale, GError **error)
{
    Run *run = g->run;
    gboolean ok = withhold_lock(run, error) &&
                  pages_write(run->output, run->ledger, run->withdrawn, g->source->path, run->options.preset,
                              g->known, stale, error) &&
                  withhold_sweep(g, error);
    withhold_unlock(run);
    return ok;
}

void outcome_finish(GalleryRun *g)
{
    GError *error = NULL;
    Run *run = g->run;
    gboolean whole = g->left == 0;
    if (whole && g->dirty && !lead_settle(g, &error)) {
        round_give_up(run, error);
        return;
    }
    if (whole && g->left > 0)
        return; /* it comes here again when they are done */
    tell_unchanged(g);
    g_autoptr(GPtrArray) stale = g_ptr_array_new_with_free_func(g_free);
    if (g->dirty && !write_pages(g, stale, &error))
        round_give_up(run, error);
    else if (g->dirty && g->known->folder_mtime != 0 && run->options.on_gallery)
        run->options.on_gallery(g->source->path, run->options.user);
    if (!error)
        tell_gone(g);
    if ((!whole || g->unsettled) && g->dirty && !error && !forget_stamp(g, &error))
        round_give_up(run, error);
    for (guint i = 0; i < stale->len; i++) {
        const char *name = stale->pdata[i];
        gboolean there = publish_has(run->output, g->source->path, name);
        round_tell_stale(g, name, there ? "is not as it should be" : "is missing", FALSE);
    }
}

static void tell_warnings(Task *task, GVariant *result)
{
    g_autofree const char **warnings = NULL;
    if (g_variant_lookup(result, "warnings", "^a&s", &warnings))
        for (const char **w = warnings; *w; w++)
            round_tell(task->gallery,
                       (Event){ .type = EVENT_WARNING, .photo = task->job.name, .message = *w });
}

static char *find_reason(const Task *task, const LedgerPhoto *now, GVariant *record, const char *moved)
{
    const LedgerPhoto *made = task->made;
    const Run *run = task->gallery->run;
    gboolean other = made && g_strcmp0(made->digest, now->digest) != 0;
    gboolean sidecar =
        made && (made->sidecar_size != now->sidecar_size || made->sidecar_mtime != now->sidecar_mtime);
    gboolean photo = made && (made->size != now->size || made->mtime != now->mtime);
    ReasonFacts facts = { .known = made != NULL,
                          .forced = run->options.force,
                          .own = task->job.own,
                          .damage = task->damage,
                          .focus = task->job.row.focus,
                          .lead = made && made->lead != now->lead ? now->lead ? 1 : -1 : 0,
                          .base = run->recipe->base,
                          .bytes_changed = other && (photo || !sidecar),
                          .sidecar_changed = other && sidecar,
                          .entry = record,
                          .moved = moved };
    return reason_tell(&facts);
}

static gboolean has_no_result(GError **error)
{
    return error_set(
        error, PHOTODESK_ERROR_DAMAGED,
        "its decoder gave no proper result; it is damaged: open it in an image editor and save it anew");
}

static gboolean keep_unchanged(Task *task, const LedgerPhoto *photo, GError **error)
{
    GalleryRun *g = task->gallery;
    if (!ledger_put_photo(g->run->ledger, g->source->path, photo, NULL, NULL, error))
        return FALSE;
    g->run->totals->unchanged++;
    g_hash_table_insert(g->counted, task->job.name, &g->run->totals->unchanged);
    round_tell(g, (Event){ .type = EVENT_UNCHANGED,
                           .photo = photo->name,
                           .reason = "its time changed, its bytes did not" });
    return TRUE;
}

/* Stages the files that there were. Where they lie is not taken from the result: a child may be broken into.
 */
static gboolean stage_found(const Task *task, const GArray *files, GVariant *making, GError **error)
{
    const char *look;
    const Former *former =
        g_variant_lookup(making, "look", "&s", &look) ? job_former(&task->job, look) : NULL;
    return former ? stage_links(task->job.staging, task->job.name, former, files, error)
                  : has_no_result(error);
}

static gboolean publish_fresh(const Task *task, const GArray *files, GVariant *making, gboolean encoded,
                              GError **error)
{
    const GalleryRun *g = task->gallery;
    if (g->run->options.dry || files->len == 0)
        return TRUE;
    return (encoded || stage_found(task, files, making, error)) &&
           publish_files(g->run->output, g->source->path, task->job.staging, files, error);
}

/* Unless it was withdrawn while it was made. */
static gboolean put_in_place(Task *task, const LedgerPhoto *photo, const GArray *files, GVariant *record,
                             GVariant *making, gboolean encoded, gboolean *withdrawn, GError **error)
{
    Run *run = task->gallery->run;
    const char *path = task->gallery->source->path;
    gboolean dry = run->options.dry;
    if (!withhold_lock(run, error))
        return FALSE;
    g_autofree char *reason = withdrawn_reason(run->withdrawn, path, photo->name, photo->digest);
    *withdrawn = reason != NULL;
    gboolean ok =
        reason || (publish_fresh(task, files, making, encoded, error) &&
                   ((dry && encoded) || ledger_put_photo(run->ledger, path, photo, record, making, error)));
    withhold_unlock(run);
    return ok;
}

/* Publishes what is new of a photo, and records it: in this order, so that the ledger never names what is not
 * there. In a dry run, what would be rendered is not recorded. */
static gboolean renew(Task *task, const LedgerPhoto *photo, GVariant *result, GError **error)
{
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    const char *moved = NULL;
    guint64 bytes;
    gboolean encoded, dry = run->options.dry;
    g_autoptr(GArray) files = job_staged(&task->job, result, &bytes);
    g_autoptr(GVariant) record = g_variant_lookup_value(result, "photo", G_VARIANT_TYPE_VARDICT);
    g_autoptr(GVariant) making = g_variant_lookup_value(result, "making", G_VARIANT_TYPE_VARDICT);
    if (!files || !record || !making || !g_variant_lookup(result, "encoded", "b", &encoded) ||
        (encoded && files->len == 0 && !dry))
        return has_no_result(error);
    g_variant_lookup(result, "moved", "&s", &moved);
    g_autofree char *reason = find_reason(task, photo, record, moved);
    g_autoptr(GVariant) told = g_variant_lookup_value(result, "times", G_VARIANT_TYPE_VARDICT);
    Times times = { 0 };
    if (told)
        times_read(&times, told);

    gboolean withdrawn = FALSE;
    if (!photos_mark_dirty(g, error) ||
        !put_in_place(task, photo, files, record, making, encoded, &withdrawn, error))
        return FALSE;
    if (withdrawn)
        return withhold_photo(g, photo->name, photo->digest, error);
    tell_warnings(task, result);
    run->totals->published++;
    g_hash_table_insert(g->counted, task->job.name, &run->totals->published);
    if (dry) {
        round_tell_stale(g, photo->name, reason, encoded);
        return TRUE;
    }
    run->totals->files += files->len;
    run->totals->bytes += bytes;
    round_tell(g, (Event){ .type = EVENT_PUBLISHED,
                           .photo = photo->name,
                           .reason = reason,
                           .encoded = encoded,
                           .files = files->len,
                           .bytes = bytes,
                           .entry = record,
                           .times = &times });
    return TRUE;
}

static gboolean take_result(Task *task, GVariant *result, GError **error)
{
    LedgerPhoto photo = { .name = task->job.name, .recipe = task->recipe, .lead = task->job.lead };
    gboolean unchanged = FALSE, withdrawn = FALSE;
    if (!job_source(result, &photo, &unchanged))
        return has_no_result(error);
    g_autofree char *digest = photo.digest;
    g_variant_lookup(result, "withdrawn", "b", &withdrawn);
    return withdrawn   ? withhold_photo(task->gallery, photo.name, digest, error)
           : unchanged ? keep_unchanged(task, &photo, error)
                       : renew(task, &photo, result, error);
}

static gboolean is_published(Task *task, gboolean *published, GError **error)
{
    GError *unread = NULL;
    const GalleryRun *g = task->gallery;
    g_autoptr(GVariant) record = ledger_record(g->run->ledger, g->source->path, task->job.name, &unread);
    *published = record != NULL;
    if (unread)
        g_propagate_error(error, unread);
    return !unread;
}

static gboolean take_from_gallery(Task *task, gboolean *published, GError **error)
{
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    const char *path = g->source->path, *name = task->job.name;
    return is_published(task, published, error) &&
           (!*published ||
            (photos_mark_dirty(g, error) && ledger_drop_photo(run->ledger, path, name, error))) &&
           (!g->kept || run->options.dry || kept_drop(run->output, path, name, error));
}

/* What becomes of it, as the end of a sentence. */
static const char *tell_published(const Run *run, gboolean stays)
{
    return stays              ? "; what is published of it stays"
           : run->options.dry ? "; what is published of it would be taken out of its gallery"
                              : "; what was published of it is taken out of its gallery";
}

/* A photo that failed leaves the gallery: what was published of it was made from something else. Where it is
 * the output that failed, no photo is to blame; nor where the machine did, or is not set up right, and what
 * is published stays. */
static void fail_photo(Task *task, const GError *error)
{
    GalleryRun *g = task->gallery;
    Run *run = g->run;
    if (error_is_output(error)) {
        round_give_up(run, g_error_copy(error));
        return;
    }
    gboolean machine = g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_MACHINE);
    gboolean last = !task->job.settled || task->job.settled->last_try;
    if (!last && (machine || g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE))) {
        /* what is published of it stays till then */
        round_tell(g, (Event){ .type = EVENT_WAITING, .photo = task->job.name, .message = error->message });
        return;
    }
    GError *fatal = NULL;
    gboolean published = FALSE,
             stays = machine || g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_SETUP);
    if (stays ? !is_published(task, &published, &fatal) : !take_from_gallery(task, &published, &fatal))
        round_give_up(run, fatal);
    g_autofree char *message =
        g_strconcat(error->message, published ? tell_published(run, stays) : NULL, NULL);
    run->totals->failed++;
    round_tell(
        g, (Event){ .type = EVENT_FAILED, .photo = task->job.name, .message = message, .code = error->code });
}

/* A photo that its name did not tell of, as one in CMYK, took the managed lane: the next child inherits it.
 */
static void keep_lane(GVariant *result)
{
    gboolean managed = FALSE;
    if (g_variant_lookup(result, "managed", "b", &managed) && managed)
        managed_lane(NULL);
}

void outcome(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    Task *task = data;
    GalleryRun *g = task->gallery;
    g_autoptr(GError) failure = NULL;
    g->run->totals->left--;
    if (result)
        keep_lane(result);
    if (error)
        fail_photo(task, error);
    else if (!take_result(task, result, &failure))
        fail_photo(task, failure);
    if (!g->run->options.dry)
        file_remove_tree(task->job.staging, NULL); /* what stays behind is swept away with all of staging */
    g_clear_pointer(&task->job.own, former_free);
    if (--g->left == 0 && !g->run->fatal)
        outcome_finish(g);
}
