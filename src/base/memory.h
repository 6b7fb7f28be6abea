/* How the memory of one photo is had from the kernel. Where the system refuses, photos only take longer. */
#pragma once

#include <glib.h>

/* Planes of megabytes come and go: what one gives back the next one takes, on whatever thread, without a way
 * through the kernel, which would clear every page anew. For a process that makes one photo, before its
 * threads. */
void memory_keep_freed(void);

/* Has the kernel give all pages of a block at once, since to be asked for one after the other takes it
 * longer than to clear them. For blocks that are written to from end to end. */
void memory_populate(gpointer memory, gsize size);

/* For a picture of so many pixels: if it is a large one, what is asked for from now on lies in large pages,
 * for each of which the kernel is asked but once. As memory_keep_freed(), which it does as well. */
void memory_prepare(guint64 pixels);
