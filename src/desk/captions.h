/* Which row of captions.csv belongs to which photo. */
#pragma once

#include <glib.h>

#include "photo/sidecar.h"

typedef struct Captions Captions;

/* rows are as sidecar_parse() gives them, or NULL for none; it must outlive the Captions. */
Captions *captions_new(GVariant *rows);
void captions_free(Captions *captions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Captions, captions_free)

/* The photo's row: the one that names it in the same letters (after NFC), else in letters that differ only in
 * case; else an empty row. Its strings belong to rows. */
SidecarRow captions_row(Captions *captions, const char *photo);

/* The number of the photo's row, from 0; G_MAXUINT where it has none. Says whether that marks it as the lead.
 */
guint captions_place(Captions *captions, const char *photo, gboolean *lead);

/* What a person should know where rows name photos that are not there (ScanFile): a misspelt name loses its
 * caption. NULL where none does. Free with g_free(). */
char *captions_strays(Captions *captions, GPtrArray *photos);
