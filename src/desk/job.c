#include "desk/job.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/module.h"
#include "desk/filename.h"
#include "desk/input.h"
#include "desk/reading.h"
#include "desk/stage.h"
#include "desk/warnings.h"
#include "photo/rights.h"
#include "photo/script.h"
#include "photo/whole.h"
#include "render/render.h"

/* ---- Credit ---- */

/* Nothing is published uncredited by accident. */
static gboolean check_credit(const Job *job, const Credit *credit, GPtrArray *warnings, GError **error)
{
    if (credit->confidence == CONFIDENCE_HIGH)
        return TRUE;

    g_autofree char *line = credit_line(credit, FALSE);
    gboolean unclear = credit->confidence == CONFIDENCE_LOW;
    gboolean caption = unclear && strcmp(credit->source, "caption") == 0;
    g_autofree char *unsure =
        caption ? g_strdup_printf(" (its caption may name '%s', but not clearly: end it in '. צילום: NAME' "
                                  "or '. Photo: NAME')",
                                  line)
        : unclear ? g_strdup_printf(" (%s may name '%s', but not clearly: write NAME or NAME/AGENCY there)",
                                    credit->source, line)
                  : g_strdup("");
    if (!job->no_credit && job->preset->missing_credit == MISSING_FAIL) {
        g_set_error(
            error, PHOTODESK_ERROR, unclear ? PHOTODESK_ERROR_UNCLEAR_CREDIT : PHOTODESK_ERROR_NO_CREDIT,
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

static GVariant *make_entry(const Job *job, const Intake *intake, const PhotoText *text, const Staged *staged,
                            char **warnings)
{
    const Source *source = &intake->source;
    Size size = load_size(source);
    gboolean credited = text->credit.confidence == CONFIDENCE_HIGH;
    g_autofree char *credit = credited ? credit_labelled(&text->credit, job->preset) : NULL;
    ManifestPhoto photo = { .width = size.width,
                            .height = size.height,
                            .caption = text->caption,
                            .alt = text->alt,
                            .language = text->language,
                            .rtl = text->rtl,
                            .placeholder = staged->placeholder,
                            .credit_text = credit,
                            .creators = text->credit.creators,
                            .agency = text->credit.agency,
                            .source = text->credit.source,
                            .confidence = confidence_name(text->credit.confidence),
                            .conflicts = text->credit.conflicts,
                            .files = (const ManifestFile *)(gpointer)staged->files->data,
                            .n_files = staged->files->len,
                            .removed = as_strv(intake->removed),
                            .warnings = warnings };
    return manifest_photo(&photo);
}

/* Name and size of each file that is staged, or is to be. */
static GVariant *list_fresh(const Staged *staged)
{
    GVariantBuilder files;
    g_variant_builder_init(&files, G_VARIANT_TYPE("a(st)"));
    for (guint i = 0; i < staged->files->len; i++) {
        const ManifestFile *file = &g_array_index(staged->files, ManifestFile, i);
        if (g_ptr_array_find(staged->fresh, file->file, NULL))
            g_variant_builder_add(&files, "(st)", file->file, (guint64)file->bytes);
    }
    return g_variant_builder_end(&files);
}

/* ---- Watched photos ---- */

/* Whether a part of the file was never written. In the end that is taken for what it is on some file systems,
 * a run of zeros; but for a TIFF, in which zeros are black. */
static gboolean has_hole(const char *path, GBytes *bytes, gboolean last_try)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    gboolean tiff = size > 4 && (memcmp(data, "II*", 4) == 0 || memcmp(data, "MM\0*", 4) == 0);
    return (tiff || !last_try) && file_has_hole(path);
}

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
    if (!input->photo || tolerated)
        return TRUE;
    gboolean hole = has_hole(path, input->photo, settled->last_try);
    if (!hole && whole_is(input->photo))
        return TRUE;
    const char *lacking = hole ? "some of it" : "its end";
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE,
                !settled->last_try ? "%s has not come yet"
                : hole
                    ? "is incomplete: %s has not come; send it again, compressed if it has large black areas"
                    : "is incomplete: %s has not come; send it again",
                lacking);
    return FALSE;
}

/* ---- The way ---- */

/* What captions.csv says of the photo's focus and its XMP sidecar of faces, as far as that makes a difference
 * to its files. */
