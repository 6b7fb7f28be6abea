#include "desk/captions.h"

#include "desk/scan.h"

struct Captions {
    GHashTable *exact;  /* file, NFC -> index + 1 */
    GHashTable *folded; /* the same without case; made when it is first needed */
    GVariant *rows;
};

static char *compose(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    return g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
}

/* Without letter case, and without the marks of direction that are typed into a cell from right to left. */
static char *fold(const char *name)
{
    g_autofree char *composed = compose(name);
    g_autoptr(GString) seen = g_string_new(NULL);
    for (const char *p = composed; *p; p = g_utf8_next_char(p))
        if (g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_FORMAT)
            g_string_append_unichar(seen, g_utf8_get_char(p));
    return g_utf8_casefold(seen->str, -1);
}

static GHashTable *make_index(GVariant *rows, char *(*make_key)(const char *))
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GVariantIter each;
    const char *file;
    guint i = 0;
    g_variant_iter_init(&each, rows);
    while (g_variant_iter_next(&each, SIDECAR_ROW_PEEK, &file, NULL, NULL, NULL, NULL, NULL))
        g_hash_table_insert(index, make_key(file), GUINT_TO_POINTER(++i));
    return index;
}

Captions *captions_new(GVariant *rows)
{
    Captions *captions = g_new0(Captions, 1);
    captions->rows = rows;
    if (rows)
        captions->exact = make_index(rows, compose);
    return captions;
}

void captions_free(Captions *captions)
{
    if (!captions)
        return;
    g_clear_pointer(&captions->exact, g_hash_table_unref);
    g_clear_pointer(&captions->folded, g_hash_table_unref);
    g_free(captions);
}

static guint find(Captions *captions, const char *photo)
{
    g_autofree char *composed = compose(photo);
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(captions->exact, composed));
    if (found)
        return found;
    if (!captions->folded)
        captions->folded = make_index(captions->rows, fold);
    g_autofree char *folded = fold(photo);
    return GPOINTER_TO_UINT(g_hash_table_lookup(captions->folded, folded));
}

SidecarRow captions_row(Captions *captions, const char *photo)
{
    SidecarRow row = { "", "", "", "" };
    guint found = captions->rows ? find(captions, photo) : 0;
    if (found)
        g_variant_get_child(captions->rows, found - 1, SIDECAR_ROW_PEEK, NULL, &row.caption, &row.credit,
                            &row.alt, &row.focus, NULL);
    return row;
}

guint captions_place(Captions *captions, const char *photo, gboolean *lead)
{
    guint found = captions->rows ? find(captions, photo) : 0;
    *lead = FALSE;
    if (!found)
        return G_MAXUINT;
    g_variant_get_child(captions->rows, found - 1, SIDECAR_ROW_PEEK, NULL, NULL, NULL, NULL, NULL, lead);
    return found - 1;
}

char *captions_strays(Captions *captions, GPtrArray *photos)
{
    enum { SHOWN = 5 };
    if (!captions->rows)
        return NULL;
    gsize n = g_variant_n_children(captions->rows), strays = 0;
    g_autofree guint8 *used = g_malloc0(n + 1);
    for (guint i = 0; i < photos->len; i++)
        used[find(captions, ((const ScanFile *)photos->pdata[i])->name)] = 1;

    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        const char *file;
        g_variant_get_child(captions->rows, i, SIDECAR_ROW_PEEK, &file, NULL, NULL, NULL, NULL, NULL);
        if (!used[i + 1] && ++strays <= SHOWN)
            g_string_append_printf(names, "%s%s", strays > 1 ? ", " : "", file);
    }
    if (strays == 0)
        return NULL;
    return g_strdup_printf("has rows for photos that are not in its folder: %s%s; check how their names are "
                           "written",
                           names->str, strays > SHOWN ? ", ..." : "");
}
