#include "desk/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "desk/pages.h"
#include "desk/publish.h"
#include "photo/sidecar.h"

/* What lies beside photos without being one. Everything that is not here is either published or refused
 * aloud. */
static const char *const companions[] = { ".xmp", ".txt", ".md",  ".csv", ".tsv", ".json", ".html",
                                          ".htm", ".xml", ".log", ".ini", ".db",  ".url",  ".webloc" };
static const char *const unfinished[] = { ".part", ".tmp", ".filepart", ".crdownload", "~" };

static gboolean has_ending(const char *name, const char *const *endings, gsize n)
{
    gsize length = strlen(name);
    for (gsize i = 0; i < n; i++) {
        gsize ending = strlen(endings[i]);
        if (length > ending && g_ascii_strcasecmp(name + length - ending, endings[i]) == 0)
            return TRUE;
    }
    return FALSE;
}

/* What file systems, file servers and their clients make for themselves: what was deleted, and copies of
 * pictures. */
static gboolean is_the_systems(const char *name)
{
    static const char *const folders[] = { "lost+found",
                                           "#recycle",
                                           "#snapshot",
                                           "@Recycle",
                                           "@Recently-Snapshot",
                                           "@eaDir",
                                           "$RECYCLE.BIN",
                                           "RECYCLER",
                                           "System Volume Information",
                                           "Network Trash Folder",
                                           "Temporary Items",
                                           "__MACOSX" };
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++)
        if (g_ascii_strcasecmp(name, folders[i]) == 0)
            return TRUE;
    return FALSE;
}

#define LOCK_OF_OFFICE "~$" /* begins the name of a file that lies beside a document while it is edited */

static gboolean is_photo_name(const char *name)
{
    return name[0] != '.' && !g_str_has_prefix(name, LOCK_OF_OFFICE) &&
           !has_ending(name, companions, G_N_ELEMENTS(companions)) &&
           !has_ending(name, unfinished, G_N_ELEMENTS(unfinished));
}

