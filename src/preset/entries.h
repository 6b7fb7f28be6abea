/* The entries of a preset file and of those that it extends, not yet understood: GROUP, KEY, VALUE. */
#pragma once

#include <glib.h>

/* One value as it was written, and the file that wrote it: for messages. */
typedef struct {
    char *group, *key, *value, *path;
} Entry;

void entry_free(Entry *entry);

/* The entries of a preset, by its name or path; where two files give the same key, the one that extends
 * stands over the other. Gives the path of the file. NULL, and a usage error, where there is no such file or
 * it is no key file. */
GPtrArray *entries_load(const char *name, char **path, GError **error);

/* Takes an entry out of the list, so that what is left at the end is unknown. NULL where there is none. */
Entry *entries_take(GPtrArray *entries, const char *group, const char *key);

/* All presets that can be found by name: see preset_list(). */
char **entries_presets(void);

/* What people call the preset at path. Free with g_free(). */
char *entries_preset_name(const char *path);

/* Appends "KEY = VALUE" as a key file has it, with line breaks, tabs and backslashes escaped. */
void entries_show(GString *out, const char *name, const char *value);

/* Sets a PHOTODESK_ERROR_USAGE and returns FALSE, so that a caller can return it. */
gboolean entries_fault(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
