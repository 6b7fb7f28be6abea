#include "desk/verify.h"

#include <string.h>

#include "desk/examine.h"
#include "desk/filename.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/tree.h"
#include "desk/warnings.h"
#include "render/load_vips.h"

typedef struct {
    const VerifyOptions *options;
    VerifyTotals *totals;
    GPtrArray *tasks; /* Task */
    guint told;       /* of them */
} Verification;

/* A file, or a manifest, on its way. */
typedef struct {
    Verification *verification;
    char *path;
    Expectation expected;
    gboolean named;           /* by a manifest: expected is set */
    const TreeFolder *folder; /* of a manifest: what stands beside it */
    GHashTable *names;        /* of a manifest: what it names, Expectation by char * */
    gboolean done;
    GVariant *result;
    char *failure;
} Task;

static void task_free(gpointer data)
{
    Task *task = data;
    g_free(task->path);
    g_free(task->expected.type);
    g_clear_pointer(&task->names, g_hash_table_unref);
    g_clear_pointer(&task->result, g_variant_unref);
    g_free(task->failure);
    g_free(task);
}

static void expectation_free(gpointer data)
{
    g_free(((Expectation *)data)->type);
    g_free(data);
}

static Task *task_new(Verification *v, const TreeFolder *folder, const char *name)
{
    Task *task = g_new0(Task, 1);
    task->verification = v;
    task->path =
        strcmp(folder->folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder->folder, name, NULL);
    return task;
}

static void say(const Verification *v, const char *path, const char *kind, const char *message)
{
    v->totals->findings++;
    v->options->on_finding(path, kind, message, v->options->user);
}

static gboolean run_pool(Verification *v, PoolWork work, PoolDone done, GError **error)
{
    PoolSetup setup = {
        .work = work, .done = done, .user = v, .children = v->options->jobs, .limits = v->options->limits
    };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < v->tasks->len; i++)
        pool_add(pool, v->tasks->pdata[i]);
    if (v->tasks->len > 0)
        load_vips_init(); /* before the first fork: each child inherits it */
    return pool_run(pool, error);
}

/* ---- Manifests ---- */

static GVariant *read_manifest(gpointer data, guint threads, GError **error)
{
    (void)threads;
    return examine_manifest(((Task *)data)->path, error);
}

static void take_names(Task *task, GVariant *result)
{
    const char *name, *type;
    Expectation e;
    g_autoptr(GVariantIter) each = NULL;
    if (!g_variant_lookup(result, "files", "a(suuts)", &each))
        return;
    while (g_variant_iter_next(each, "(&suut&s)", &name, &e.width, &e.height, &e.bytes, &type)) {
        Expectation *kept = g_new0(Expectation, 1);
        *kept = (Expectation){ e.width, e.height, e.bytes, g_strdup(type) };
        g_hash_table_replace(task->names, g_strdup(name), kept);
        if (!tree_find(task->folder, name)) {
            g_autofree char *folder = g_path_get_dirname(task->path);
            g_autofree char *path = g_build_filename(folder, name, NULL);
            say(task->verification, path, "missing", "is not there, and the manifest beside it names it");
        }
    }
}

static void on_manifest(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    Verification *v = user;
    Task *task = data;
    gboolean foreign = FALSE;
    if (error) {
        say(v, task->path, "manifest", error->message);
        return;
    }
    g_variant_lookup(result, "foreign", "b", &foreign);
    if (foreign)
        return;
    v->totals->manifests++;
    task->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, expectation_free);
    take_names(task, result);
}

/* What the manifests (Task) of the folders name, by folder. */
static GHashTable *read_manifests(Verification *v, GPtrArray *folders, GPtrArray *manifests, GError **error)
{
    for (guint i = 0; i < folders->len; i++) {
        const TreeFolder *folder = folders->pdata[i];
        if (!tree_find(folder, PUBLISH_MANIFEST))
            continue;
        Task *task = task_new(v, folder, PUBLISH_MANIFEST);
        task->folder = folder;
        g_ptr_array_add(manifests, task);
    }
    v->tasks = manifests;
    if (!run_pool(v, read_manifest, on_manifest, error))
        return NULL;
    GHashTable *by_folder = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < manifests->len; i++) {
        Task *task = manifests->pdata[i];
        if (task->names)
            g_hash_table_insert(by_folder, (gpointer)task->folder, task->names);
    }
    return by_folder;
}

/* ---- Files ---- */

static GVariant *look_through(gpointer data, guint threads, GError **error)
{
    (void)threads;
    Task *task = data;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    warnings_catch(warnings); /* what a library prints of a bad file is of no use here */
    return examine_file(task->path, task->named ? &task->expected : NULL, task->verification->options->limits,
                        error);
}

static void tell(const Verification *v, const Task *task)
{
    const char *kind, *text;
    gboolean picture = FALSE;
    g_autoptr(GVariantIter) each = NULL;
    if (task->failure)
        say(v, task->path, "unreadable", task->failure);
    if (!task->result)
        return;
    g_variant_lookup(task->result, "picture", "b", &picture);
    v->totals->pictures += picture;
    if (g_variant_lookup(task->result, "findings", "a(ss)", &each))
        while (g_variant_iter_next(each, "(&s&s)", &kind, &text))
            say(v, task->path, kind, text);
}

/* Files are told in their order, however the children end. */
static void on_file(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    Verification *v = user;
    Task *task = data;
    task->result = result ? g_variant_ref(result) : NULL;
    task->failure = error ? g_strdup(error->message) : NULL;
    task->done = TRUE;
    for (; v->told < v->tasks->len; v->told++) {
        Task *next = v->tasks->pdata[v->told];
        if (!next->done)
            break;
        tell(v, next);
        g_clear_pointer(&next->result, g_variant_unref);
    }
    v->options->on_progress(v->told, v->tasks->len, v->options->user);
}

static void add_file(Verification *v, const TreeFolder *folder, const char *name, GHashTable *names)
{
    Task *task = task_new(v, folder, name);
    const Expectation *expected = names ? g_hash_table_lookup(names, name) : NULL;
    if (expected) {
        task->named = TRUE;
        task->expected = *expected;
        task->expected.type = g_strdup(expected->type);
    } else if (names && filename_is_variant(name))
        v->totals->unnamed++;
    g_ptr_array_add(v->tasks, task);
}

gboolean verify(char **roots, const VerifyOptions *options, VerifyTotals *totals, GError **error)
{
    *totals = (VerifyTotals){ 0 };
    Verification v = { .options = options, .totals = totals };
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(task_free);
    g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func(task_free);
    for (char **root = roots; *root; root++) {
        GPtrArray *folders = tree_read(*root, TRUE, problems);
        g_ptr_array_add(trees, folders);
        g_autoptr(GHashTable) by_folder = read_manifests(&v, folders, manifests, error);
        if (!by_folder)
            return FALSE;
        v.tasks = files;
        for (guint i = 0; i < folders->len; i++) {
            const TreeFolder *folder = folders->pdata[i];
            GHashTable *names = g_hash_table_lookup(by_folder, folder);
            for (guint k = 0; k < folder->files->len; k++)
                add_file(&v, folder, ((TreeFile *)folder->files->pdata[k])->name, names);
        }
        g_ptr_array_set_size(manifests, 0);
    }
    for (guint i = 0; i < problems->len; i++)
        say(&v, "", "unreadable", problems->pdata[i]);
    totals->files = files->len;
    return run_pool(&v, look_through, on_file, error);
}
