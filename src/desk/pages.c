#include "desk/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/lineup.h"
#include "page/figure.h"
#include "page/share.h"
#include "page/sheet.h"

const char *const pages_files[] = { PUBLISH_MANIFEST, PUBLISH_SHEET, PUBLISH_FIGURES, PUBLISH_HEAD, NULL };

gboolean pages_is_taken(const char *name)
{
    return g_strv_contains(pages_files, name) || strcmp(name, PUBLISH_DESK) == 0;
}

#define MOVE_AWAY "; move that away, or publish into a folder of its own"
#define HEAD 256        /* bytes of a manifest that tell whose it is */
#define SHEET_HEAD 1024 /* the same of a contact sheet */

/* By its first key, which those of web apps and browser extensions do not begin with. */
static gboolean is_our_manifest(const char *path)
{
    g_autoptr(GBytes) head = file_read_head(path, HEAD, NULL);
    gsize size = 0;
    const char *data = head ? g_bytes_get_data(head, &size) : NULL;
    g_autoptr(GString) dense = g_string_new(NULL);
    for (gsize i = 0; i < size; i++)
        if (!g_ascii_isspace(data[i]))
            g_string_append_c(dense, data[i]);
    return g_str_has_prefix(dense->str, "{\"version\":1,\"gallery\":");
}

static gboolean is_our_sheet(const char *path)
{
    g_autoptr(GBytes) head = file_read_head(path, SHEET_HEAD, NULL);
    gsize size = 0;
    const char *data = head ? g_bytes_get_data(head, &size) : NULL;
    return size > 0 && g_strstr_len(data, (gssize)size, SHEET_MARK);
}

/* A file in the gallery's folder that has the name of one of ours and is another program's. */
static char *find_foreign(const Output *output, const char *gallery)
{
    g_autofree char *manifest = g_build_filename(output->path, gallery, PUBLISH_MANIFEST, NULL);
    g_autofree char *sheet = g_build_filename(output->path, gallery, PUBLISH_SHEET, NULL);
    if (is_our_manifest(manifest) || (!g_file_test(manifest, G_FILE_TEST_EXISTS) && is_our_sheet(sheet)))
        return NULL;
    for (const char *const *name = pages_files; *name; name++)
        if (publish_has(output, gallery, *name)) {
            g_autofree char *path = g_build_filename(output->path, gallery, *name, NULL);
            g_autofree char *shown = file_show(path);
            return g_strdup_printf("%s is another program's and would be replaced" MOVE_AWAY, shown);
        }
    return NULL;
}

/* What is no folder among the gallery's and those above it. What cannot be looked at is for those to tell who
 * write there. */
static char *find_no_folder(const Output *output, const char *gallery)
{
    for (gsize n = 0; gallery[n]; n += gallery[n] == '/') {
        struct stat st;
        n += strcspn(gallery + n, "/");
        g_autofree char *part = g_strndup(gallery, n);
        g_autofree char *path = g_build_filename(output->path, part, NULL);
        if (stat(path, &st) == 0 ? S_ISDIR(st.st_mode)
                                 : (!file_is_absent(errno) && errno != ELOOP) || lstat(path, &st) < 0)
            continue;
        g_autofree char *shown = file_show(path);
        return g_strdup_printf("%s is %s where a folder has to be" MOVE_AWAY, shown,
                               S_ISLNK(st.st_mode) ? "a link that leads nowhere" : "a file");
    }
    return NULL;
}

/* A folder in the place of one of its files: any other thing there can be replaced. */
static char *find_folder(const Output *output, const char *gallery)
{
    for (const char *const *name = pages_files; *name; name++) {
        struct stat st;
        g_autofree char *path = g_build_filename(output->path, gallery, *name, NULL);
        if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
            continue;
        g_autofree char *shown = file_show(path);
        return g_strdup_printf("%s is a folder where a file has to be" MOVE_AWAY, shown);
    }
    return NULL;
}

char *pages_closed(const Output *output, const char *gallery)
{
    if (strlen(output->path) + strlen(gallery) + NAME_MAX + strlen("//") >= PATH_MAX)
        return g_strdup("its path is too long; give some folder in it a shorter name");
    g_autofree char *folder = g_strdup(gallery);
    while (*folder) {
        g_autofree char *path = g_build_filename(output->path, folder, NULL);
        if (faccessat(AT_FDCWD, path, R_OK | W_OK | X_OK, AT_EACCESS) == 0)
            return NULL;
        if (errno == EACCES || errno == EPERM) {
            g_autofree char *shown = file_show(path);
            return g_strdup_printf("you may not write into %s; see that you may", shown);
        }
        char *slash = strrchr(folder, '/'); /* it is to be made in the one above */
        *(slash ? slash : folder) = '\0';
    }
    return NULL;
}

