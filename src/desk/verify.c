#include "desk/verify.h"

#include <string.h>

#include "base/file.h"
#include "desk/examine.h"
#include "desk/filename.h"
#include "desk/named.h"
#include "desk/owners.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "desk/tree.h"
#include "desk/warnings.h"
#include "desk/withdrawn.h"
#include "render/managed.h"

typedef struct {
    const VerifyOptions *options;
    VerifyTotals *totals;
    GPtrArray *tasks; /* Task */
    guint told;       /* of them */
} Verification;

/* A file on its way. */
typedef struct {
    Verification *verification;
    char *path;
    const GPtrArray *lists; /* Withdrawn: those of its root */
    Expectation expected;
    gboolean named; /* by a manifest: expected is set */
    gboolean done;
    GVariant *result;
    char *failure;
} Task;

static void task_free(gpointer data)
{
    Task *task = data;
    g_free(task->path);
    g_free(task->expected.type);
    g_clear_pointer(&task->result, g_variant_unref);
    g_free(task->failure);
    g_free(task);
}

static Task *task_new(Verification *v, const TreeFolder *folder, const char *name)
{
    Task *task = g_new0(Task, 1);
    task->verification = v;
    task->path = named_path(folder, name);
    return task;
}

static void say(const Verification *v, const char *path, const char *kind, const char *message)
{
    v->totals->findings++;
    v->options->on_finding(path, kind, message, v->options->user);
}

/* ---- Manifests ---- */

static void tell_missing(Verification *v, const Named *named)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(named->names), (GCompareFunc)strcmp);
    for (const GList *name = names; name; name = name->next)
        if (!tree_find(named->folder, name->data)) {
            g_autofree char *path = named_path(named->folder, name->data);
            say(v, path, "missing", "is not there, and the manifest beside it names it");
        }
}

/* What is wrong with them, and what they name, by folder. */
static GHashTable *tell_manifests(Verification *v, const GPtrArray *manifests)
{
    GHashTable *by_folder = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < manifests->len; i++) {
        const Named *named = manifests->pdata[i];
        if (named->damage)
            say(v, named->path, "manifest", named->damage);
        if (!named->names)
            continue;
        v->totals->manifests++;
        if (named->folder->whole)
            tell_missing(v, named);
        g_hash_table_insert(by_folder, (gpointer)named->folder, named->names);
    }
    return by_folder;
}

/* ---- Withdrawn photos ---- */

/* Those of its files that are there. */
static void tell_left(Verification *v, const TreeFolder *folder, const Owners *owners,
                      const Withdrawal *entry)
{
    for (guint i = 0; i < folder->files->len; i++) {
        const char *name = ((TreeFile *)folder->files->pdata[i])->name;
        if (!owners_is_of(owners, folder->folder, name, entry->photo, entry->stem))
            continue;
        g_autofree char *path = named_path(folder, name);
        g_autofree char *message = g_strdup_printf("is of %s, which is withdrawn: %s; withdraw it again",
                                                   entry->photo, entry->reason);
        say(v, path, "withdrawn", message);
    }
}

/* By what its manifest names (Expectation by file, or NULL) and those that are withdrawn. */
static Owners *find_owners(GHashTable *names, const GPtrArray *list, const char *gallery)
{
    Owners *owners = owners_new();
    GHashTableIter each;
    gpointer file, expected;
    if (names)
        g_hash_table_iter_init(&each, names);
    while (names && g_hash_table_iter_next(&each, &file, &expected)) {
        owners_add_photo(owners, ((const Expectation *)expected)->photo);
        owners_add_file(owners, file, ((const Expectation *)expected)->photo);
    }
    for (guint i = 0; i < list->len; i++) {
        const Withdrawal *entry = list->pdata[i];
        if (strcmp(entry->gallery, gallery) == 0)
            owners_add_stem(owners, entry->stem);
    }
    return owners;
}

static const TreeFolder *find_folder(const GPtrArray *folders, const char *path)
{
    for (guint i = 0; i < folders->len; i++) {
        const TreeFolder *folder = folders->pdata[i];
        g_autofree char *valid = file_utf8(folder->path);
        if (strcmp(valid, path) == 0)
            return folder;
    }
    return NULL;
}

