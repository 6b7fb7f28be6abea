#include "preset/preset.h"

#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "preset/keys.h"

#define SUFFIX ".preset"
#define RENDITION "rendition "
#define DEEPEST 8 /* presets that extend one another: more is a loop */

/* ---- Finding ---- */

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
    if (program)
        g_strv_builder_add(list, installed);
    for (const char *const *dir = g_get_system_data_dirs(); *dir; dir++) {
        g_autofree char *path = g_build_filename(*dir, "photodesk", "presets", NULL);
        if (strcmp(path, installed) != 0)
            g_strv_builder_add(list, path);
    }
    char **result = g_strv_builder_end(list);
    g_strv_builder_unref(list);
    return result;
}

static gboolean usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean usage(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_USAGE, what);
    return FALSE;
}

/* The path of a preset by name or path; beside is the preset that extends it, whose folder comes first, or
 * NULL. */
static char *find(const char *name, const char *beside, GError **error)
{
    if (strchr(name, '/') || g_str_has_suffix(name, SUFFIX))
        return g_strdup(name);

    g_autofree char *file = g_strconcat(name, SUFFIX, NULL);
    if (beside) {
        g_autofree char *folder = g_path_get_dirname(beside);
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    g_auto(GStrv) places = folders();
    for (char **place = places; *place; place++) {
        g_autofree char *path = g_build_filename(*place, file, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    g_autofree char *shown = file_show(name);
    g_autofree char *looked = g_strjoinv(", ", places);
    usage(error, "There is no preset '%s'; 'photodesk preset list' shows those there are (looked in %s)",
          shown, looked);
    return NULL;
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **preset_list(void)
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

/* ---- Reading ---- */

/* One value as it was written, and the file that wrote it: for messages. */
typedef struct {
    char *group, *key, *value, *path;
} Entry;

static void entry_free(gpointer data)
{
    Entry *entry = data;
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
        return usage(error, "%s: [preset] extends: presets that extend one another in a circle", shown);

    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_TRANSLATIONS, &cause))
        return usage(error, "%s: %s", shown, cause->message);

    g_autofree char *extends = g_key_file_get_string(file, "preset", "extends", NULL);
    if (extends) {
        g_autofree char *parent = find(extends, path, &cause);
        if (!parent)
            return usage(error, "%s: [preset] extends: %s", shown, cause->message);
        if (!collect(parent, entries, depth + 1, error))
            return FALSE;
        g_key_file_remove_key(file, "preset", "extends", NULL);
    }

    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++) {
        g_auto(GStrv) keys = g_key_file_get_keys(file, *group, NULL, NULL);
        for (char **key = keys; keys && *key; key++) {
            char *value = g_key_file_get_string(file, *group, *key, &cause);
            if (!value)
                return usage(error, "%s: [%s] %s: %s", shown, *group, *key, cause->message);
            put(entries, *group, *key, g_strstrip(value), path);
        }
    }
    return TRUE;
}

/* Takes the entry out of the list, so that what is left at the end is unknown. NULL where there is none. */
static Entry *take(GPtrArray *entries, const char *group, const char *key)
{
    for (guint i = 0; i < entries->len; i++) {
        Entry *e = entries->pdata[i];
        if (strcmp(e->group, group) == 0 && strcmp(e->key, key) == 0)
            return g_ptr_array_steal_index(entries, i);
    }
    return NULL;
}

/* Makes a path that the preset's file at from names an absolute one; a file must be there. */
static gboolean resolve(char **path, const char *from, GError **error)
{
    if (!**path)
        return TRUE;
    g_autofree char *folder = g_path_get_dirname(from);
    g_autofree char *base = g_canonicalize_filename(folder, NULL);
    char *whole = g_canonicalize_filename(*path, base);
    g_free(*path);
    *path = whole;
    g_autofree char *shown = file_show(whole);
    return g_file_test(whole, G_FILE_TEST_IS_REGULAR) || usage(error, "there is no file %s", shown);
}

static gboolean read_key(const Key *key, const char *group, GPtrArray *entries, gpointer base,
                         const char *path, GError **error)
{
    g_autofree char *shown = file_show(path);
    Entry *entry = take(entries, group, key->name);
    if (!entry && key->otherwise)
        return key_parse(key, key->otherwise, base, error);
    if (!entry) {
        g_autofree char *range = key_range(key);
        return usage(error, "%s: [%s] %s is missing; it must be %s", shown, group, key->name, range);
    }

    g_autoptr(GError) cause = NULL;
    gboolean ok =
        key_parse(key, entry->value, base, &cause) &&
        (key->type != KEY_FILE || resolve(&G_STRUCT_MEMBER(char *, base, key->offset), entry->path, &cause));
    if (!ok) {
        g_autofree char *where = file_show(entry->path);
        g_autofree char *value = file_show(entry->value);
        usage(error, "%s: [%s] %s = %s: %s", where, group, key->name, value, cause->message);
    }
    entry_free(entry);
    return ok;
}

static gboolean valid_name(const char *name)
{
    for (const char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '-')
            return FALSE;
    return *name != '\0';
}

static gboolean read_renditions(Preset *preset, GPtrArray *entries, GError **error)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *e = entries->pdata[i];
        if (g_str_has_prefix(e->group, RENDITION) &&
            !g_ptr_array_find_with_equal_func(groups, e->group, g_str_equal, NULL))
            g_ptr_array_add(groups, g_strdup(e->group));
    }

    preset->renditions = g_new0(Rendition, groups->len);
    for (guint i = 0; i < groups->len; i++) {
        const char *group = groups->pdata[i];
        Rendition *rendition = &preset->renditions[preset->n_renditions++];
        rendition->name = g_strdup(group + strlen(RENDITION));
        if (!valid_name(rendition->name))
            return usage(error, "%s: [%s]: a rendition's name has letters, digits and hyphens only",
                         preset->path, group);
        for (guint k = 0; k < n_rendition_keys; k++)
            if (!read_key(&rendition_keys[k], group, entries, rendition, preset->path, error))
                return FALSE;
    }
    return TRUE;
}

