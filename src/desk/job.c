#include "desk/job.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/filename.h"
#include "desk/input.h"
#include "desk/reading.h"
#include "desk/warnings.h"
#include "page/manifest.h"
#include "photo/rights.h"
#include "photo/script.h"
#include "photo/whole.h"
#include "render/render.h"

/* ---- Names ---- */

static const struct {
    const char *ending, *type;
} formats[] = { [IMAGE_WEBP] = { "webp", "image/webp" }, [IMAGE_JPEG] = { "jpg", "image/jpeg" } };

static char *make_file_name(const char *stem, const Variant *variant)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(variant->bytes, &size);
    g_autofree char *digest = digest_hex(data, size);
    return filename_variant(stem, variant->rendition, variant->width, digest,
                            formats[variant->format].ending);
}

/* ---- Staging ---- */

/* Writes the variants and gives an array of their names. A folder that a first try left is taken away first.
 */
static GPtrArray *stage(const Job *job, const GPtrArray *variants, GError **error)
{
    if (!file_remove_tree(job->staging, error))
        return NULL;
    if (g_mkdir(job->staging, 0777) < 0) {
        error_errno(error, errno, "could not be staged");
        return NULL;
    }

    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *stem = filename_stem(job->name);
    for (guint i = 0; i < variants->len; i++) {
        const Variant *variant = variants->pdata[i];
        char *name = make_file_name(stem, variant);
        g_ptr_array_add(names, name);
        g_autofree char *path = g_build_filename(job->staging, name, NULL);
        if (!file_write_new(path, g_bytes_get_data(variant->bytes, NULL), g_bytes_get_size(variant->bytes),
                            error))
            return NULL;
    }
    return g_steal_pointer(&names);
}

/* ---- Credit ---- */

/* Nothing is published uncredited by accident. */
static gboolean check_credit(const Job *job, const Credit *credit, GPtrArray *warnings, GError **error)
{
    if (credit->confidence == CONFIDENCE_HIGH)
        return TRUE;

    g_autofree char *line = credit_line(credit, FALSE);
    g_autofree char *unsure =
        credit->confidence == CONFIDENCE_LOW
            ? g_strdup_printf(" (its caption may name '%s', but not clearly: put a full stop before the "
                              "credit)",
                              line)
            : g_strdup("");
    if (!job->no_credit && job->preset->missing_credit == MISSING_FAIL) {
        g_set_error(
            error, PHOTODESK_ERROR, PHOTODESK_ERROR_NO_CREDIT,
            "has no credit%s; give one with --credit NAME, in its caption ('... צילום: NAME' or '... Photo: "
            "NAME'), in the column credit of " SIDECAR_NAME ", in a NAME.xmp beside it, or in its metadata "
            "(creator in XMP or IPTC, Artist in EXIF); or allow it with --no-credit",
            unsure);
        return FALSE;
    }
    if (!job->no_credit && job->preset->missing_credit == MISSING_WARN)
        g_ptr_array_add(warnings, g_strdup_printf("published without a credit%s", unsure));
    return TRUE;
}

/* ---- The result ---- */

static char **as_strv(GPtrArray *strings)
{
    g_ptr_array_add(strings, NULL);
    return (char **)strings->pdata;
}