/* By the list that lies in base. */
static void tell_list(Verification *v, const GPtrArray *folders, GHashTable *by_folder,
                      const TreeFolder *base, const Withdrawn *withdrawn)
{
    g_autofree char *under = file_utf8(base->path);
    const GPtrArray *list = withdrawn_list(withdrawn);
    g_autoptr(GHashTable) known = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)owners_free);
    for (guint i = 0; i < list->len; i++) {
        const Withdrawal *entry = list->pdata[i];
        g_autofree char *place = g_build_filename(under, entry->gallery, NULL);
        const TreeFolder *folder = find_folder(folders, place);
        if (!folder)
            continue;
        Owners *owners = g_hash_table_lookup(known, folder);
        if (!owners) {
            owners = find_owners(g_hash_table_lookup(by_folder, folder), list, entry->gallery);
            g_hash_table_insert(known, (gpointer)folder, owners);
        }
        tell_left(v, folder, owners, entry);
    }
}

/* Gives the lists that are there (Withdrawn). */
static GPtrArray *tell_withdrawn(Verification *v, const GPtrArray *folders, GHashTable *by_folder)
{
    GPtrArray *lists = g_ptr_array_new_with_free_func((GDestroyNotify)withdrawn_free);
    for (guint i = 0; i < folders->len; i++) {
        const TreeFolder *folder = folders->pdata[i];
        if (!tree_find(folder, WITHDRAWN_FILE))
            continue;
        g_autoptr(GError) error = NULL;
        g_autofree char *path = named_path(folder, WITHDRAWN_FILE);
        Withdrawn *withdrawn = withdrawn_open(folder->folder, &error);
        if (!withdrawn) {
            say(v, path, "unreadable", error->message);
            continue;
        }
        g_ptr_array_add(lists, withdrawn);
        tell_list(v, folders, by_folder, folder, withdrawn);
    }
    return lists;
}

/* ---- Files ---- */

static GVariant *look_through(gpointer data, guint threads, GError **error)
{
    (void)threads;
    Task *task = data;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    warnings_catch(warnings); /* what a library prints of a bad file is of no use here */
    return examine_file(task->path, task->named ? &task->expected : NULL, task->verification->options->limits,
                        task->lists, error);
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

static void add_file(Verification *v, const TreeFolder *folder, const char *name, GHashTable *names,
                     const GPtrArray *lists)
{
    Task *task = task_new(v, folder, name);
    task->lists = lists;
    const Expectation *expected = names ? g_hash_table_lookup(names, name) : NULL;
    if (expected) {
        task->named = TRUE;
        task->expected = *expected;
        task->expected.type = g_strdup(expected->type);
        task->expected.photo = NULL; /* nothing asks for it, and the manifest's is not kept */
    } else if (names && filename_is_variant(name))
        v->totals->unnamed++;
    g_ptr_array_add(v->tasks, task);
}

static gboolean look_at_files(Verification *v, GError **error)
{
    PoolSetup setup = { .work = look_through,
                        .largest = POOL_LARGEST,
                        .done = on_file,
                        .user = v,
                        .children = v->options->jobs,
                        .limits = v->options->limits };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < v->tasks->len; i++)
        pool_add(pool, v->tasks->pdata[i]);
    if (v->tasks->len > 0 && !managed_lane(error)) /* before the first fork: each child inherits it */
        return FALSE;
    return pool_run(pool, error);
}

gboolean verify(char **roots, const VerifyOptions *options, VerifyTotals *totals, GError **error)
{
    *totals = (VerifyTotals){ 0 };
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(task_free);
    Verification v = { .options = options, .totals = totals, .tasks = files };
    g_autoptr(GPtrArray) withdrawn = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (char **root = roots; *root; root++) {
        GPtrArray *folders = tree_read(*root, TRUE, problems);
        g_ptr_array_add(trees, folders);
        g_autoptr(GPtrArray) manifests = named_read(folders, options->limits, options->jobs, error);
        if (!manifests)
            return FALSE;
        g_autoptr(GHashTable) by_folder = tell_manifests(&v, manifests);
        GPtrArray *lists = tell_withdrawn(&v, folders, by_folder);
        g_ptr_array_add(withdrawn, lists);
        for (guint i = 0; i < folders->len; i++) {
            const TreeFolder *folder = folders->pdata[i];
            GHashTable *names = g_hash_table_lookup(by_folder, folder);
            for (guint k = 0; k < folder->files->len; k++)
                add_file(&v, folder, ((TreeFile *)folder->files->pdata[k])->name, names, lists);
        }
    }
    for (guint i = 0; i < problems->len; i++)
        say(&v, "", "unreadable", problems->pdata[i]);
    totals->files = files->len;
    return look_at_files(&v, error);
}
