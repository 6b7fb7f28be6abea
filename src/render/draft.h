/* Variants on their way: which ones a photo is to have, and their pixels, cropped and scaled. For render.c
 * only. */
#pragma once

#include "render/render.h"

typedef struct {
    Variant variant;
    const Rendition *rendition;
    Size part;      /* that it shows of the photo, px of that */
    Rect crop;      /* the same in fractions, and where it lies */
    double quality; /* of the encoder */
    Frame *frame;   /* scaled, not yet encoded */
    Mark *mark;     /* drawn on it, or NULL */
    GBytes *xmp;
    GError *error;
} Draft;

/* All of them (Draft), in the order of the preset's renditions, ascending in width. For which of them the
 * photo is too small is added to warnings. The order must outlive them. */
GPtrArray *draft_plan(const RenderOrder *order, Size photo, GPtrArray *warnings, GError **error);

/* The size that the whole photo must be loaded at, for none of them to be enlarged. */
Size draft_need(const GPtrArray *drafts);

/* Makes their frames: the whole ones first, so that what the photo shows, and where crops lie, is found on
 * the smallest of them. By so many threads. */
void draft_scale(GPtrArray *drafts, const Source *source, const Frame *loaded, guint threads);

/* The smallest frame of the whole photo that is large enough for a glance: one of theirs, or else the loaded
 * one. */
const Frame *draft_least(const GPtrArray *drafts, const Frame *loaded);

/* For g_ptr_array_sort(): the one that takes the most pixels of the whole photo first. */
int draft_compare(gconstpointer a, gconstpointer b);
