#include "base/fields.h"
#include "page/manifest.h"

static gboolean read_box(GVariant *box, guint *x, guint *y, guint *width, guint *height)
{
    Field fields[] = { { "x", "u", x }, { "y", "u", y }, { "width", "u", width }, { "height", "u", height } };
    return box && fields_read(box, fields, G_N_ELEMENTS(fields));
}

static void read_focus(GVariant *focus, ManifestFile *file)
{
    const char *source = NULL;
    Field fields[] = { { "x", "u", &file->focus_x },
                       { "y", "u", &file->focus_y },
                       { "source", "m&s", &source } };
    if (focus && fields_read(focus, fields, G_N_ELEMENTS(fields)))
        file->focus_source = source;
}

/* FALSE where something is missing in it; that is empty then. */
static gboolean read_file(GVariant *entry, const char *rendition, ManifestFile *file)
{
    enum { NEEDED = 6 }; /* the first of the fields; the next one is of a stamp */
    guint64 bytes = 0;
    g_autoptr(GVariant) box = NULL;
    g_autoptr(GVariant) crop = NULL;
    g_autoptr(GVariant) focus = NULL;
    *file = (ManifestFile){ .rendition = rendition, .file = "", .type = "" };
    Field fields[] = { { "file", "&s", &file->file },
                       { "type", "&s", &file->type },
                       { "width", "u", &file->width },
                       { "height", "u", &file->height },
                       { "bytes", "t", &bytes },
                       { "stamped", "b", &file->stamped },
                       { "contrast", "d", &file->contrast },
                       { "box", "@a{sv}", &box },
                       { "crop", "@a{sv}", &crop },
                       { "focus", "@a{sv}", &focus } };
    fields_read(entry, fields, G_N_ELEMENTS(fields));
    file->bytes = bytes;
    gboolean whole = TRUE;
    for (guint i = 0; i < NEEDED; i++)
        whole = whole && fields[i].found;
    gboolean stamp = fields[NEEDED].found &&
                     read_box(box, &file->box_x, &file->box_y, &file->box_width, &file->box_height);
    read_box(crop, &file->crop_x, &file->crop_y, &file->crop_width, &file->crop_height);
    read_focus(focus, file);
    return whole && (stamp || !file->stamped);
}

/* The files of a photo's entry (ManifestFile), in their order. whole is FALSE where one of them, or all, are
 * missing something. */
static GArray *read_files(GVariant *photo, gboolean *whole)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(ManifestFile));
    g_autoptr(GVariant) by_name = NULL;
    Field renditions = { "renditions", "@a{sv}", &by_name };
    *whole = fields_read(photo, &renditions, 1);
    gsize names = by_name ? g_variant_n_children(by_name) : 0;
    for (gsize i = 0; i < names; i++) {
        const char *rendition;
        g_autoptr(GVariant) list = NULL;
        g_variant_get_child(by_name, i, "{&sv}", &rendition, &list);
        gsize n = g_variant_is_of_type(list, G_VARIANT_TYPE("aa{sv}")) ? g_variant_n_children(list) : 0;
        for (gsize k = 0; k < n; k++) {
            ManifestFile file;
            g_autoptr(GVariant) entry = g_variant_get_child_value(list, k);
            *whole &= read_file(entry, rendition, &file);
            g_array_append_val(files, file);
        }
    }
    return files;
}

static char **strings(char **list)
{
    return list ? list : g_new0(char *, 1);
}

void manifest_read(GVariant *entry, ManifestPhoto *photo)
{
    const char *dir = "ltr";
    g_autoptr(GVariant) credit = NULL;
    *photo = (ManifestPhoto){ .caption = "", .alt = "", .language = "en", .confidence = "none" };
    Field fields[] = { { "width", "u", &photo->width },
                       { "height", "u", &photo->height },
                       { "caption", "&s", &photo->caption },
                       { "alt", "&s", &photo->alt },
                       { "lang", "&s", &photo->language },
                       { "dir", "&s", &dir },
                       { "placeholder", "m&s", &photo->placeholder },
                       { "credit", "@a{sv}", &credit },
                       { "removed", "^a&s", &photo->removed },
                       { "warnings", "^a&s", &photo->warnings } };
    Field of_credit[] = {
        { "text", "m&s", &photo->credit_text },     { "creators", "^a&s", &photo->creators },
        { "agency", "m&s", &photo->agency },        { "source", "m&s", &photo->source },
        { "confidence", "&s", &photo->confidence }, { "conflicts", "^a&s", &photo->conflicts }
    };
    fields_read(entry, fields, G_N_ELEMENTS(fields));
    if (credit)
        fields_read(credit, of_credit, G_N_ELEMENTS(of_credit));
    photo->rtl = g_str_equal(dir, "rtl");
    photo->creators = strings(photo->creators);
    photo->conflicts = strings(photo->conflicts);
    photo->removed = strings(photo->removed);
    photo->warnings = strings(photo->warnings);

    gboolean whole;
    GArray *files = read_files(entry, &whole);
    photo->n_files = files->len;
    photo->files = (ManifestFile *)(gpointer)g_array_free(files, FALSE);
}

void manifest_clear(ManifestPhoto *photo)
{
    g_free(photo->creators);
    g_free(photo->conflicts);
    g_free(photo->removed);
    g_free(photo->warnings);
    g_free((gpointer)photo->files);
}

GPtrArray *manifest_files(GVariant *photo)
{
    gboolean whole;
    g_autoptr(GArray) files = read_files(photo, &whole);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < files->len; i++) {
        const ManifestFile *file = &g_array_index(files, ManifestFile, i);
        if (*file->file)
            g_ptr_array_add(names, g_strdup(file->file));
    }
    return names;
}

GArray *manifest_read_files(GVariant *photo)
{
    gboolean whole;
    GArray *files = read_files(photo, &whole);
    if (whole)
        return files;
    g_array_unref(files);
    return NULL;
}

const ManifestFile *manifest_narrowest(const ManifestFile *files, guint n)
{
    const ManifestFile *least = NULL;
    for (guint i = 0; i < n; i++)
        if (!least || files[i].width < least->width)
            least = &files[i];
    return least;
}