static void read_labels(Preset *preset, GPtrArray *entries)
{
    preset->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < entries->len;) {
        Entry *e = entries->pdata[i];
        gsize n = strlen(e->key);
        if (strcmp(e->group, "credit") == 0 && g_str_has_prefix(e->key, "label[") && e->key[n - 1] == ']' &&
            n > 7) {
            g_hash_table_insert(preset->labels, g_strndup(e->key + 6, n - 7), g_steal_pointer(&e->value));
            g_ptr_array_remove_index(entries, i);
        } else
            i++;
    }
}

static gboolean known_group(const char *group)
{
    for (guint k = 0; k < n_preset_keys; k++)
        if (strcmp(preset_keys[k].group, group) == 0)
            return TRUE;
    return g_str_has_prefix(group, RENDITION);
}

static gboolean refuse_unknown(const Entry *e, GError **error)
{
    g_autofree char *where = file_show(e->path);
    g_autofree char *group = file_show(e->group);
    g_autofree char *key = file_show(e->key);
    if (!known_group(e->group))
        return usage(error,
                     "%s: [%s]: unknown group; groups are preset, limits, source, credit, stamp, rights and "
                     "'rendition NAME'",
                     where, group);

    GString *names = g_string_new(NULL);
    gboolean rendition = g_str_has_prefix(e->group, RENDITION);
    const Key *keys = rendition ? rendition_keys : preset_keys;
    for (guint k = 0; k < (rendition ? n_rendition_keys : n_preset_keys); k++)
        if (rendition || strcmp(keys[k].group, e->group) == 0)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", keys[k].name);
    if (strcmp(e->group, "preset") == 0)
        g_string_append(names, ", extends");
    if (strcmp(e->group, "credit") == 0)
        g_string_append(names, ", label[LANGUAGE]");
    usage(error, "%s: [%s] %s: unknown key; this group's keys are %s", where, group, key, names->str);
    g_string_free(names, TRUE);
    return FALSE;
}

static gboolean check(const Preset *preset, GError **error)
{
    if (preset->stamp.min_px > preset->stamp.max_px)
        return usage(error, "%s: [stamp] min-px = %d: must not be above max-px, which is %d", preset->path,
                     preset->stamp.min_px, preset->stamp.max_px);
    if (g_hash_table_size(preset->labels) == 0)
        return usage(
            error,
            "%s: [credit] label[LANGUAGE] is missing; one label at least is needed, as label[en] = Photo:",
            preset->path);
    return TRUE;
}

