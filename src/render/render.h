/* The way of a pixel: load, then for each rendition crop, for each width scale, stamp, encode. Only in a
 * child process. */
#pragma once

#include <glib.h>

#include "base/times.h"
#include "preset/preset.h"
#include "render/crop.h"
#include "render/load.h"
#include "render/stamp.h"

/* The version of the library that encodes, as it runs: part of what makes a variant stale. What else decodes
 * and scales is of the program, or what that was built against. A static string. */
const char *render_identity(void);

/* Makes ready what photos share: in the parent, before a fork, so that each child need not. */
void render_prepare(const Preset *preset);

/* One output file, in memory. */
typedef struct {
    const char *rendition; /* the preset's */
    ImageFormat format;
    guint width, height; /* px */
    gboolean stamped;
    double contrast; /* of the stamp, in the picture as it is encoded */
    Box box;         /* of the stamp */
    Crop crop;       /* what it shows of the photo */
    GBytes *bytes;
} Variant;

void variant_free(Variant *variant);

/* What is to be made of a photo. */
typedef struct {
    const Preset *preset;
    gboolean lead;         /* the photo stands for its gallery, and has the renditions that are for such */
    const StampText *text; /* NULL for a photo without a credit */
    GBytes *xmp;           /* the packet to put into each variant, or NULL */
    guint threads;         /* how many variants may be encoded at once */
} RenderOrder;

/* Makes all variants of a photo, which is cleared as soon as it is loaded, in the order of the preset's
 * renditions, ascending in width, each of them checked: an array of Variant. placeholder is set to what a
 * page shows till one is there (NULL for nothing; free with g_free()). What a person should know is added to
 * warnings (char *), and to times, which have begun, what each step took. */
GPtrArray *render_photo(Source *source, const RenderOrder *order, char **placeholder, Times *times,
                        GPtrArray *warnings, GError **error);
