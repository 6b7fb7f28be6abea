/* How the memory of one photo is had from the kernel. Only in a child process, before its threads. Where the
 * system refuses, photos only take longer. */
#pragma once

#include <glib.h>

/* Planes of megabytes come and go: what one gives back the next one takes, without a way through the kernel,
 * which would clear every page anew. */
void memory_keep_freed(void);

/* For a picture of so many pixels: if it is a large one, what is asked for from now on lies in large pages,
 * for each of which the kernel is asked but once. */
void memory_prepare(guint64 pixels);