static GVariant *make_entry(const Job *job, const Intake *intake, const PhotoText *text,
                            const GPtrArray *variants, const GPtrArray *names, char **warnings)
{
    const Source *source = &intake->source;
    gboolean turned = source->orientation >= 5;
    gboolean credited = text->credit.confidence == CONFIDENCE_HIGH;
    g_autofree char *credit = credited ? credit_labelled(&text->credit, job->preset) : NULL;
    g_autofree ManifestFile *files = g_new0(ManifestFile, variants->len);
    for (guint i = 0; i < variants->len; i++) {
        const Variant *variant = variants->pdata[i];
        files[i] = (ManifestFile){ .rendition = variant->rendition,
                                   .file = names->pdata[i],
                                   .width = variant->width,
                                   .height = variant->height,
                                   .bytes = g_bytes_get_size(variant->bytes),
                                   .type = formats[variant->format].type,
                                   .stamped = variant->stamped,
                                   .contrast = variant->contrast,
                                   .box_x = variant->box.x,
                                   .box_y = variant->box.y,
                                   .box_width = variant->box.width,
                                   .box_height = variant->box.height };
    }
    ManifestPhoto photo = { .width = turned ? source->height : source->width,
                            .height = turned ? source->width : source->height,
                            .caption = text->caption,
                            .alt = text->alt,
                            .language = text->language,
                            .rtl = text->rtl,
                            .credit_text = credit,
                            .creators = text->credit.creators,
                            .agency = text->credit.agency,
                            .source = text->credit.source,
                            .confidence = confidence_name(text->credit.confidence),
                            .conflicts = text->credit.conflicts,
                            .files = files,
                            .n_files = variants->len,
                            .removed = as_strv(intake->removed),
                            .warnings = warnings };
    return manifest_photo(&photo);
}

static GVariant *list_files(const GPtrArray *variants, const GPtrArray *names)
{
    GVariantBuilder files;
    g_variant_builder_init(&files, G_VARIANT_TYPE("a(st)"));
    for (guint i = 0; i < names->len; i++) {
        const Variant *variant = variants->pdata[i];
        g_variant_builder_add(&files, "(st)", (const char *)names->pdata[i],
                              (guint64)g_bytes_get_size(variant->bytes));
    }
    return g_variant_builder_end(&files);
}

/* ---- Watched photos ---- */

/* Whether the bytes that were read are those that settled, all of them, and the file is still the same. */
static gboolean check_settled(const Job *job, const Input *input, GError **error)
{
    struct stat now;
    const ScanFile *settled = job->settled;
    g_autofree char *path = g_build_filename(job->folder, job->name, NULL);
    if (lstat(path, &now) < 0 || now.st_size != settled->size || now.st_ino != settled->inode ||
        (gint64)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec != settled->mtime ||
        (gint64)now.st_ctim.tv_sec * 1000000000 + now.st_ctim.tv_nsec != settled->ctime) {
        g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE,
                            "changed while it was looked at");
        return FALSE;
    }
    gboolean tolerated = settled->last_try && job->preset->damaged == DAMAGED_TOLERATE;
    if (!input->photo || tolerated || whole_is(input->photo))
        return TRUE;
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE,
                        settled->last_try ? "is incomplete: its end has not come; send it again"
                                          : "its end has not come yet");
    return FALSE;
}

/* ---- The way ---- */

static gboolean render_and_stage(const Job *job, const Intake *intake, const PhotoText *text, guint threads,
                                 GPtrArray *warnings, GVariantBuilder *result, GError **error)
{
    gboolean credited = text->credit.confidence == CONFIDENCE_HIGH;
    g_autofree char *line = credited ? credit_line(&text->credit, TRUE) : NULL;
    const char *language = credit_language(&text->credit, job->preset);
    StampText stamp = { .label = credit_label(&text->credit, job->preset),
                        .names = line,
                        .language = language,
                        .rtl = script_is_rtl(language) };
    g_autoptr(GBytes) xmp = rights_packet(&text->credit, &job->preset->rights);
    g_autoptr(GPtrArray) variants =
        render_photo(&intake->source, job->preset, credited ? &stamp : NULL, xmp, threads, warnings, error);
    g_autoptr(GPtrArray) names = variants ? stage(job, variants, error) : NULL;
    if (!names)
        return FALSE;

    char **warned = as_strv(warnings);
    g_variant_builder_add(result, "{sv}", "photo", make_entry(job, intake, text, variants, names, warned));
    g_variant_builder_add(result, "{sv}", "files", list_files(variants, names));
    g_variant_builder_add(result, "{sv}", "warnings", g_variant_new_strv((const char *const *)warned, -1));
    return TRUE;
}