static char *bare_name(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    if (g_str_has_suffix(base, SUFFIX))
        base[strlen(base) - strlen(SUFFIX)] = '\0';
    return g_utf8_make_valid(base, -1);
}

/* Of all that makes a difference to what is made. */
static char *make_digest(const Preset *preset)
{
    Preset bare = *preset;
    bare.title = bare.stamp.font_file = bare.stamp.logo = (char *)"";
    g_autofree char *values = preset_show(&bare, FALSE);
    return digest_hex(values, strlen(values));
}

Preset *preset_load(const char *name, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
    g_autofree char *path = find(name, NULL, error);
    if (!path || !collect(path, entries, 0, error))
        return NULL;

    g_autoptr(Preset) preset = g_new0(Preset, 1);
    preset->name = bare_name(path);
    preset->path = g_steal_pointer(&path);
    for (guint k = 0; k < n_preset_keys; k++)
        if (!read_key(&preset_keys[k], preset_keys[k].group, entries, preset, preset->path, error))
            return NULL;
    read_labels(preset, entries);
    if (!read_renditions(preset, entries, error))
        return NULL;
    if (entries->len > 0) {
        refuse_unknown(entries->pdata[0], error);
        return NULL;
    }
    if (!check(preset, error))
        return NULL;

    preset->digest = make_digest(preset);
    return g_steal_pointer(&preset);
}

/* ---- Showing ---- */

/* The line as a key file has it, with line breaks, tabs and backslashes escaped. */
static void show_value(GString *out, const char *name, const char *value)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_set_string(file, "preset", "value", value);
    g_autofree char *escaped = g_key_file_get_value(file, "preset", "value", NULL);
    g_string_append_printf(out, "%s = %s\n", name, escaped);
}

static void show_key(GString *out, const Key *key, gconstpointer base, gboolean help)
{
    g_autofree char *value = key_format(key, base);
    if (help) {
        g_autofree char *range = key_range(key);
        g_string_append_printf(out, "# %s: %s\n", key->help, range);
    }
    show_value(out, key->name, value);
}

static void show_labels(GString *out, const Preset *preset, gboolean help)
{
    if (help)
        g_string_append(out, "# what stands before a credit in each language: some text\n");
    g_autoptr(GList) languages = g_list_sort(g_hash_table_get_keys(preset->labels), (GCompareFunc)strcmp);
    for (GList *l = languages; l; l = l->next) {
        g_autofree char *name = g_strdup_printf("label[%s]", (char *)l->data);
        show_value(out, name, preset_label(preset, l->data));
    }
}

char *preset_show(const Preset *preset, gboolean help)
{
    GString *out = g_string_new(NULL);
    const char *group = "";

    for (guint k = 0; k < n_preset_keys; k++) {
        const Key *key = &preset_keys[k];
        if (strcmp(key->group, group) != 0)
            g_string_append_printf(out, "%s[%s]\n", out->len ? "\n" : "", key->group);
        group = key->group;
        show_key(out, key, preset, help);
        gboolean last = k + 1 == n_preset_keys || strcmp(preset_keys[k + 1].group, group) != 0;
        if (last && strcmp(group, "credit") == 0)
            show_labels(out, preset, help);
    }
    for (guint i = 0; i < preset->n_renditions; i++) {
        g_string_append_printf(out, "\n[" RENDITION "%s]\n", preset->renditions[i].name);
        for (guint k = 0; k < n_rendition_keys; k++)
            show_key(out, &rendition_keys[k], &preset->renditions[i], help);
    }
    return g_string_free(out, FALSE);
}

const char *preset_label(const Preset *preset, const char *language)
{
    return g_hash_table_lookup(preset->labels, language);
}

void preset_free(Preset *preset)
{
    if (!preset)
        return;
    for (guint k = 0; k < n_preset_keys; k++)
        key_clear(&preset_keys[k], preset);
    for (guint i = 0; i < preset->n_renditions; i++) {
        for (guint k = 0; k < n_rendition_keys; k++)
            key_clear(&rendition_keys[k], &preset->renditions[i]);
        g_free(preset->renditions[i].name);
    }
    g_free(preset->renditions);
    g_clear_pointer(&preset->labels, g_hash_table_unref);
    g_free(preset->name);
    g_free(preset->path);
    g_free(preset->digest);
    g_free(preset);
}
