#include "page/entry.h"

#include "page/escape.h"
#include "page/figure.h"

/* What the program says of a photo is English, on whatever page. */
#define ENGLISH "<bdi lang=\"en\" dir=\"ltr\">%s</bdi>"

static void append_list(GString *page, const char *kind, const char *title, char **texts)
{
    if (!*texts)
        return;
    escape_print(page, "<div class=\"%s\"><dt>%s</dt>", kind, title);
    for (; *texts; texts++)
        escape_print(page, "<dd>" ENGLISH "</dd>", *texts);
    g_string_append(page, "</div>\n");
}

/* ---- Texts ---- */

static const char *confidence(const char *name, const Phrases *say)
{
    return g_str_equal(name, "high")  ? say->sure_high
           : g_str_equal(name, "low") ? say->sure_low
                                      : say->sure_none;
}

static void append_credit(GString *page, const ManifestPhoto *is, const Phrases *say)
{
    escape_print(page, "<div><dt>%s</dt>", say->credit);
    if (is->credit_text)
        escape_print(page, "<dd><bdi>%s</bdi></dd>", is->credit_text);
    else
        escape_print(page, "<dd class=\"none\">%s</dd>", say->no_credit);
    g_string_append(page, "<dd class=\"small\">");
    if (is->source)
        escape_print(page, "%s: <code>%s</code> · ", say->source, is->source);
    escape_print(page, "%s: %s</dd></div>\n", say->confidence, confidence(is->confidence, say));
}

/* A fact that the photo does not have. */
static void append_none(GString *page, const char *title, const char *none)
{
    escape_print(page, "<div><dt>%s</dt><dd class=\"none\">%s</dd></div>\n", title, none);
}

/* The caption stands below the picture already. */
static void append_texts(GString *page, const ManifestPhoto *is, const Phrases *say)
{
    const char *dir = is->rtl ? "rtl" : "ltr";
    g_string_append(page, "<dl>\n");
    append_list(page, "warnings", say->warnings, is->warnings);
    if (!*is->caption)
        append_none(page, say->caption, say->none);
    append_credit(page, is, say);
    append_list(page, "warnings", say->conflicts, is->conflicts);
    if (*is->alt)
        escape_print(page, "<div><dt>%s</dt><dd lang=\"%s\"><bdi dir=\"%s\">%s</bdi></dd></div>\n", say->alt,
                     is->language, dir, is->alt);
    else
        append_none(page, say->alt, say->none);
    if (*is->removed)
        append_list(page, "removed", say->removed, is->removed);
    else
        append_none(page, say->removed, say->nothing);
    g_string_append(page, "</dl>\n");
}

guint entry_warnings(const AlbumPhoto *photo)
{
    return g_strv_length(photo->is.warnings) + g_strv_length(photo->is.conflicts);
}

/* ---- Files ---- */

/* The first file of a rendition heads the rows of all n; 0 for the others. */
static void append_variant(GString *page, const ManifestFile *file, guint n, const Phrases *say)
{
    g_autofree char *address = escape_address(file->file);
    g_autofree char *bytes = g_strdup_printf("%" G_GSIZE_FORMAT, file->bytes);
    g_string_append(page, "<tr>");
    if (n > 0)
        escape_print(page, "<th scope=\"rowgroup\" rowspan=\"%u\"><bdi dir=\"ltr\">%s</bdi></th>", n,
                     file->rendition);
    escape_print(page, "<td><a href=\"%s\" dir=\"ltr\">%u × %u</a></td><td>%s</td>", address, file->width,
                 file->height, bytes);
    if (file->stamped)
        escape_print(page, "<td><bdi dir=\"ltr\">%.1f:1</bdi></td></tr>\n", file->contrast);
    else
        escape_print(page, "<td class=\"none\">%s</td></tr>\n", say->no_stamp);
}

static void append_variants(GString *page, const AlbumPhoto *photo, const Phrases *say)
{
    escape_print(page,
                 "<div class=\"table\"><table><caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>"
                 "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n",
                 say->variants, say->rendition, say->size, say->bytes, say->contrast);
    guint n;
    for (guint i = 0; i < photo->is.n_files; i += n) {
        const ManifestFile *files = album_files(photo, photo->is.files[i].rendition, &n);
        g_string_append(page, "<tbody>\n");
        for (guint k = 0; k < n; k++)
            append_variant(page, &files[k], k == 0 ? n : 0, say);
        g_string_append(page, "</tbody>\n");
    }
    g_string_append(page, "</table></div>\n");
}

const ManifestFile *entry_thumb(const AlbumPhoto *photo)
{
    return manifest_narrowest(photo->is.files, photo->is.n_files);
}

