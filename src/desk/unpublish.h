/* Takes a photo out of a published gallery, by what lies there: its manifest and pages are written without
 * it, and then all its files are removed. */
#pragma once

#include <glib.h>

#include "desk/output.h"
#include "desk/owners.h"
#include "page/listing.h"

/* listing is the gallery as its manifest lists it, and loses the photo's entry; where that has none, only
 * files go. files grows by those that were removed. Where the gallery's preset cannot be loaded, article's
 * takes its place, and unsettled gets why, if it is NULL. Nobody else may write a manifest meanwhile. */
gboolean unpublish(const Output *output, const Owners *owners, const char *gallery, const char *photo,
                   Listing *listing, guint *files, char **unsettled, GError **error);
