/* What a build reads, as a rule of Make that Ninja reads, too: for whoever starts it only when something has
 * changed. */
#pragma once

#include <glib.h>

#include "desk/scan.h"
#include "preset/preset.h"

typedef struct Depfile Depfile;

/* path ends in ".d"; what stands before that is the target. NULL where that is no name for a rule. */
Depfile *depfile_new(const char *path, GError **error);
void depfile_free(Depfile *depfile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Depfile, depfile_free)

/* Adds the preset's files and, of each gallery (Gallery), its folder, photos, XMP sidecars and captions.csv.
 * Where one has a name that a rule cannot have, the target will never be up to date. */
void depfile_add(Depfile *depfile, const Preset *preset, const GPtrArray *galleries);

/* Replaces the file. Each file is a target of its own without a rule, so that one that is gone is none that
 * cannot be made. */
gboolean depfile_write(const Depfile *depfile, GError **error);
