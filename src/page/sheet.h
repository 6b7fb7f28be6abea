/* index.html of a gallery: the contact sheet, one self-contained page that shows a person every photo as it
 * was published, with its caption and credit. Works from disk, without scripts. */
#pragma once

#include <glib.h>

/* The page as HTML text. photos are entries as manifest_photo() makes them, names their source names. */
char *sheet_text(const char *gallery, GPtrArray *names, GPtrArray *photos);
