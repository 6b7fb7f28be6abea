#include "desk/inspect.h"

#include <string.h>

#include "base/file.h"
#include "base/format.h"
#include "desk/captions.h"
#include "desk/pool.h"
#include "desk/reading.h"
#include "desk/warnings.h"
#include "photo/sidecar.h"
#include "render/managed.h"
#include "render/profile.h"

/* ---- In the child ---- */

static void add_text(GVariantBuilder *b, const char *key, const char *text)
{
    g_variant_builder_add(b, "{sv}", key, g_variant_new_string(text));
}

static void add_maybe(GVariantBuilder *b, const char *key, const char *text)
{
    g_variant_builder_add(b, "{sv}", key, g_variant_new("ms", text));
}

static void add_list(GVariantBuilder *b, const char *key, char *const *list, gssize n)
{
    g_variant_builder_add(b, "{sv}", key, g_variant_new_strv((const char *const *)list, n));
}

static const char *name_colours(const Intake *intake)
{
    const Source *source = &intake->source;
    ProfileKind kind = profile_identify(source->icc);
    if (kind == PROFILE_NONE && source->adobe_rgb)
        return "Adobe RGB by its EXIF, converted to sRGB";
    if (kind == PROFILE_NONE && source->display_p3)
        return "Display P3 by its code points, converted to sRGB";
    if (kind == PROFILE_NONE)
        return source->cmyk ? "CMYK without a profile, converted by a general one"
                            : "no profile: taken as sRGB";
    if (kind == PROFILE_SRGB)
        return "sRGB";
    return kind == PROFILE_BROKEN ? "a profile that is broken: left out" : "converted by its profile to sRGB";
}

static void add_picture(GVariantBuilder *b, const Intake *intake)
{
    const Source *source = &intake->source;
    gboolean turned = source->orientation >= 5;
    gsize size;
    gconstpointer data = g_bytes_get_data(source->bytes, &size);
    g_autofree char *profile = source->icc ? profile_name(source->icc) : NULL;
    add_text(b, "format", format_name(data, size));
    g_variant_builder_add(b, "{sv}", "bytes", g_variant_new_uint64(size));
    g_variant_builder_add(b, "{sv}", "width", g_variant_new_uint32(turned ? source->height : source->width));
    g_variant_builder_add(b, "{sv}", "height", g_variant_new_uint32(turned ? source->width : source->height));
    g_variant_builder_add(b, "{sv}", "orientation", g_variant_new_uint32(source->orientation));
    add_maybe(b, "profile", profile);
    add_text(b, "colours", name_colours(intake));
}

/* Why the credit is what it is. */
static const char *explain(const Reading *reading)
{
    const Credit *credit = &reading->text.credit;
    if (credit->confidence == CONFIDENCE_NONE)
        return "no place for a credit names anybody";
    if (credit->confidence == CONFIDENCE_LOW)
        return "not clear: reported, but not stamped";
    if (reading->intake.metadata.iptc_is_newer && g_str_has_prefix(credit->source, "iptc:"))
        return "Photoshop's digest says that IPTC was edited after XMP, so it goes first";
    return credit->candidates->len > 1 ? "the first clear one in the order of authority" : "the only one";
}

static void add_credit(GVariantBuilder *b, const Reading *reading, const Preset *preset)
{
    const Credit *credit = &reading->text.credit;
    gboolean clear = credit->confidence == CONFIDENCE_HIGH;
    g_autofree char *text = clear ? credit_labelled(credit, preset) : NULL;
    GVariantBuilder fields;
    g_variant_builder_init(&fields, G_VARIANT_TYPE_VARDICT);
    add_maybe(&fields, "text", text);
    add_list(&fields, "creators", credit->creators, -1);
    add_maybe(&fields, "agency", credit->agency);
    add_maybe(&fields, "source", credit->source);
    add_text(&fields, "confidence", confidence_name(credit->confidence));
    add_text(&fields, "why", explain(reading));
    add_list(&fields, "conflicts", credit->conflicts, -1);
    g_variant_builder_add(b, "{sv}", "credit", g_variant_builder_end(&fields));
}

