#include "desk/owners.h"

#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "desk/filename.h"

struct Owners {
    GHashTable *stems, *renditions; /* sets */
    GHashTable *named;              /* file -> photo, as file_utf8() has it */
};

Owners *owners_new(void)
{
    Owners *o = g_new0(Owners, 1);
    o->stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    o->renditions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    o->named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return o;
}

void owners_free(Owners *o)
{
    if (!o)
        return;
    g_hash_table_unref(o->stems);
    g_hash_table_unref(o->renditions);
    g_hash_table_unref(o->named);
    g_free(o);
}

/* ---- What is known ---- */

void owners_add_stem(Owners *o, const char *stem)
{
    g_hash_table_add(o->stems, g_strdup(stem));
}

void owners_add_photo(Owners *o, const char *photo)
{
    g_hash_table_add(o->stems, filename_stem(photo));
}

void owners_add_preset(Owners *o, const Preset *preset)
{
    for (guint i = 0; i < preset->n_renditions; i++)
        g_hash_table_add(o->renditions, g_strdup(preset->renditions[i].name));
}

void owners_add_file(Owners *o, const char *file, const char *photo)
{
    g_autofree char *stem = filename_stem(photo);
    char *rendition = filename_rendition(file, stem);
    g_hash_table_replace(o->named, g_strdup(file), file_utf8(photo));
    if (rendition)
        g_hash_table_add(o->renditions, rendition);
}

/* ---- Whose it is ---- */

/* What of the name fits a known stem, or that of the photo that is asked for (or NULL), best; NULL for none.
 */
static char *find_stem(const Owners *o, const char *file, const char *asked)
{
    g_autofree char *best = NULL;
    gboolean best_known = FALSE;
    for (const char *dash = strchr(file, '-'); dash; dash = strchr(dash + 1, '-')) {
        g_autofree char *stem = g_strndup(file, (gsize)(dash - file));
        g_autofree char *rendition = filename_rendition(file, stem);
        if (!rendition || (g_strcmp0(stem, asked) != 0 && !g_hash_table_contains(o->stems, stem)))
            continue;
        gboolean known = g_hash_table_contains(o->renditions, rendition);
        if (known >= best_known) {
            g_free(best);
            best = g_steal_pointer(&stem);
            best_known = known;
        }
    }
    return g_steal_pointer(&best);
}

gboolean owners_is_ours(const char *folder, const char *file)
{
    if (!filename_is_variant(file))
        return FALSE;
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *digest = digest_file(path);
    return digest && filename_has_digest(file, digest);
}

char *owners_guess(Owners *o, const char *folder, const char *file)
{
    g_autofree char *known = find_stem(o, file, NULL), *stem = NULL;
    if (known || g_hash_table_contains(o->named, file) || !owners_is_ours(folder, file))
        return NULL;
    gboolean sure = FALSE;
    for (const char *dash = strchr(file, '-'); dash && !sure; dash = strchr(dash + 1, '-')) {
        g_autofree char *head = g_strndup(file, (gsize)(dash - file));
        g_autofree char *rendition = filename_rendition(file, head);
        if (!rendition)
            continue;
        g_free(stem);
        stem = g_steal_pointer(&head);
        sure = g_hash_table_contains(o->renditions, rendition);
    }
    owners_add_stem(o, stem);
    return g_steal_pointer(&stem);
}

gboolean owners_is_of(const Owners *o, const char *folder, const char *file, const char *photo,
                      const char *stem)
{
    const char *named = g_hash_table_lookup(o->named, file);
    if (named) {
        g_autofree char *valid = file_utf8(photo);
        return strcmp(named, valid) == 0 && filename_is_variant(file);
    }
    g_autofree char *rendition = filename_rendition(file, stem);
    g_autofree char *best = rendition ? find_stem(o, file, stem) : NULL;
    if (!best || strcmp(best, stem) != 0)
        return FALSE;
    return g_hash_table_contains(o->renditions, rendition) || owners_is_ours(folder, file);
}
