/* What is in a photo, for a person who wonders: nothing is made, and no pixel is decoded. */
#pragma once

#include <glib.h>

#include "desk/scan.h"
#include "preset/preset.h"

/* For each photo, in the order of galleries and their photos: either facts or error. path is the photo's.
 * facts is an a{sv}, from an untrusted process, with
 * - format s, bytes t, width u, height u (upright), orientation u (1 to 8, as stored);
 * - profile ms (its own name), colours s (what is done with it);
 * - credit a{sv}: text ms, creators as, agency ms, source ms, confidence s, why s, conflicts as;
 * - candidates aa{sv}: source s, text s, creators as, agency ms, confidence s, chosen b;
 * - notices as: copyright notices, "SOURCE: TEXT", which name no photographer for sure;
 * - caption s, alt s, lang s, dir s; captions aa{sv}: source s, text s, chosen b;
 * - private as: what must not be published; removed as: all that is not; warnings as. */
typedef void (*InspectDone)(const char *path, GVariant *facts, const GError *error, gpointer user);

/* Looks at photos (Gallery: single files), each in a child process, with the captions.csv and XMP sidecars
 * beside them, as many at a time as there are processors. FALSE with an error on a signal. */
gboolean inspect(GPtrArray *galleries, const Preset *preset, InspectDone done, gpointer user, GError **error);
