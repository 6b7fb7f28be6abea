#include "desk/prune.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/named.h"
#include "desk/owners.h"
#include "desk/publish.h"
#include "desk/shards.h"

typedef struct {
    const PruneOptions *options;
    PruneTotals *totals;
    const Output *output;
    gint64 now; /* ns since 1970 */
} Prune;

static void tell_file(const Prune *p, const char *folder, const TreeFile *file)
{
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    p->totals->files++;
    p->totals->bytes += (guint64)file->size;
    if (p->options->on_file)
        p->options->on_file(path, (guint64)file->size, p->options->user);
}

static void tell_problem(const Prune *p, const char *message)
{
    p->totals->problems++;
    if (p->options->on_problem)
        p->options->on_problem(message, p->options->user);
}

static void tell_problems(const Prune *p, const GPtrArray *problems)
{
    for (guint i = 0; i < problems->len; i++)
        tell_problem(p, problems->pdata[i]);
}

/* ---- Galleries ---- */

/* The files (TreeFile) of the folder that are to go. since is the last change of what might name them. */
static GPtrArray *choose(const Prune *p, const TreeFolder *folder, GHashTable *names, gint64 since)
{
    GPtrArray *chosen = g_ptr_array_new();
    for (guint i = 0; i < folder->files->len; i++) {
        TreeFile *file = folder->files->pdata[i];
        if ((names && g_hash_table_contains(names, file->name)) ||
            !owners_is_ours(folder->folder, file->name))
            continue;
        gboolean dropped = !p->output->busy || file->changed < since;
        if (dropped && p->now - MAX(file->changed, since) >= p->options->grace)
            g_ptr_array_add(chosen, file);
        else
            p->totals->waiting++;
    }
    return chosen;
}

static gboolean remove_files(const Prune *p, const TreeFolder *folder, const GPtrArray *chosen,
                             GError **error)
{
    guint removed;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < chosen->len; i++) {
        const TreeFile *file = chosen->pdata[i];
        if (tree_is_same(folder, file, problems)) {
            g_ptr_array_add(names, file->name);
            tell_file(p, folder->path, file);
        }
    }
    tell_problems(p, problems);
    return p->options->dry || names->len == 0 ||
           publish_remove(p->output, folder->path, names, &removed, error);
}

static gboolean sweep_folder(const Prune *p, const TreeFolder *folder, const Named *named, GError **error)
{
    if (!publish_is_gallery(folder->path) || !folder->whole)
        return TRUE;
    if (named && named->damage) {
        g_autofree char *shown = file_show(named->path);
        g_autofree char *message =
            g_strdup_printf("%s %s; nothing of its gallery is removed: build it again", shown, named->damage);
        tell_problem(p, message);
        return TRUE;
    }
    if (named ? !named->names : p->output->busy) /* another's, or that of a gallery to come */
        return TRUE;
    gint64 since = named ? tree_find(folder, PUBLISH_MANIFEST)->changed : folder->changed;
    g_autoptr(GPtrArray) chosen = choose(p, folder, named ? named->names : NULL, since);
    return remove_files(p, folder, chosen, error);
}

static gboolean sweep_galleries(const Prune *p, GError **error)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) folders = tree_read(p->output->path, FALSE, problems);
    g_autoptr(GPtrArray) manifests = named_read(folders, p->options->limits, p->options->jobs, error);
    if (!manifests)
        return FALSE;
    tell_problems(p, problems);
    guint at = 0; /* both are in the same order */
    for (guint i = 0; i < folders->len; i++) {
        const Named *named = at < manifests->len ? manifests->pdata[at] : NULL;
        gboolean has = named && named->folder == folders->pdata[i];
        at += has;
        if (!sweep_folder(p, folders->pdata[i], has ? named : NULL, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- Staging ---- */

/* Whether a folder under the state's is one that photos are staged in: of the output, or of a shard. */
static gboolean is_staging(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    guint n = g_strv_length(parts);
    return n > 0 && (strcmp(parts[0], "staging") == 0 ||
                     (n > 2 && strcmp(parts[0], SHARDS_FOLDER) == 0 && strcmp(parts[2], "staging") == 0));
}

static void tell_staged(const Prune *p, const GPtrArray *folders)
{
    for (guint i = 0; i < folders->len; i++) {
        const TreeFolder *folder = folders->pdata[i];
        g_autofree char *path = g_build_filename(PUBLISH_STATE_FOLDER, folder->path, NULL);
        for (guint k = 0; is_staging(folder->path) && k < folder->files->len; k++)
            tell_file(p, path, folder->files->pdata[k]);
    }
}

/* ---- All ---- */

static gboolean is_output(const char *out, const char *state, GError **error)
{
    g_autofree char *shown = file_show(out);
    if (g_file_test(state, G_FILE_TEST_IS_DIR))
        return TRUE;
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE,
                "%s is no folder that photodesk publishes into, since it has no " PUBLISH_STATE_FOLDER
                "; name the one of -o, or build into it again",
                shown);
    return FALSE;
}

static gboolean is_patient(const Prune *p, GError **error)
{
    if (!p->output->busy || p->options->grace >= PRUNE_DAY)
        return TRUE;
    g_autofree char *shown = file_show(p->output->path);
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_BUSY,
                "Another photodesk is writing to %s, and what it has just made is named by no manifest yet; "
                "give a --grace of 1 day or more, or run again when it has ended",
                shown);
    return FALSE;
}

gboolean prune(const char *out, const PruneOptions *options, PruneTotals *totals, GError **error)
{
    *totals = (PruneTotals){ 0 };
    const OutputMode mode = { .dry = options->dry, .beside = TRUE };
    g_autofree char *state = g_build_filename(out, PUBLISH_STATE_FOLDER, NULL);
    if (!is_output(out, state, error))
        return FALSE;
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) staged = tree_read(state, FALSE, problems);
    g_autoptr(Output) output = output_open_as(out, &mode, error); /* empties staging, where none is at work */
    if (!output)
        return FALSE;
    Prune p = { options, totals, output, g_get_real_time() * 1000 };
    if (!is_patient(&p, error))
        return FALSE;
    if (!output->busy)
        tell_staged(&p, staged);
    return sweep_galleries(&p, error);
}
