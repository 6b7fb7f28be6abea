/* What variants are made from, as digests that change when they would. */
#pragma once

#include <glib.h>

#include "desk/run.h"
#include "photo/sidecar.h"
#include "render/stamp.h"

/* What all photos of a run share: a digest each of the program itself, the libraries, the preset and the
 * fonts, and what the command line says. */
typedef enum { RECIPE_PROGRAM, RECIPE_LIBRARIES, RECIPE_PRESET, RECIPE_FONTS, RECIPE_PARTS } RecipePart;

typedef struct {
    char *base[RECIPE_PARTS + 1]; /* NULL-terminated */
    char *look;                   /* as much of it as the files of variants hang from */
    char *said;                   /* all of it, with the command line */
} Recipe;

Recipe *recipe_new(const RunOptions *options);
void recipe_free(Recipe *recipe);

/* The whole recipe of one photo but for its bytes, as 32 hex digits: where it and they are the same, the
 * photo need not be read. xmp is the name of its XMP sidecar, or NULL. Free with g_free(). */
char *recipe_photo(const Recipe *recipe, const SidecarRow *row, const char *xmp);

/* What the variants themselves are made from, and nothing that is only said beside them: the digest of the
 * photo's own bytes, its stamp (NULL for none), the packet that is put into each (NULL for none), whether it
 * has the lead's renditions, and the focus of its crops ("" for none). Free with g_free(). */
char *recipe_look(const Recipe *recipe, const char *digest, const StampText *stamp, GBytes *xmp,
                  gboolean lead, const char *focus);