static char *find_focus(const Job *job, const Xmp *sidecar)
{
    gboolean focus = FALSE, faces = job->preset->stamp.corner == CORNER_AUTO;
    for (guint i = 0; i < job->preset->n_renditions; i++) {
        const Rendition *rendition = &job->preset->renditions[i];
        focus = focus || (rendition_is_for(rendition, job->lead) && rendition_has_focus(rendition));
    }
    g_autoptr(GString) found = g_string_new(focus ? job->row.focus : "");
    for (guint i = 0; i < (focus || faces ? sidecar->n_faces : 0); i++) {
        const XmpFace *face = &sidecar->faces[i];
        const double sides[] = { face->x, face->y, face->width, face->height };
        for (gsize s = 0; s < G_N_ELEMENTS(sides); s++)
            g_string_append_printf(found, " %d", (int)(sides[s] * 1e6));
    }
    return g_string_free(g_steal_pointer(&found), FALSE);
}

const Former *job_former(const Job *job, const char *look)
{
    if (job->own && strcmp(job->own->look, look) == 0)
        return job->own;
    return job->movable ? g_hash_table_lookup(job->movable, look) : NULL;
}

/* The files of what was made before, where that was made from just the same. */
static const Former *stage_again(const Job *job, const char *look, Staged *staged)
{
    const Former *former = job_former(job, look);
    return former && stage_former(staged, job->name, job->target, former) ? former : NULL;
}

static gboolean render_and_stage(const Job *job, Intake *intake, const StampText *stamp, GBytes *xmp,
                                 guint threads, GPtrArray *warnings, Staged *staged, Times *times,
                                 GError **error)
{
    RenderOrder order = {
        .preset = job->preset, .lead = job->lead, .text = stamp, .xmp = xmp, .threads = threads
    };
    times_begin(times);
    g_autoptr(GPtrArray) variants =
        render_photo(&intake->source, &order, &staged->placeholder, times, warnings, error);
    gboolean ok = variants && stage_variants(staged, job->staging, job->name, variants, error);
    times_step(times, TIMES_WRITE);
    return ok;
}

/* Of the warnings, those from the first one on are of the making of the files. */
static void add_result(const Job *job, const Reading *reading, const Staged *staged, const Former *former,
                       const char *look, GPtrArray *warnings, guint first, GVariantBuilder *result)
{
    char **warned = as_strv(warnings);
    gboolean moved = former && former != job->own;
    g_variant_builder_add(result, "{sv}", "photo",
                          make_entry(job, &reading->intake, &reading->text, staged, warned));
    g_variant_builder_add(result, "{sv}", "files", list_fresh(staged));
    g_variant_builder_add(result, "{sv}", "warnings", g_variant_new_strv((const char *const *)warned, -1));
    g_variant_builder_add(result, "{sv}", "making",
                          former_making(look, job->row.focus,
                                        g_variant_new_strv((const char *const *)warned + first, -1),
                                        job->recipe->base));
    g_variant_builder_add(result, "{sv}", "encoded", g_variant_new_boolean(former == NULL));
    if (moved) {
        g_autofree char *name = file_utf8(former->name);
        g_variant_builder_add(result, "{sv}", "moved", g_variant_new_string(name));
    }
}

/* Makes the files anew only where there are none that were made from the same. */
static gboolean make_files(const Job *job, Input *input, Reading *reading, guint threads, GPtrArray *warnings,
                           GVariantBuilder *result, GError **error)
{
    const PhotoText *text = &reading->text;
    gboolean credited = text->credit.confidence == CONFIDENCE_HIGH;
    g_autofree char *line = credited ? credit_line(&text->credit, TRUE) : NULL;
    const char *language = credit_language(&text->credit, job->preset);
    StampText drawn = { .label = credit_label(&text->credit, job->preset),
                        .names = line,
                        .language = language,
                        .rtl = script_is_rtl(language) };
    const StampText *stamp = credited ? &drawn : NULL;
    g_autoptr(GBytes) xmp = rights_packet(&text->credit, &job->preset->rights);
    g_autofree char *focus = find_focus(job, &reading->sidecar);
    g_autofree char *look = recipe_look(job->recipe, input_photo_digest(input), stamp, xmp, job->lead, focus);

    Staged staged;
    staged_init(&staged);
    guint first = warnings->len;
    const Former *former = stage_again(job, look, &staged);
    for (char **warning = former ? former->warnings : NULL; warning && *warning; warning++)
        g_ptr_array_add(warnings, g_strdup(*warning));
    Times times = { 0 };
    gboolean ok =
        former || job->dry ||
        render_and_stage(job, &reading->intake, stamp, xmp, threads, warnings, &staged, &times, error);
    if (ok) {
        add_result(job, reading, &staged, former, look, warnings, first, result);
        g_variant_builder_add(result, "{sv}", "times", times_tell(&times));
    }
    staged_clear(&staged);
    return ok;
}

