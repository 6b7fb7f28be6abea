#include "desk/named.h"

#include <string.h>

#include "desk/examine.h"
#include "desk/pool.h"
#include "desk/publish.h"
#include "page/listing.h"

static void named_free(gpointer data)
{
    Named *named = data;
    g_free(named->path);
    g_free(named->damage);
    g_clear_pointer(&named->names, g_hash_table_unref);
    g_free(named);
}

static void expectation_free(gpointer data)
{
    Expectation *expectation = data;
    g_free(expectation->type);
    g_free(expectation->photo);
    g_free(expectation);
}

char *named_path(const TreeFolder *folder, const char *name)
{
    return strcmp(folder->folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder->folder, name, NULL);
}

static GVariant *read_manifest(gpointer data, guint threads, GError **error)
{
    (void)threads;
    return examine_manifest(((Named *)data)->path, error);
}

static void add_names(GHashTable *names, const char *photo, GVariantIter *files)
{
    const char *name, *type;
    Expectation e;
    while (g_variant_iter_next(files, "(&suut&s)", &name, &e.width, &e.height, &e.bytes, &type)) {
        Expectation *kept = g_new0(Expectation, 1);
        *kept = (Expectation){ e.width, e.height, e.bytes, g_strdup(type), g_strdup(photo) };
        g_hash_table_replace(names, g_strdup(name), kept);
    }
}

static void on_manifest(gpointer data, GVariant *result, const GError *error, gpointer user)
{
    (void)user;
    Named *named = data;
    gboolean foreign = FALSE;
    const char *photo;
    GVariantIter *files;
    g_autoptr(GVariantIter) each = NULL;
    if (error) {
        named->damage = g_strdup(error->message);
        return;
    }
    g_variant_lookup(result, "foreign", "b", &foreign);
    if (foreign || !g_variant_lookup(result, "photos", "a(sa(suuts))", &each))
        return;
    named->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, expectation_free);
    while (g_variant_iter_next(each, "(&sa(suuts))", &photo, &files)) {
        add_names(named->names, photo, files);
        g_variant_iter_free(files);
    }
}

GPtrArray *named_read(const GPtrArray *folders, const Limits *limits, guint jobs, GError **error)
{
    g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func(named_free);
    PoolSetup setup = { .work = read_manifest,
                        .largest = 2 * LISTING_MAX,
                        .done = on_manifest,
                        .children = jobs,
                        .limits = limits };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < folders->len; i++) {
        const TreeFolder *folder = folders->pdata[i];
        if (!tree_find(folder, PUBLISH_MANIFEST))
            continue;
        Named *named = g_new0(Named, 1);
        *named = (Named){ .folder = folder, .path = named_path(folder, PUBLISH_MANIFEST) };
        g_ptr_array_add(manifests, named);
        pool_add(pool, named);
    }
    return pool_run(pool, error) ? g_steal_pointer(&manifests) : NULL;
}