static void add_candidates(GVariantBuilder *b, const Credit *credit)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < credit->candidates->len; i++) {
        const CreditCandidate *candidate = credit->candidates->pdata[i];
        GVariantBuilder fields;
        g_variant_builder_init(&fields, G_VARIANT_TYPE_VARDICT);
        add_text(&fields, "source", candidate->source);
        add_text(&fields, "text", candidate->text);
        add_list(&fields, "creators", candidate->names.creators, -1);
        add_maybe(&fields, "agency", candidate->names.agency);
        add_text(&fields, "confidence", confidence_name(candidate->names.confidence));
        g_variant_builder_add(&fields, "{sv}", "chosen", g_variant_new_boolean(candidate->chosen));
        g_variant_builder_add_value(&list, g_variant_builder_end(&fields));
    }
    g_variant_builder_add(b, "{sv}", "candidates", g_variant_builder_end(&list));
}

/* Copyright notices are no credit, but may tell a person whom to ask. */
static void add_notices(GVariantBuilder *b, const Metadata *metadata)
{
    const char *notices[][2] = { { "xmp:dc:rights", metadata->xmp.rights },
                                 { "iptc:2:116", metadata->iptc.copyright },
                                 { "exif:Copyright", metadata->exif.copyright } };
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(notices); i++)
        if (notices[i][1])
            g_ptr_array_add(list, g_strdup_printf("%s: %s", notices[i][0], notices[i][1]));
    add_list(b, "notices", (char *const *)list->pdata, list->len);
}

static void add_captions(GVariantBuilder *b, const PhotoText *text)
{
    GVariantBuilder list;
    add_text(b, "caption", text->caption);
    add_text(b, "alt", text->alt);
    add_text(b, "lang", text->language);
    add_text(b, "dir", text->rtl ? "rtl" : "ltr");
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < text->captions->len; i++) {
        const CaptionCandidate *candidate = &g_array_index(text->captions, CaptionCandidate, i);
        GVariantBuilder fields;
        g_variant_builder_init(&fields, G_VARIANT_TYPE_VARDICT);
        add_text(&fields, "source", candidate->source);
        add_text(&fields, "text", candidate->text);
        g_variant_builder_add(&fields, "{sv}", "chosen", g_variant_new_boolean(candidate->chosen));
        g_variant_builder_add_value(&list, g_variant_builder_end(&fields));
    }
    g_variant_builder_add(b, "{sv}", "captions", g_variant_builder_end(&list));
}

/* What could harm a source or an owner, if it were published. */
static void add_private(GVariantBuilder *b, const Intake *intake)
{
    const Exif *exif = &intake->metadata.exif;
    const Xmp *xmp = &intake->metadata.xmp;
    const struct {
        char *what;
        gboolean there;
    } kinds[] = { { (char *)"GPS position", exif->has_gps || xmp->has_gps },
                  { (char *)"serial number", exif->has_serial || xmp->has_serial },
                  { (char *)"owner's name", exif->has_owner || xmp->has_owner },
                  { (char *)"thumbnail", exif->has_thumbnail },
                  { (char *)"maker's note (serial numbers often stand in it)", exif->has_maker_note },
                  { (char *)"C2PA manifest", intake->has_c2pa },
                  { (char *)"further picture or film", intake->has_preview } };
    char *there[G_N_ELEMENTS(kinds)];
    gssize n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].there)
            there[n++] = kinds[i].what;
    add_list(b, "private", there, n);
    add_list(b, "removed", (char *const *)intake->removed->pdata, intake->removed->len);
}

static GVariant *list_facts(const Reading *reading, const Preset *preset, const GPtrArray *warnings)
{
    GVariantBuilder b;
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    add_picture(&b, &reading->intake);
    add_credit(&b, reading, preset);
    add_candidates(&b, &reading->text.credit);
    add_notices(&b, &reading->intake.metadata);
    add_captions(&b, &reading->text);
    add_private(&b, &reading->intake);
    add_list(&b, "warnings", (char *const *)warnings->pdata, warnings->len);
    return g_variant_builder_end(&b);
}