char *pages_hindrance(const Output *output, const char *gallery, gboolean known)
{
    char *hindrance = find_no_folder(output, gallery);
    if (!hindrance)
        hindrance = find_folder(output, gallery);
    return hindrance || known ? hindrance : find_foreign(output, gallery);
}

/* The gallery's photos (Place) in the order of its captions. */
static GArray *arrange(const LedgerGallery *now, GVariant *rows, const char *gallery,
                       const Withdrawn *withdrawn)
{
    g_autoptr(Captions) captions = captions_new(rows);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < now->photos->len; i++) {
        const LedgerPhoto *photo = now->photos->pdata[i];
        g_autofree char *reason = withdrawn_reason(withdrawn, gallery, photo->name, photo->digest);
        if (!reason)
            g_ptr_array_add(names, photo->name);
    }
    return lineup(names, captions);
}

/* The names and records of the photos, and which of them leads. A photo without a record is as good as none.
 */
static gboolean collect(Ledger *ledger, const char *gallery, const GArray *places, GPtrArray *names,
                        GPtrArray *records, guint *lead, GError **error)
{
    const char *first = lineup_lead(places);
    *lead = 0;
    for (guint i = 0; i < places->len; i++) {
        const char *name = g_array_index(places, Place, i).name;
        GError *failure = NULL;
        GVariant *record = ledger_record(ledger, gallery, name, &failure);
        if (failure) {
            g_propagate_error(error, failure);
            return FALSE;
        }
        if (!record)
            continue;
        if (name == first)
            *lead = names->len;
        g_ptr_array_add(names, (gpointer)name);
        g_ptr_array_add(records, record);
    }
    return TRUE;
}

static gboolean is_there(const Output *output, const char *gallery, const char *name, const char *text)
{
    gsize size = strlen(text);
    g_autofree char *path = g_build_filename(output->path, gallery, name, NULL);
    g_autoptr(GBytes) there = file_read(path, size, NULL, NULL, NULL);
    return there && g_bytes_get_size(there) == size && memcmp(g_bytes_get_data(there, NULL), text, size) == 0;
}

/* Writes those of the texts that are not there already; in a dry run, adds their names to stale. */
static gboolean renew(const Output *output, const char *gallery, const PublishText *texts, guint n,
                      GPtrArray *stale, GError **error)
{
    g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(PublishText));
    for (guint i = 0; i < n; i++) {
        if (is_there(output, gallery, texts[i].name, texts[i].text))
            continue;
        g_array_append_val(other, texts[i]);
        if (output->dry)
            g_ptr_array_add(stale, g_strdup(texts[i].name));
    }
    return output->dry || other->len == 0 ||
           publish_texts(output, gallery, (const PublishText *)(gpointer)other->data, other->len, error);
}

gboolean pages_write(const Output *output, Ledger *ledger, const Withdrawn *withdrawn, const char *gallery,
                     const Preset *preset, LedgerGallery *known, GPtrArray *stale, GError **error)
{
    g_autoptr(LedgerGallery) now = ledger_gallery(ledger, gallery, error);
    if (!now)
        return FALSE;
    g_autoptr(GArray) places = arrange(now, known->captions, gallery, withdrawn);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
    guint lead;
    if (!collect(ledger, gallery, places, names, records, &lead, error))
        return FALSE;
    if (records->len == 0 && !publish_has(output, gallery, PUBLISH_MANIFEST))
        return TRUE; /* nothing was published, and nothing is */

    g_autoptr(Album) album = album_new(gallery, preset, names, records, lead);
    g_autofree char *sheet = sheet_text(album);
    g_autofree char *figures = figure_all(album);
    g_autofree char *head = share_head(album);
    g_autofree char *manifest = manifest_text(album);
    const PublishText texts[] = { { PUBLISH_SHEET, sheet },
                                  { PUBLISH_FIGURES, figures },
                                  { PUBLISH_HEAD, head },
                                  { PUBLISH_MANIFEST, manifest } };
    if (!renew(output, gallery, texts, G_N_ELEMENTS(texts), stale, error))
        return FALSE;
    known->folder_mtime = publish_folder_stamp(output, gallery);
    return ledger_put_gallery(ledger, gallery, known, error);
}