static ScanFile *file_new(const char *name, const struct stat *st)
{
    ScanFile *file = g_new0(ScanFile, 1);
    file->name = g_strdup(name);
    if (st) {
        file->size = st->st_size;
        file->mtime = (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
        file->ctime = (gint64)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
        file->inode = st->st_ino;
    }
    return file;
}

static void file_free(gpointer data)
{
    ScanFile *file = data;
    if (!file)
        return;
    g_free(file->name);
    file_free(file->sidecar);
    g_free(file);
}

Gallery *gallery_new(const char *path, const char *folder)
{
    Gallery *gallery = g_new0(Gallery, 1);
    gallery->path = g_strdup(path);
    gallery->folder = g_strdup(folder);
    gallery->photos = g_ptr_array_new_with_free_func(file_free);
    gallery->notes = g_ptr_array_new_with_free_func(g_free);
    return gallery;
}

void gallery_free(Gallery *gallery)
{
    if (!gallery)
        return;
    g_free(gallery->path);
    g_free(gallery->folder);
    g_ptr_array_unref(gallery->photos);
    g_ptr_array_unref(gallery->notes);
    file_free(gallery->captions);
    g_free(gallery);
}

static int compare_files(gconstpointer a, gconstpointer b)
{
    return strcmp((*(ScanFile *const *)a)->name, (*(ScanFile *const *)b)->name);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* ---- XMP sidecars ---- */

#define XMP ".xmp"

static gboolean is_sidecar(const char *name)
{
    static const char *const ending[] = { XMP };
    return has_ending(name, ending, 1);
}

/* Without the ending behind the last dot; NULL where there is none. */
static char *make_bare(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? g_strndup(name, (gsize)(dot - name)) : NULL;
}

/* Small and capital letters are one: a card reader or a Mac may have changed them. */
static ScanFile *find_sidecar(GHashTable *by_name, const char *name)
{
    g_autofree char *key = name ? g_ascii_strdown(name, -1) : NULL;
    const ScanFile *found = key ? g_hash_table_lookup(by_name, key) : NULL;
    if (!found)
        return NULL;
    ScanFile *sidecar = g_new0(ScanFile, 1);
    *sidecar = *found;
    sidecar->name = g_strdup(found->name);
    return sidecar;
}

/* Gives each photo its own of the sidecars that its folder has. */
static void match_sidecars(Gallery *gallery, GPtrArray *sidecars)
{
    if (sidecars->len == 0)
        return;
    g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_sort(sidecars, compare_files);
    for (guint i = sidecars->len; i-- > 0;) {
        ScanFile *sidecar = sidecars->pdata[i];
        g_autofree char *bare = make_bare(sidecar->name);
        g_hash_table_insert(by_name, g_ascii_strdown(bare, -1), sidecar);
    }
    for (guint i = 0; i < gallery->photos->len; i++) {
        ScanFile *photo = gallery->photos->pdata[i];
        g_autofree char *bare = make_bare(photo->name);
        photo->sidecar = find_sidecar(by_name, photo->name);
        if (!photo->sidecar)
            photo->sidecar = find_sidecar(by_name, bare);
    }
}

/* Looks beside one photo, where the folder is not read. */
static ScanFile *seek_sidecar(const char *folder, const char *photo)
{
    static const char *const endings[] = { XMP, ".XMP" };
    g_autofree char *bare = make_bare(photo);
    const char *stems[] = { photo, bare };
    for (gsize i = 0; i < G_N_ELEMENTS(stems) && stems[i]; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(endings); k++) {
            struct stat st;
            g_autofree char *name = g_strconcat(stems[i], endings[k], NULL);
            g_autofree char *path = g_build_filename(folder, name, NULL);
            if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
                return file_new(name, &st);
        }
    return NULL;
}

/* ---- Tables of captions ---- */

/* As spreadsheets and people write its name; the first that is there counts. */
static const char *const tables[] = { SIDECAR_NAME, "Captions.csv", "Captions.CSV", "captions.CSV",
                                      "CAPTIONS.CSV" };

/* Its place in tables; their number for any other name. */
static gsize rank_table(const char *name)
{
    gsize i = 0;
    while (i < G_N_ELEMENTS(tables) && strcmp(name, tables[i]) != 0)
        i++;
    return i;
}

static void take_table(Gallery *gallery, const char *name, const struct stat *st)
{
    if (gallery->captions && rank_table(gallery->captions->name) < rank_table(name))
        return;
    file_free(gallery->captions);
    gallery->captions = file_new(name, st);
}

/* ---- Folders ---- */

Gallery *scan_files(const char *path, const char *folder, char **names)
{
    Gallery *gallery = gallery_new(path, folder);
    struct stat st;
    for (char **name = names; *name; name++) {
        g_autofree char *file = g_build_filename(folder, *name, NULL);
        ScanFile *photo = file_new(*name, stat(file, &st) == 0 ? &st : NULL);
        photo->sidecar = seek_sidecar(folder, *name);
        g_ptr_array_add(gallery->photos, photo);
    }
    g_ptr_array_sort(gallery->photos, compare_files);

    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *table = g_build_filename(folder, tables[i], NULL);
        if (stat(table, &st) == 0)
            take_table(gallery, tables[i], &st);
    }
    return gallery;
}

/* What a folder has beside its photos. */
typedef struct {
    GPtrArray *subfolders; /* char * */
    GPtrArray *sidecars;   /* ScanFile: XMP */
    gboolean strict;       /* leave out links, and what is no regular file */
} Others;

/* Sorts one entry of a folder into the gallery or the others. FALSE where the folder does not let itself
 * be searched. */
static gboolean take_entry(Gallery *gallery, int folder, const char *name, Others *others)
{
    struct stat st, link;
    if (name[0] == '.' || is_the_systems(name))
        return TRUE;
    if (fstatat(folder, name, &link, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT; /* gone since it was listed */

    if (others->strict && !S_ISDIR(link.st_mode) && !S_ISREG(link.st_mode))
        return TRUE;

    gboolean there = fstatat(folder, name, &st, 0) == 0;
    if (there && S_ISDIR(st.st_mode)) {
        if (S_ISDIR(link.st_mode))
            g_ptr_array_add(others->subfolders, g_strdup(name));
    } else if (rank_table(name) < G_N_ELEMENTS(tables))
        take_table(gallery, name, there ? &st : NULL);
    else if (there && S_ISREG(st.st_mode) && is_sidecar(name))
        g_ptr_array_add(others->sidecars, file_new(name, &st));
    else if (g_str_has_suffix(name, SCAN_NOTE))
        g_ptr_array_add(gallery->notes, g_strndup(name, strlen(name) - strlen(SCAN_NOTE)));
    else if (is_photo_name(name))
        g_ptr_array_add(gallery->photos, file_new(name, there ? &st : NULL));
    return TRUE;
}

/* Tells in errno why it is FALSE. */
static gboolean list_folder(Gallery *gallery, gboolean strict, GPtrArray *subfolders)
{
    g_autoptr(GPtrArray) sidecars = g_ptr_array_new_with_free_func(file_free);
    Others others = { subfolders, sidecars, strict };
    DIR *dir = opendir(gallery->folder);
    if (!dir)
        return FALSE;
    const struct dirent *entry;
    while ((errno = 0, entry = readdir(dir)) && take_entry(gallery, dirfd(dir), entry->d_name, &others))
        ;
    int err = errno;
    closedir(dir); /* nothing was written: nothing to lose */
    match_sidecars(gallery, sidecars);
    g_ptr_array_sort(gallery->photos, compare_files);
    errno = err;
    return !entry && err == 0;
}

/* What photodesk itself has published, as convert does beside a photo. */
static gboolean is_output(const char *folder)
{
    g_autofree char *state = g_build_filename(folder, PUBLISH_STATE_FOLDER, NULL);
    return g_file_test(state, G_FILE_TEST_EXISTS);
}

static void walk(ScanSource *source, const char *root, const char *path, GPtrArray *galleries,
                 GPtrArray *problems)
{
    g_autofree char *folder = *path ? g_build_filename(root, path, NULL) : g_strdup(root);
    if (*path && is_output(folder))
        return;
    g_autoptr(Gallery) gallery = gallery_new(path, folder);
    g_autoptr(GPtrArray) subfolders = g_ptr_array_new_with_free_func(g_free);
    if (!list_folder(gallery, FALSE, subfolders)) {
        g_autofree char *shown = file_show(folder);
        g_ptr_array_add(
            problems,
            g_strdup_printf("The folder %s cannot be read: %s; see that you may read it, and run again",
                            shown, g_strerror(errno)));
        if (!*path)
            source->found = FALSE;
        return;
    }

    gallery->source = source;
    source->photos += gallery->photos->len;
    g_ptr_array_add(galleries, g_steal_pointer(&gallery));

    g_ptr_array_sort(subfolders, compare_names);
    for (guint i = 0; i < subfolders->len; i++) {
        const char *name = subfolders->pdata[i];
        g_autofree char *below = *path ? g_build_filename(path, name, NULL) : g_strdup(name);
        if (pages_is_taken(name)) {
            g_autofree char *shown = file_show(folder);
            g_ptr_array_add(problems,
                            g_strdup_printf("The folder %s/%s has the name of a file that photodesk "
                                            "writes; rename it",
                                            shown, name));
        } else
            walk(source, root, below, galleries, problems);
    }
}

ScanSource *scan_source_new(const char *folder)
{
    struct stat st;
    ScanSource *source = g_new0(ScanSource, 1);
    source->path = realpath(folder, NULL);
    source->found = source->path && stat(source->path, &st) == 0;
    if (source->found)
        source->device = (gint64)st.st_dev;
    else if (!source->path)
        source->path = g_canonicalize_filename(folder, NULL);
    return source;
}

ScanSource *scan_folder(const char *folder, GPtrArray *galleries, GPtrArray *problems)
{
    ScanSource *source = scan_source_new(folder);
    walk(source, folder, "", galleries, problems);
    return source;
}

Gallery *scan_gallery(const ScanSource *source, const char *path, GPtrArray *subfolders)
{
    g_autofree char *folder = *path ? g_build_filename(source->path, path, NULL) : g_strdup(source->path);
    g_autoptr(Gallery) gallery = gallery_new(path, folder);
    gallery->source = source;
    if (*path && is_output(folder)) /* and so has none of its own */
        return g_steal_pointer(&gallery);
    return list_folder(gallery, TRUE, subfolders) ? g_steal_pointer(&gallery) : NULL;
}

void scan_source_free(ScanSource *source)
{
    if (!source)
        return;
    g_free(source->path);
    g_free(source);
}