typedef struct {
    Job job;
    char *path;
    char *table; /* of the captions.csv beside it, or NULL */
    GVariant *facts;
    GError *error;
    gboolean done;
} Task;

/* The table's rows; NULL, and a warning, where it cannot be read. */
static GVariant *read_table(const Task *task, GPtrArray *warnings)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = task->table ? file_read(task->table, SIDECAR_MAX, NULL, NULL, &error) : NULL;
    GVariant *rows =
        bytes ? sidecar_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), warnings, &error)
              : NULL;
    if (error)
        g_ptr_array_add(warnings, g_strdup_printf(SIDECAR_NAME " beside it: %s", error->message));
    return rows ? g_variant_ref_sink(rows) : NULL;
}

static GVariant *look(gpointer data, guint threads, GError **error)
{
    (void)threads;
    Task *task = data;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    warnings_catch(warnings);
    g_autoptr(GVariant) rows = read_table(task, warnings);
    g_autoptr(Captions) captions = captions_new(rows);
    Job job = task->job;
    job.row = captions_row(captions, job.name);

    Input input;
    Reading reading;
    GVariant *facts = NULL;
    if (input_read(&input, &job, warnings, error)) {
        if (reading_make(&reading, &job, &input, warnings, error))
            facts = list_facts(&reading, job.preset, warnings);
        reading_clear(&reading);
    }
    input_clear(&input);
    return facts;
}

/* ---- In the parent ---- */

static void task_free(gpointer data)
{
    Task *task = data;
    g_free(task->path);
    g_free(task->table);
    g_clear_pointer(&task->facts, g_variant_unref);
    g_clear_error(&task->error);
    g_free(task);
}

typedef struct {
    GPtrArray *tasks; /* Task */
    guint told;
    InspectDone done;
    gpointer user;
} Inspection;

/* Photos are told in their order, however the children end. */
static void on_done(gpointer data, GVariant *facts, const GError *error, gpointer user)
{
    Inspection *inspection = user;
    Task *task = data;
    task->facts = facts ? g_variant_ref(facts) : NULL;
    task->error = error ? g_error_copy(error) : NULL;
    task->done = TRUE;
    for (; inspection->told < inspection->tasks->len; inspection->told++) {
        Task *next = inspection->tasks->pdata[inspection->told];
        if (!next->done)
            break;
        inspection->done(next->path, next->facts, next->error, inspection->user);
        g_clear_pointer(&next->facts, g_variant_unref);
        g_clear_error(&next->error);
    }
}

static Task *task_new(const Gallery *gallery, const ScanFile *photo, const Preset *preset)
{
    Task *task = g_new0(Task, 1);
    task->job = (Job){ .folder = gallery->folder,
                       .name = photo->name,
                       .xmp = photo->sidecar ? photo->sidecar->name : NULL,
                       .preset = preset };
    task->path = strcmp(gallery->folder, ".") == 0 ? g_strdup(photo->name)
                                                   : g_build_filename(gallery->folder, photo->name, NULL);
    task->table = gallery->captions ? g_build_filename(gallery->folder, gallery->captions->name, NULL) : NULL;
    return task;
}

gboolean inspect(GPtrArray *galleries, const Preset *preset, InspectDone done, gpointer user, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func(task_free);
    Inspection inspection = { tasks, 0, done, user };
    PoolSetup setup = { .work = look,
                        .done = on_done,
                        .user = &inspection,
                        .children = g_get_num_processors(),
                        .limits = &preset->limits,
                        .largest = POOL_LARGEST };
    g_autoptr(Pool) pool = pool_new(&setup);
    for (guint i = 0; i < galleries->len; i++) {
        const Gallery *gallery = galleries->pdata[i];
        for (guint k = 0; k < gallery->photos->len; k++)
            g_ptr_array_add(tasks, task_new(gallery, gallery->photos->pdata[k], preset));
    }
    for (guint i = 0; i < tasks->len; i++) {
        Task *task = tasks->pdata[i];
        managed_prepare(task->job.name); /* before the first fork: each child inherits it */
        pool_add(pool, task);
    }
    return pool_run(pool, error);
}
