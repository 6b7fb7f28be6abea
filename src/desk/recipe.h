/* What variants are made from, but for the photo's bytes: a digest that changes when they would. */
#pragma once

#include <glib.h>

#include "desk/run.h"
#include "photo/sidecar.h"

/* The part that all photos of a run share: the program itself, the libraries, the fonts, the preset, and what
 * the command line says. Free with g_free(). */
char *recipe_base(const RunOptions *options);

/* The whole recipe of one photo, as 32 hex digits; xmp is the name of its XMP sidecar, or NULL. Free with
 * g_free(). */
char *recipe_photo(const char *base, const SidecarRow *row, const char *xmp);
