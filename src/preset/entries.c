#include "preset/entries.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"

#define SUFFIX ".preset"
#define DEEPEST 8 /* presets that extend one another: more is a loop */

static char **folders(void)
{
    GStrvBuilder *list = g_strv_builder_new();
    g_strv_builder_add(list, "presets");

    g_autofree char *user = g_build_filename(g_get_user_config_dir(), "photodesk", "presets", NULL);
    g_strv_builder_add(list, user);

    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *bin = g_path_get_dirname(program ? program : "");
    g_autofree char *prefix = g_path_get_dirname(bin);
    g_autofree char *installed = g_build_filename(prefix, "share", "photodesk", "presets", NULL);
    g_autofree char *built = g_build_filename(prefix, "presets", NULL); /* a checkout's, of build/photodesk */
    if (program) {
        g_strv_builder_add(list, installed);
        g_strv_builder_add(list, built);
    }
    for (const char *const *dir = g_get_system_data_dirs(); *dir; dir++) {
        g_autofree char *path = g_build_filename(*dir, "photodesk", "presets", NULL);
        if (strcmp(path, installed) != 0)
            g_strv_builder_add(list, path);
    }
    char **result = g_strv_builder_end(list);
    g_strv_builder_unref(list);
    return result;
}

gboolean entries_fault(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE, what);
    return FALSE;
}

/* Whether there is a file that is not the other one. */
static gboolean is_another(const char *path, const char *other)
{
    struct stat a, b;
    if (stat(path, &a) < 0)
        return FALSE;
    return !other || stat(other, &b) < 0 || a.st_dev != b.st_dev || a.st_ino != b.st_ino;
}

/* The path of a preset by name or path; beside is the preset that extends it, whose folder comes first, or
 * NULL: one that has its name extends the next of that name. */
static char *find(const char *name, const char *beside, GError **error)
{
    if (strchr(name, '/') || g_str_has_suffix(name, SUFFIX))
        return g_strdup(name);

    g_autofree char *file = g_strconcat(name, SUFFIX, NULL);
    if (beside) {
        g_autofree char *folder = g_path_get_dirname(beside);
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (is_another(path, beside))
            return g_steal_pointer(&path);
    }
    g_auto(GStrv) places = folders();
    for (char **place = places; *place; place++) {
        g_autofree char *path = g_build_filename(*place, file, NULL);
        if (is_another(path, beside))
            return g_steal_pointer(&path);
    }
    g_autofree char *shown = file_show(name);
    g_autofree char *looked = g_strjoinv(", ", places);
    entries_fault(error,
                  "There is no %spreset '%s'; 'photodesk preset list' shows those there are (looked in %s)",
                  beside ? "other " : "", shown, looked);
    return NULL;
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **entries_presets(void)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) places = folders();

    for (char **place = places; *place; place++) {
        g_autoptr(GDir) dir = g_dir_open(*place, 0, NULL); /* an absent folder has no presets */
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        const char *name;
        while (dir && (name = g_dir_read_name(dir)))
            if (g_str_has_suffix(name, SUFFIX) && *name != '.' && g_hash_table_add(seen, g_strdup(name)))
                g_ptr_array_add(names, g_build_filename(*place, name, NULL));
        g_ptr_array_sort(names, compare_strings);
        g_ptr_array_extend_and_steal(paths, g_steal_pointer(&names));
    }
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&paths), FALSE);
}

void entry_free(Entry *entry)
{
    g_free(entry->group);
    g_free(entry->key);
    g_free(entry->value);
    g_free(entry->path);
    g_free(entry);
}

/* Sets or replaces the entry of this group and key; the order of first appearance stays. */
static void put(GPtrArray *entries, const char *group, const char *key, char *value, const char *path)
{
    Entry *entry = NULL;
    for (guint i = 0; i < entries->len && !entry; i++) {
        Entry *e = entries->pdata[i];
        if (strcmp(e->group, group) == 0 && strcmp(e->key, key) == 0)
            entry = e;
    }
    if (!entry) {
        entry = g_new0(Entry, 1);
        entry->group = g_strdup(group);
        entry->key = g_strdup(key);
        g_ptr_array_add(entries, entry);
    }
    g_free(entry->value);
    g_free(entry->path);
    entry->value = value;
    entry->path = g_strdup(path);
}

/* Reads the file and, before it, what it extends. */
static gboolean collect(const char *path, GPtrArray *entries, guint depth, GError **error)
{
    g_autofree char *shown = file_show(path);
    if (depth > DEEPEST)
        return entries_fault(error, "%s: [preset] extends: presets that extend one another in a circle",
                             shown);

    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = NULL;
    gsize size = 0;
    gboolean read = g_file_get_contents(path, &text, &size, &cause);
    gsize mark =
        read && g_str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0; /* as Windows' editors put in front */
    if (!read ||
        !g_key_file_load_from_data(file, text + mark, size - mark, G_KEY_FILE_KEEP_TRANSLATIONS, &cause))
        return entries_fault(error, "%s: %s", shown, cause->message);

    g_autofree char *extends = g_key_file_get_string(file, "preset", "extends", NULL);
    if (extends) {
        g_autofree char *parent = find(extends, path, &cause);
        if (!parent)
            return entries_fault(error, "%s: [preset] extends: %s", shown, cause->message);
        if (!collect(parent, entries, depth + 1, error))
            return FALSE;
        g_key_file_remove_key(file, "preset", "extends", NULL);
    }

    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++) {
        g_auto(GStrv) keys = g_key_file_get_keys(file, *group, NULL, NULL);
        for (char **key = keys; keys && *key; key++) {
            if (!g_utf8_validate(*group, -1, NULL) || !g_utf8_validate(*key, -1, NULL))
                return entries_fault(error, "%s: a name in it is not UTF-8; save it as UTF-8", shown);
            char *value = g_key_file_get_string(file, *group, *key, &cause);
            if (!value)
                return entries_fault(error, "%s: [%s] %s: %s", shown, *group, *key, cause->message);
            put(entries, *group, *key, g_strstrip(value), path);
        }
    }
    return TRUE;
}

Entry *entries_take(GPtrArray *entries, const char *group, const char *key)
{
    for (guint i = 0; i < entries->len; i++) {
        Entry *e = entries->pdata[i];
        if (strcmp(e->group, group) == 0 && strcmp(e->key, key) == 0)
            return g_ptr_array_steal_index(entries, i);
    }
    return NULL;
}

char *entries_preset_name(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    if (g_str_has_suffix(base, SUFFIX))
        base[strlen(base) - strlen(SUFFIX)] = '\0';
    return g_utf8_make_valid(base, -1);
}

GPtrArray *entries_load(const char *name, char **path, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    g_autofree char *found = find(name, NULL, error);
    if (!found || !collect(found, entries, 0, error))
        return NULL;
    *path = g_steal_pointer(&found);
    return g_steal_pointer(&entries);
}

void entries_show(GString *out, const char *name, const char *value)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_set_string(file, "preset", "value", value);
    g_autofree char *escaped = g_key_file_get_value(file, "preset", "value", NULL);
    g_string_append_printf(out, "%s = %s\n", name, escaped);
}
