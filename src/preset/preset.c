#include "preset/preset.h"

#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "preset/entries.h"
#include "preset/keys.h"

#define RENDITION "rendition "

/* ---- Reading ---- */

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
    return g_file_test(whole, G_FILE_TEST_IS_REGULAR) || entries_fault(error, "there is no file %s", shown);
}

static gboolean read_key(const Key *key, const char *group, GPtrArray *entries, gpointer base,
                         const char *path, GError **error)
{
    g_autofree char *shown = file_show(path);
    Entry *entry = entries_take(entries, group, key->name);
    if (!entry && key->otherwise)
        return key_parse(key, key->otherwise, base, error);
    if (!entry) {
        g_autofree char *range = key_range(key);
        return entries_fault(error, "%s: [%s] %s is missing; it must be %s", shown, group, key->name, range);
    }

    g_autoptr(GError) cause = NULL;
    gboolean ok =
        key_parse(key, entry->value, base, &cause) &&
        (key->type != KEY_FILE || resolve(&G_STRUCT_MEMBER(char *, base, key->offset), entry->path, &cause));
    if (!ok) {
        g_autofree char *where = file_show(entry->path);
        g_autofree char *value = file_show(entry->value);
        entries_fault(error, "%s: [%s] %s = %s: %s", where, group, key->name, value, cause->message);
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
            return entries_fault(error,
                                 "%s: [%s]: a rendition's name has letters, digits and hyphens only, a to z",
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
    return g_str_has_prefix(group, RENDITION) || words_is_group(group);
}

static gboolean refuse_unknown(const Entry *e, GError **error)
{
    g_autofree char *where = file_show(e->path);
    g_autofree char *group = file_show(e->group);
    g_autofree char *key = file_show(e->key);
    if (!known_group(e->group)) {
        g_autofree char *groups = words_groups();
        return entries_fault(error,
                             "%s: [%s]: unknown group; groups are preset, limits, source, credit, stamp, "
                             "rights, page, %s and 'rendition NAME'",
                             where, group, groups);
    }
    if (words_is_group(e->group))
        return entries_fault(error, "%s: [%s] %s: unknown key; this group's keys are languages (en, he, de)",
                             where, group, key);

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
    entries_fault(error, "%s: [%s] %s: unknown key; this group's keys are %s", where, group, key, names->str);
    g_string_free(names, TRUE);
    return FALSE;
}

const Rendition *preset_rendition(const Preset *preset, const char *name)
{
    for (guint i = 0; i < preset->n_renditions; i++)
        if (strcmp(preset->renditions[i].name, name) == 0)
            return &preset->renditions[i];
    return NULL;
}

/* A key that names renditions names such as there are. */
static gboolean check_names(const Preset *preset, const char *key, const char *text, GError **error)
{
    g_auto(GStrv) names = key_split(text);
    for (char **name = names; *name; name++)
        if (!preset_rendition(preset, *name)) {
            g_autofree char *shown = file_show(*name);
            return entries_fault(error, "%s: [page] %s: there is no rendition '%s'", preset->path, key,
                                 shown);
        }
    return TRUE;
}

/* Figures are of all photos, and so are the renditions that they show: thus each photo has one. */
static gboolean check_figure(const Preset *preset, GError **error)
{
    g_auto(GStrv) names = key_split(preset->page.figure);
    if (!*names && preset->n_renditions > 0 && preset->renditions[0].photos == PHOTOS_LEAD)
        return entries_fault(
            error,
            "%s: [rendition %s] photos = lead: the first rendition is what figures show; put "
            "one for all photos before it, or name one in [page] figure",
            preset->path, preset->renditions[0].name);
    for (char **name = names; *name; name++)
        if (preset_rendition(preset, *name)->photos == PHOTOS_LEAD)
            return entries_fault(error, "%s: [page] figure: the rendition '%s' is for the lead alone",
                                 preset->path, *name);
    return TRUE;
}

static gboolean check_page(const Preset *preset, GError **error)
{
    const char *base = preset->page.base_url;
    if (*base && !g_str_has_prefix(base, "https://") && !g_str_has_prefix(base, "http://"))
        return entries_fault(error, "%s: [page] base-url: must begin with https:// or http://, or be nothing",
                             preset->path);
    const char *host = *base ? strstr(base, "://") + strlen("://") : "host";
    if (strcspn(host, "/?#") == 0 || strpbrk(base, " \t\"'<>\\?#"))
        return entries_fault(
            error,
            "%s: [page] base-url = %s: must be an address with a host, to which names of folders and "
            "files can be added: no blank (write %%20), no quotation mark, no ? and no #",
            preset->path, base);
    return check_names(preset, "figure", preset->page.figure, error) && check_figure(preset, error) &&
           check_names(preset, "social", preset->page.social, error);
}

/* BCP 47, as far as its form goes: "he", "pt-BR", "zh-Hant-TW". */
static gboolean check_language(const Preset *preset, const char *group, const char *tag, GError **error)
{
    if (g_regex_match_simple("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", tag, 0, 0))
        return TRUE;
    g_autofree char *shown = file_show(tag);
    return entries_fault(error,
                         "%s: [%s] language = %s: must be a language's tag, as he, ar or pt-BR (BCP 47)",
                         preset->path, group, shown);
}

static gboolean check(const Preset *preset, GError **error)
{
    if (!check_language(preset, "preset", preset->language, error) ||
        (*preset->credit_language && !check_language(preset, "credit", preset->credit_language, error)))
        return FALSE;
    if (preset->stamp.min_px > preset->stamp.max_px)
        return entries_fault(error, "%s: [stamp] min-px = %d: must not be above max-px, which is %d",
                             preset->path, preset->stamp.min_px, preset->stamp.max_px);
    if (g_hash_table_size(preset->labels) == 0)
        return entries_fault(
            error,
            "%s: [credit] label[LANGUAGE] is missing; one label at least is needed, as label[en] = Photo:",
            preset->path);
    if (preset->words.sets[WORDS_LABEL].lists->len == 0)
        return entries_fault(
            error, "%s: [words label] is missing; one list at least is needed, as en = Photo;Photos",
            preset->path);
    return check_page(preset, error);
}

static void show_key(GString *out, const Key *key, gconstpointer base, gboolean help)
{
    g_autofree char *value = key_format(key, base);
    if (help) {
        g_autofree char *range = key_range(key);
        g_string_append_printf(out, "# %s: %s\n", key->help, range);
    }
    entries_show(out, key->name, value);
}

static void show_renditions(GString *out, const Preset *preset, gboolean help)
{
    for (guint i = 0; i < preset->n_renditions; i++) {
        g_string_append_printf(out, "\n[" RENDITION "%s]\n", preset->renditions[i].name);
        for (guint k = 0; k < n_rendition_keys; k++)
            show_key(out, &rendition_keys[k], &preset->renditions[i], help);
    }
}

/* Of all that makes a difference to what is made; and of that which makes one to the files of variants. */
static void make_digests(Preset *preset)
{
    Preset bare = *preset;
    bare.title = bare.stamp.font_file = bare.stamp.logo = (char *)"";
    g_autofree char *values = preset_show(&bare, FALSE);
    preset->digest = digest_hex(values, strlen(values));

    g_autoptr(GString) look = g_string_new(NULL);
    for (guint k = 0; k < n_preset_keys; k++) {
        const Key *key = &preset_keys[k];
        if (strcmp(key->group, "stamp") == 0 || strcmp(key->name, "damaged") == 0 ||
            strcmp(key->name, "placeholder") == 0)
            show_key(look, key, &bare, FALSE);
    }
    show_renditions(look, &bare, FALSE);
    preset->look = digest_hex(look->str, look->len);
}

static char **list_files(const char *path, const GPtrArray *entries)
{
    g_autoptr(GStrvBuilder) files = g_strv_builder_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(seen, (gpointer)path);
    g_strv_builder_add(files, path);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = entries->pdata[i];
        if (g_hash_table_add(seen, entry->path))
            g_strv_builder_add(files, entry->path);
    }
    return g_strv_builder_end(files);
}

Preset *preset_load(const char *name, GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr(GPtrArray) entries = entries_load(name, &path, error);
    if (!entries)
        return NULL;

    g_autoptr(Preset) preset = g_new0(Preset, 1);
    preset->name = entries_preset_name(path);
    preset->files = list_files(path, entries);
    preset->path = g_steal_pointer(&path);
    for (guint k = 0; k < n_preset_keys; k++)
        if (!read_key(&preset_keys[k], preset_keys[k].group, entries, preset, preset->path, error))
            return NULL;
    read_labels(preset, entries);
    if (!words_read(&preset->words, entries, error) || !read_renditions(preset, entries, error))
        return NULL;
    if (entries->len > 0) {
        refuse_unknown(entries->pdata[0], error);
        return NULL;
    }
    if (!check(preset, error))
        return NULL;

    make_digests(preset);
    return g_steal_pointer(&preset);
}

char **preset_list(void)
{
    return entries_presets();
}

/* ---- Showing ---- */

static void show_labels(GString *out, const Preset *preset, gboolean help)
{
    if (help)
        g_string_append(out, "# what stands before a credit in each language: some text\n");
    g_autoptr(GList) languages = g_list_sort(g_hash_table_get_keys(preset->labels), (GCompareFunc)strcmp);
    for (GList *l = languages; l; l = l->next) {
        g_autofree char *name = g_strdup_printf("label[%s]", (char *)l->data);
        entries_show(out, name, preset_label(preset, l->data));
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
    words_show(out, &preset->words, help);
    show_renditions(out, preset, help);
    return g_string_free(out, FALSE);
}

gboolean rendition_is_for(const Rendition *rendition, gboolean lead)
{
    return lead || rendition->photos == PHOTOS_ALL;
}

gboolean preset_has_lead(const Preset *preset)
{
    for (guint i = 0; i < preset->n_renditions; i++)
        if (preset->renditions[i].photos == PHOTOS_LEAD)
            return TRUE;
    return FALSE;
}

gboolean rendition_has_focus(const Rendition *rendition)
{
    return rendition->crop == CROP_FOCUS && rendition->aspect > 0;
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
    words_clear(&preset->words);
    g_free(preset->name);
    g_free(preset->path);
    g_strfreev(preset->files);
    g_free(preset->digest);
    g_free(preset->look);
    g_free(preset);
}
