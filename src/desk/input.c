#include "desk/input.h"

#include <string.h>

#include "base/digest.h"
#include "base/file.h"

gboolean input_read(Input *input, const Job *job, GPtrArray *warnings, GError **error)
{
    *input = (Input){ 0 };
    g_autofree char *path = g_build_filename(job->folder, job->name, NULL);
    input->photo = file_read(path, (gsize)job->preset->limits.file_mib << 20, " (preset key limits/file-mib)",
                             &input->st, error);
    if (!input->photo || !job->xmp)
        return input->photo != NULL;

    g_autoptr(GError) cause = NULL;
    g_autofree char *beside = g_build_filename(job->folder, job->xmp, NULL);
    input->sidecar = file_read(beside, SIDECAR_MAX, NULL, &input->sidecar_st, &cause);
    if (!input->sidecar) {
        g_autofree char *shown = file_show(job->xmp);
        g_ptr_array_add(warnings, g_strdup_printf("%s %s; it was left out", shown, cause->message));
    }
    return TRUE;
}

void input_clear(Input *input)
{
    g_clear_pointer(&input->photo, g_bytes_unref);
    g_clear_pointer(&input->sidecar, g_bytes_unref);
}

static char *digest(GBytes *bytes)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    return digest_hex(data, size);
}

char *input_digest(const Input *input)
{
    char *photo = digest(input->photo);
    if (!input->sidecar)
        return photo;
    g_autofree char *sidecar = digest(input->sidecar);
    g_autofree char *both = g_strconcat(photo, sidecar, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(both, strlen(both));
    g_free(photo);
    return digest(bytes);
}

char *input_photo_digest(const Input *input)
{
    return digest(input->photo);
}
