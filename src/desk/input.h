/* A photo's bytes and those of the XMP sidecar beside it. Only in a child process. */
#pragma once

#include <glib.h>
#include <sys/stat.h>

#include "desk/job.h"

typedef struct {
    GBytes *photo;   /* NULL once it was dropped */
    GBytes *sidecar; /* NULL where there is none, or it cannot be read */
    struct stat st, sidecar_st;
    char *photo_digest, *sidecar_digest; /* once they were asked for */
} Input;

/* Reads what the job names. A sidecar that cannot be read is a warning: the photo may have its credit
 * elsewhere. To be cleared after either result. */
gboolean input_read(Input *input, const Job *job, GPtrArray *warnings, GError **error);
void input_clear(Input *input);

/* A digest of the photo alone. The Input's own. */
const char *input_photo_digest(Input *input);

/* A digest of all of it: that of the photo and, where there is one, DIGEST_JOINT and that of the sidecar.
 * Free with g_free(). */
char *input_digest(Input *input);

/* As input_digest() told it formerly, where there is a sidecar: lists of withdrawn photos may have it. Else
 * NULL. Free with g_free(). */
char *input_former_digest(Input *input);

/* Gives up the photo's bytes. The digest of the photo alone can still be asked for. */
void input_drop_photo(Input *input);
