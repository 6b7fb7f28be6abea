#include "desk/depfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "photo/sidecar.h"

struct Depfile {
    char *path;
    GPtrArray *names; /* escaped */
    GHashTable *seen; /* the same */
};

Depfile *depfile_new(const char *path)
{
    Depfile *depfile = g_new0(Depfile, 1);
    depfile->path = g_strdup(path);
    depfile->names = g_ptr_array_new_with_free_func(g_free);
    depfile->seen = g_hash_table_new(g_str_hash, g_str_equal);
    return depfile;
}

void depfile_free(Depfile *depfile)
{
    g_hash_table_unref(depfile->seen);
    g_ptr_array_unref(depfile->names);
    g_free(depfile->path);
    g_free(depfile);
}

/* As GCC writes it: both Make and Ninja read it so. A backslash is doubled only where it stands before what
 * is escaped. */
static char *escape(const char *name)
{
    GString *out = g_string_new(NULL);
    for (const char *p = name; *p; p++) {
        if (*p == ' ' || *p == '#')
            for (const char *back = p; back > name && back[-1] == '\\'; back--)
                g_string_append_c(out, '\\');
        if (*p == ' ' || *p == '#')
            g_string_append_c(out, '\\');
        else if (*p == '$')
            g_string_append_c(out, '$');
        g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

static void add(Depfile *depfile, const char *folder, const char *name)
{
    g_autofree char *path = name ? g_build_filename(folder, name, NULL) : g_strdup(folder);
    if (!*path || strchr(path, '\n'))
        return;
    char *escaped = escape(path);
    if (g_hash_table_add(depfile->seen, escaped))
        g_ptr_array_add(depfile->names, escaped);
    else
        g_free(escaped);
}

void depfile_add(Depfile *depfile, const Preset *preset, const GPtrArray *galleries)
{
    for (char **file = preset->files; *file; file++)
        add(depfile, *file, NULL);
    add(depfile, preset->stamp.font_file, NULL);
    add(depfile, preset->stamp.logo, NULL);
    for (guint i = 0; i < galleries->len; i++) {
        const Gallery *gallery = galleries->pdata[i];
        add(depfile, gallery->folder, NULL);
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
    g_autofree char *target = g_strndup(depfile->path, strlen(depfile->path) - strlen(".d"));
    g_autofree char *fresh = g_strconcat(depfile->path, ".new", NULL);
    g_autofree char *escaped = escape(target);
    g_autoptr(GString) text = g_string_new(escaped);
    g_string_append_c(text, ':');
    for (guint i = 0; i < depfile->names->len; i++)
        g_string_append_printf(text, " \\\n  %s", (char *)depfile->names->pdata[i]);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < depfile->names->len; i++)
        if (!strchr(depfile->names->pdata[i], '%')) /* which would make it a pattern */
            g_string_append_printf(text, "%s:\n", (char *)depfile->names->pdata[i]);

    if (unlink(fresh) < 0 && errno != ENOENT)
        return error_errno(error, errno, "%s cannot be written", fresh);
    if (!file_write_new(fresh, text->str, text->len, error))
        return FALSE;
    return rename(fresh, depfile->path) == 0 ||
           error_errno(error, errno, "%s cannot be written", depfile->path);
}