static gboolean publish_input(const Job *job, const Input *input, guint threads, GPtrArray *warnings,
                              GVariantBuilder *result, GError **error)
{
    Reading reading;
    gboolean ok = reading_make(&reading, job, input, warnings, error) &&
                  check_credit(job, &reading.text.credit, warnings, error) &&
                  render_and_stage(job, &reading.intake, &reading.text, threads, warnings, result, error);
    reading_clear(&reading);
    return ok;
}

static void add_stat(GVariantBuilder *result, const char *size, const char *mtime, const struct stat *st)
{
    g_variant_builder_add(result, "{sv}", size, g_variant_new_int64(st->st_size));
    g_variant_builder_add(result, "{sv}", mtime,
                          g_variant_new_int64((gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec));
}

GVariant *job_render(gpointer data, guint threads, GError **error)
{
    const Job *job = data;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    warnings_catch(warnings);
    Input input;
    g_autoptr(GError) unread = NULL;
    gboolean read = input_read(&input, job, warnings, &unread);
    if (job->settled && !check_settled(job, &input, error)) {
        input_clear(&input);
        return NULL;
    }
    if (!read) {
        g_propagate_error(error, g_steal_pointer(&unread));
        return NULL;
    }

    GVariantBuilder result;
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_autofree char *digest = input_digest(&input);
    gboolean unchanged = g_strcmp0(digest, job->known_digest) == 0;
    g_variant_builder_add(&result, "{sv}", "digest", g_variant_new_string(digest));
    add_stat(&result, "size", "mtime", &input.st);
    add_stat(&result, "sidecar-size", "sidecar-mtime", &input.sidecar_st);
    g_variant_builder_add(&result, "{sv}", "unchanged", g_variant_new_boolean(unchanged));
    gboolean ok = unchanged || publish_input(job, &input, threads, warnings, &result, error);
    input_clear(&input);
    if (!ok) {
        g_variant_builder_clear(&result);
        return NULL;
    }
    return g_variant_builder_end(&result);
}

gboolean job_source(GVariant *result, LedgerPhoto *photo, gboolean *unchanged)
{
    g_autofree char *digest = NULL;
    if (!g_variant_lookup(result, "digest", "s", &digest) ||
        !g_variant_lookup(result, "size", "x", &photo->size) ||
        !g_variant_lookup(result, "mtime", "x", &photo->mtime) ||
        !g_variant_lookup(result, "sidecar-size", "x", &photo->sidecar_size) ||
        !g_variant_lookup(result, "sidecar-mtime", "x", &photo->sidecar_mtime) ||
        !g_variant_lookup(result, "unchanged", "b", unchanged))
        return FALSE;
    photo->digest = g_steal_pointer(&digest);
    return TRUE;
}

static void staged_clear(gpointer data)
{
    g_free(((StagedFile *)data)->name);
}

GArray *job_staged(GVariant *result, guint64 *bytes)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(StagedFile));
    g_array_set_clear_func(files, staged_clear);
    g_autoptr(GVariantIter) each = NULL;
    StagedFile file;
    *bytes = 0;
    if (g_variant_lookup(result, "files", "a(st)", &each))
        while (g_variant_iter_next(each, "(st)", &file.name, &file.size)) {
            g_array_append_val(files, file);
            *bytes += file.size;
        }
    return files;
}

GVariant *job_read_captions(gpointer data, guint threads, GError **error)
{
    (void)threads;
    const CaptionsJob *job = data;
    g_autoptr(GBytes) bytes = file_read(job->path, SIDECAR_MAX, NULL, NULL, error);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    GVariant *rows =
        bytes ? sidecar_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), warnings, error) : NULL;
    if (!rows)
        return NULL;

    GVariantBuilder result;
    g_variant_builder_init(&result, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&result, "{sv}", "rows", rows);
    g_variant_builder_add(&result, "{sv}", "warnings",
                          g_variant_new_strv((const char *const *)warnings->pdata, warnings->len));
    return g_variant_builder_end(&result);
}
