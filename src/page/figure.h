/* figures.html of a gallery: a <figure> for each photo, for an article to include. No script; each picture
 * has its size, so that nothing moves when it comes. */
#pragma once

#include "page/album.h"

typedef struct {
    gboolean near;     /* addresses are relative to the gallery's folder, whatever the preset says */
    const char *sizes; /* in the place of the preset's; or NULL */
} FigureUse;

/* Appends the figure of one photo. */
void figure_append(GString *page, const Album *album, guint photo, const FigureUse *use);

/* The whole file. Free with g_free(). */
char *figure_all(const Album *album);
