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
    g_clear_pointer(&input->photo_digest, g_free);
    g_clear_pointer(&input->sidecar_digest, g_free);
}

static char *digest(GBytes *bytes)
{
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    return digest_hex(data, size);
}

const char *input_photo_digest(Input *input)
{
    if (!input->photo_digest)
        input->photo_digest = digest(input->photo);
    return input->photo_digest;
}

static const char *digest_sidecar(Input *input)
{
    if (!input->sidecar_digest)
        input->sidecar_digest = digest(input->sidecar);
    return input->sidecar_digest;
}

char *input_former_digest(Input *input)
{
    if (!input->sidecar)
        return NULL;
    g_autofree char *both = g_strconcat(input_photo_digest(input), digest_sidecar(input), NULL);
    return digest_hex(both, strlen(both));
}

void input_drop_photo(Input *input)
{
    (void)input_photo_digest(input);
    g_clear_pointer(&input->photo, g_bytes_unref);
}

char *input_digest(Input *input)
{
    const char *photo = input_photo_digest(input);
    return input->sidecar ? g_strconcat(photo, DIGEST_JOINT, digest_sidecar(input), NULL) : g_strdup(photo);
}
