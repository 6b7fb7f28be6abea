#include "page/album.h"

#include <string.h>

#include "base/comma.h"
#include "base/file.h"
#include "page/escape.h"
#include "preset/keys.h"

static void photo_free(gpointer data)
{
    AlbumPhoto *photo = data;
    manifest_clear(&photo->is);
    g_variant_unref(photo->record);
    g_free(photo->name);
    g_free(photo);
}

/* What figures show where the preset does not tell: its first rendition. */
static char **figure_of(const Preset *preset)
{
    char **named = key_split(preset->page.figure);
    if (*named || preset->n_renditions == 0)
        return named;
    g_strfreev(named);
    const char *first[] = { preset->renditions[0].name, NULL };
    return g_strdupv((char **)first);
}

static char *address_of(const char *base, const char *path)
{
    if (!*base)
        return g_strdup("");
    g_autofree char *below = escape_address(path);
    gboolean slash = g_str_has_suffix(base, "/");
    return g_strconcat(base, slash ? "" : "/", below, *below ? "/" : "", NULL);
}

Album *album_new(const char *path, const Preset *preset, GPtrArray *names, GPtrArray *records, guint lead)
{
    Album *album = g_new0(Album, 1);
    album->path = file_utf8(path);
    album->preset = preset;
    album->lead = lead;
    album->address = address_of(preset->page.base_url, path);
    album->figure = figure_of(preset);
    album->social = key_split(preset->page.social);
    album->photos = g_ptr_array_new_with_free_func(photo_free);
    for (guint i = 0; i < records->len; i++) {
        AlbumPhoto *photo = g_new0(AlbumPhoto, 1);
        photo->name = file_utf8(names->pdata[i]);
        photo->record = g_variant_get_normal_form(records->pdata[i]);
        g_variant_get_data(photo->record); /* one block of memory from now on, that its strings lie in */
        manifest_read(photo->record, &photo->is);
        g_ptr_array_add(album->photos, photo);
    }
    return album;
}

void album_free(Album *album)
{
    if (!album)
        return;
    g_ptr_array_unref(album->photos);
    g_strfreev(album->figure);
    g_strfreev(album->social);
    g_free(album->address);
    g_free(album->path);
    g_free(album);
}

const ManifestFile *album_files(const AlbumPhoto *photo, const char *rendition, guint *n)
{
    const ManifestFile *first = NULL;
    *n = 0;
    for (guint i = 0; i < photo->is.n_files; i++)
        if (strcmp(photo->is.files[i].rendition, rendition) == 0) {
            first = first ? first : &photo->is.files[i];
            (*n)++;
        }
    return first;
}

const ManifestFile *album_widest(const AlbumPhoto *photo, const char *rendition)
{
    guint n;
    const ManifestFile *files = album_files(photo, rendition, &n);
    return files ? &files[n - 1] : NULL;
}

char *album_address(const Album *album, const char *file)
{
    g_autofree char *name = escape_address(file);
    return g_strconcat(album->address, name, NULL);
}

char *album_credit(const AlbumPhoto *photo)
{
    const ManifestPhoto *is = &photo->is;
    if (!is->credit_text)
        return NULL;
    g_autofree char *creators = g_strjoinv(comma_between(is->creators), is->creators);
    return g_strconcat(creators, *creators && is->agency ? "/" : "", is->agency ? is->agency : "", NULL);
}