/* The narrowest file that shows the whole photo, or NULL. */
static const ManifestFile *whole(const ManifestPhoto *is)
{
    const ManifestFile *least = NULL;
    for (guint i = 0; i < is->n_files; i++)
        if (is->files[i].crop_width == 0 && (!least || is->files[i].width < least->width))
            least = &is->files[i];
    return least;
}

/* The part that a rendition shows of the photo, drawn upon the photo. */
static void append_crop(GString *page, const ManifestPhoto *is, const ManifestFile *file, const Phrases *say)
{
    const ManifestFile *under = whole(is);
    escape_print(page, "<li><svg viewBox=\"0 0 %u %u\" aria-hidden=\"true\">", is->width, is->height);
    if (under) {
        g_autofree char *address = escape_address(under->file);
        escape_print(page, "<image href=\"%s\" width=\"%u\" height=\"%u\" preserveAspectRatio=\"none\"/>",
                     address, is->width, is->height);
    }
    escape_print(page, "<path d=\"M0 0h%uv%uh-%uzM%u %uv%uh%uv-%uz\"/>", is->width, is->height, is->width,
                 file->crop_x, file->crop_y, file->crop_height, file->crop_width, file->crop_height);
    if (file->focus_source)
        escape_print(page, "<circle cx=\"%u\" cy=\"%u\" r=\"%u\"/>", file->focus_x, file->focus_y,
                     MAX(is->width, is->height) / 50 + 1);
    escape_print(page, "</svg><p><b>%s</b> <bdi dir=\"ltr\">%u × %u</bdi></p>", file->rendition,
                 file->crop_width, file->crop_height);
    if (file->focus_source)
        escape_print(page, "<p>%s: <bdi dir=\"ltr\">%u, %u</bdi> <code>%s</code></p>", say->focus,
                     file->focus_x, file->focus_y, file->focus_source);
    g_string_append(page, "</li>\n");
}

static void append_crops(GString *page, const ManifestPhoto *is, const Phrases *say)
{
    const char *last = NULL; /* all files of a rendition show the same part */
    for (guint i = 0; i < is->n_files; i++) {
        const ManifestFile *file = &is->files[i];
        if (file->crop_width == 0 || (last && g_str_equal(last, file->rendition)))
            continue;
        if (!last)
            escape_print(page, "<div class=\"crops\"><h3>%s</h3>\n<ul>\n", say->crops);
        last = file->rendition;
        append_crop(page, is, file, say);
    }
    if (last)
        g_string_append(page, "</ul></div>\n");
}

/* ---- The whole ---- */

static void append_markup(GString *page, const Album *album, guint i, const Phrases *say)
{
    static const FigureUse article = { 0 };
    g_autoptr(GString) markup = g_string_new(NULL);
    figure_append(markup, album, i, &article);
    escape_print(page,
                 "<div class=\"markup\"><button type=\"button\" aria-describedby=\"name-%u\">%s</button> "
                 "<output></output>\n<details><summary>%s</summary>\n"
                 "<textarea readonly rows=\"8\" dir=\"ltr\" lang=\"en\" spellcheck=\"false\" "
                 "aria-label=\"%s\">\n%s</textarea></details></div>\n",
                 i + 1, say->copy, say->markup, say->markup, markup->str);
}

void entry_append(GString *page, const Album *album, guint i, const Phrases *say)
{
    static const FigureUse here = {
        .near = TRUE,
        .sizes = "(min-width: 90rem) 59.5rem, (min-width: 64rem) calc(100vw - 30.5rem), "
                 "(min-width: 40rem) calc(100vw - 3rem), calc(100vw - 2rem)", /* as sheet.css has it */
    };
    const AlbumPhoto *photo = album->photos->pdata[i];
    escape_print(page,
                 "<article id=\"photo-%u\" aria-labelledby=\"name-%u\">\n"
                 "<header><h2 id=\"name-%u\"><span class=\"number\">%u</span> ",
                 i + 1, i + 1, i + 1, i + 1);
    escape_name(page, photo->name);
    g_string_append(page, "</h2>");
    if (i == album->lead)
        escape_print(page, " <span class=\"badge\">%s</span>", say->lead);
    escape_print(page, " <span class=\"small\"><bdi dir=\"ltr\">%u × %u</bdi></span></header>\n",
                 photo->is.width, photo->is.height);
    escape_print(page, "<div class=\"view\" role=\"group\" aria-labelledby=\"name-%u\">\n", i + 1);
    figure_append(page, album, i, &here);
    g_string_append(page, "</div>\n");
    append_crops(page, &photo->is, say);
    g_string_append(page, "<div class=\"facts\">\n");
    append_texts(page, &photo->is, say);
    append_variants(page, photo, say);
    append_markup(page, album, i, say);
    g_string_append(page, "</div>\n</article>\n");
}