/* A sidecar that is still arriving may name another photographer than the photo does. */
static gboolean check_sidecar(const Job *job, const Reading *reading, GError **error)
{
    if (!reading->unheard || !job->settled || job->settled->last_try)
        return TRUE;
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INCOMPLETE,
                        "its XMP sidecar cannot be read, or its end has not come yet");
    return FALSE;
}

static gboolean publish_input(const Job *job, Input *input, guint threads, GPtrArray *warnings,
                              GVariantBuilder *result, GError **error)
{
    Reading reading;
    gboolean ok = reading_make(&reading, job, input, warnings, error);
    input_drop_photo(input); /* the reading has it, until it is loaded */
    ok = ok && check_sidecar(job, &reading, error) &&
         check_credit(job, &reading.text.credit, warnings, error) &&
         make_files(job, input, &reading, threads, warnings, result, error);
    reading_clear(&reading);
    return ok;
}

static void add_stat(GVariantBuilder *result, const char *size, const char *mtime, const struct stat *st)
{
    g_variant_builder_add(result, "{sv}", size, g_variant_new_int64(st->st_size));
    g_variant_builder_add(result, "{sv}", mtime,
                          g_variant_new_int64((gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec));
}

const char *job_folder(gpointer data, GError **error)
{
    const Job *job = data;
    return !job->dry && stage_begin(job->staging, error) ? job->staging : NULL;
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
    g_autofree char *former = input_former_digest(&input);
    gboolean withdrawn = withdrawn_find_digest(job->withdrawn, digest) || /* whatever its name is now */
                         (former && withdrawn_find_digest(job->withdrawn, former));
    gboolean unchanged = !withdrawn && g_strcmp0(digest, job->known_digest) == 0;
    g_variant_builder_add(&result, "{sv}", "digest", g_variant_new_string(digest));
    add_stat(&result, "size", "mtime", &input.st);
    add_stat(&result, "sidecar-size", "sidecar-mtime", &input.sidecar_st);
    g_variant_builder_add(&result, "{sv}", "unchanged", g_variant_new_boolean(unchanged));
    g_variant_builder_add(&result, "{sv}", "withdrawn", g_variant_new_boolean(withdrawn));
    gboolean ok = withdrawn || unchanged || publish_input(job, &input, threads, warnings, &result, error);
    input_clear(&input);
    g_variant_builder_add(&result, "{sv}", "managed", g_variant_new_boolean(module_is_loaded()));
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

static void fresh_clear(gpointer data)
{
    g_free(((StagedFile *)data)->name);
}

/* By the form alone: photos of one stem, as b.jpg and b.jpeg, may have each other's names. */
static gboolean is_own(const Job *job, const char *stem, const char *name)
{
    g_autofree char *rendition = filename_rendition(name, stem);
    return rendition && preset_rendition(job->preset, rendition);
}

static gboolean lists_own(const Job *job, const char *stem, GVariant *result)
{
    g_autoptr(GVariant) entry = g_variant_lookup_value(result, "photo", G_VARIANT_TYPE_VARDICT);
    g_autoptr(GPtrArray) names = entry ? manifest_files(entry) : NULL;
    gboolean own = TRUE;
    for (guint i = 0; names && i < names->len; i++)
        own = own && is_own(job, stem, names->pdata[i]);
    return own;
}

GArray *job_staged(const Job *job, GVariant *result, guint64 *bytes)
{
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(StagedFile));
    g_array_set_clear_func(files, fresh_clear);
    g_autofree char *stem = filename_stem(job->name);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GVariantIter) each = NULL;
    gboolean own = lists_own(job, stem, result);
    StagedFile file;
    *bytes = 0;
    if (g_variant_lookup(result, "files", "a(st)", &each))
        while (g_variant_iter_next(each, "(st)", &file.name, &file.size)) {
            g_array_append_val(files, file);
            own = own && is_own(job, stem, file.name) && g_hash_table_add(told, file.name);
            *bytes += file.size;
        }
    return own ? g_steal_pointer(&files) : NULL;
}
