#include "desk/reading.h"

#include "base/file.h"

gboolean reading_make(Reading *reading, const Job *job, const Input *input, GPtrArray *warnings,
                      GError **error)
{
    *reading = (Reading){ .sidecar_name = job->xmp ? file_utf8(job->xmp) : NULL };
    g_autofree char *label = job->xmp ? file_show(job->xmp) : NULL;
    xmp_read(&reading->sidecar, input->sidecar, NULL, label, job->preset->charset, warnings);
    if (!intake_read(&reading->intake, input->photo, job->preset, warnings, error))
        return FALSE;

    PhotoSources sources = { .credit = job->credit,
                             .caption = job->caption,
                             .alt = job->alt,
                             .row = job->row,
                             .xmp_file = reading->sidecar_name,
                             .xmp_sidecar = input->sidecar ? &reading->sidecar : NULL,
                             .metadata = &reading->intake.metadata };
    photo_describe(&reading->text, &sources, job->preset);
    return TRUE;
}

void reading_clear(Reading *reading)
{
    photo_text_clear(&reading->text);
    intake_clear(&reading->intake);
    xmp_clear(&reading->sidecar);
    g_clear_pointer(&reading->sidecar_name, g_free);
}
