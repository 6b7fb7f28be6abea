#include "desk/reading.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"

static gboolean take_focus(Source *source, const char *text, GError **error)
{
    source->has_focus = *text != '\0';
    if (!source->has_focus || sidecar_focus(text, &source->focus_x, &source->focus_y))
        return TRUE;
    g_autofree char *shown = file_show(text);
    return error_set(error, PHOTODESK_ERROR_FOCUS,
                     "has the focus '%s' in " SIDECAR_NAME
                     "; it must be two numbers from 0 to 1 with a comma between them, as \"0.3,0.6\": how "
                     "far the point is from the left and from the top, in parts of the picture's width and "
                     "height",
                     shown);
}

/* Its container is that of any office document: which program's it is, only the name tells. */
static gboolean is_spreadsheet(const char *name)
{
    static const char *const endings[] = { ".xlsx", ".xlsm", ".xls", ".ods", ".numbers" };
    const char *ending = strrchr(name, '.');
    for (gsize i = 0; ending && i < G_N_ELEMENTS(endings); i++)
        if (g_ascii_strcasecmp(ending, endings[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean take_in(Intake *intake, const Job *job, GBytes *bytes, GPtrArray *warnings, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (intake_read(intake, bytes, job->preset, warnings, &cause))
        return TRUE;
    if (is_spreadsheet(job->name) && g_error_matches(cause, PHOTODESK_ERROR, PHOTODESK_ERROR_NOT_PHOTO))
        return error_set(error, PHOTODESK_ERROR_SPREADSHEET,
                         "is a spreadsheet, not a photo; if it has the captions, save it as " SIDECAR_NAME
                         " (CSV in UTF-8) beside the photos, and take it away");
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* What a person has just said of the photo, and is not what is shown: a name in the caption that the photo's
 * own metadata goes before, and a credit that names nobody, or not clearly. */
static void warn_of_credit(const Reading *reading, const Job *job, GPtrArray *warnings)
{
    const Credit *credit = &reading->text.credit;
    const GArray *captions = reading->text.captions;
    const char *caption = captions->len > 0 ? g_array_index(captions, CaptionCandidate, 0).source : "";
    gboolean by_hand = strcmp(caption, "command line") == 0 || strcmp(caption, SIDECAR_NAME) == 0;
    gboolean heard = !*job->row.credit, unclear = FALSE;
    for (guint i = 0; i < credit->candidates->len; i++) {
        const CreditCandidate *one = credit->candidates->pdata[i];
        gboolean cell = strcmp(one->source, SIDECAR_NAME) == 0;
        heard = heard || (cell && one->names.confidence == CONFIDENCE_HIGH);
        unclear = unclear || cell;
        if (!by_hand || one->chosen || strcmp(one->source, "caption") != 0 ||
            one->names.confidence != CONFIDENCE_HIGH || credit_names(credit, &one->names))
            continue;
        g_autofree char *shown = credit_line(credit, FALSE);
        g_ptr_array_add(
            warnings, g_strdup_printf("its credit is '%s' (%s), though its caption names '%s'; to have that, "
                                      "give it as the credit",
                                      shown, credit->source, one->text));
    }
    if (!heard) {
        g_autofree char *cell = file_show(job->row.credit);
        g_ptr_array_add(warnings, g_strdup_printf("its credit in " SIDECAR_NAME ", '%s', %s, and was passed "
                                                  "over; give it a NAME, or NAME/AGENCY",
                                                  cell, unclear ? "is not clear" : "names nobody"));
    }
}

gboolean reading_make(Reading *reading, const Job *job, const Input *input, GPtrArray *warnings,
                      GError **error)
{
    *reading = (Reading){ .sidecar_name = job->xmp ? file_utf8(job->xmp) : NULL };
    g_autofree char *label = job->xmp ? file_show(job->xmp) : NULL;
    xmp_read(&reading->sidecar, input->sidecar, NULL, label, job->preset->charset, job->preset->language,
             warnings);
    reading->unheard =
        job->xmp && (!input->sidecar || g_bytes_get_size(input->sidecar) == 0 || reading->sidecar.damaged);
    if (!take_in(&reading->intake, job, input->photo, warnings, error) ||
        !take_focus(&reading->intake.source, job->row.focus, error))
        return FALSE;
    if (reading->sidecar.n_faces > 0)
        intake_take_faces(&reading->intake, &reading->sidecar);

    PhotoSources sources = { .credit = job->credit,
                             .caption = job->caption,
                             .alt = job->alt,
                             .row = job->row,
                             .xmp_file = reading->sidecar_name,
                             .xmp_sidecar = input->sidecar ? &reading->sidecar : NULL,
                             .metadata = &reading->intake.metadata };
    photo_describe(&reading->text, &sources, job->preset);
    warn_of_credit(reading, job, warnings);
    return TRUE;
}

void reading_clear(Reading *reading)
{
    photo_text_clear(&reading->text);
    intake_clear(&reading->intake);
    xmp_clear(&reading->sidecar);
    g_clear_pointer(&reading->sidecar_name, g_free);
}
