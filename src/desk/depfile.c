#include "desk/depfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "photo/sidecar.h"

struct Depfile {
    char *path, *target; /* the latter escaped */
    GPtrArray *names;    /* escaped */
    GHashTable *seen;    /* the same */
};

/* What is a part of a name to Make and Ninja, and stands for nothing else. Of & and quotation marks, Ninja
 * makes several names, which are not there. */
static gboolean is_plain(guchar c)
{
    return c >= 0x80 || g_ascii_isalnum(c) || (c && strchr("+-_.,/!@(){}&'\"", c));
}

/* As GCC writes it: both Make and Ninja read it so. NULL where they have no common way to write a character
 * of the name; to Make, some would end the name and begin commands. */
static char *escape(const char *name)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = name; *p; p++) {
        if (*p == ' ' || *p == '#')
            g_string_append_c(out, '\\');
        else if (*p == '$')
            g_string_append_c(out, '$');
        else if (!is_plain((guchar)*p))
            return NULL;
        g_string_append_c(out, *p);
    }
    /* to Make, the one ends what "(" began in any name before, and the other begins something with its colon
     */
    if (g_str_has_suffix(name, ")") || g_str_has_suffix(name, "&"))
        return NULL;
    return g_string_free(g_steal_pointer(&out), FALSE);
}

Depfile *depfile_new(const char *path, GError **error)
{
    g_autofree char *target = g_strndup(path, strlen(path) - strlen(".d"));
    char *escaped = escape(target);
    if (!escaped) {
        error_failed(error, "%s: Make and Ninja cannot both read this name; choose another", path);
        return NULL;
    }
    Depfile *depfile = g_new0(Depfile, 1);
    depfile->path = g_strdup(path);
    depfile->target = escaped;
    depfile->names = g_ptr_array_new_with_free_func(g_free);
    depfile->seen = g_hash_table_new(g_str_hash, g_str_equal);
    return depfile;
}

void depfile_free(Depfile *depfile)
{
    if (!depfile)
        return;
    g_hash_table_unref(depfile->seen);
    g_ptr_array_unref(depfile->names);
    g_free(depfile->target);
    g_free(depfile->path);
    g_free(depfile);
}

static void add(Depfile *depfile, const char *folder, const char *name)
{
    g_autofree char *path = name ? g_build_filename(folder, name, NULL) : g_strdup(folder);
    g_autofree char *escaped = escape(path);
    if (!escaped) /* there is no such file: the target is never up to date */
        escaped = g_strconcat(depfile->target, ".always", NULL);
    if (*escaped && !g_hash_table_contains(depfile->seen, escaped)) {
        g_hash_table_add(depfile->seen, escaped);
        g_ptr_array_add(depfile->names, g_steal_pointer(&escaped));
    }
}

void depfile_add(Depfile *depfile, const Preset *preset, const GPtrArray *galleries)
{
    for (char **file = preset->files; *file; file++)
        add(depfile, *file, NULL);
    add(depfile, preset->stamp.font_file, NULL);
    add(depfile, preset->stamp.logo, NULL);
    for (guint i = 0; i < galleries->len; i++) {
        const Gallery *gallery = galleries->pdata[i];
        add(depfile, gallery->folder, "."); /* that may be called "a (1)" */
        if (gallery->captions)
            add(depfile, gallery->folder, gallery->captions->name);
        for (guint k = 0; k < gallery->photos->len; k++) {
            const ScanFile *photo = gallery->photos->pdata[k];
            add(depfile, gallery->folder, photo->name);
            if (photo->sidecar)
                add(depfile, gallery->folder, photo->sidecar->name);
        }
    }
}

gboolean depfile_write(const Depfile *depfile, GError **error)
{
    g_autofree char *fresh = g_strconcat(depfile->path, ".new", NULL);
    g_autoptr(GString) text = g_string_new(depfile->target);
    g_string_append_c(text, ':');
    for (guint i = 0; i < depfile->names->len; i++)
        g_string_append_printf(text, " \\\n  %s", (char *)depfile->names->pdata[i]);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < depfile->names->len; i++)
        g_string_append_printf(text, "%s:\n", (char *)depfile->names->pdata[i]);

    if (unlink(fresh) < 0 && errno != ENOENT)
        return error_errno(error, errno, "%s cannot be written", fresh);
    if (!file_write_new(fresh, text->str, text->len, error))
        return FALSE;
    return rename(fresh, depfile->path) == 0 ||
           error_errno(error, errno, "%s cannot be written", depfile->path);
}
