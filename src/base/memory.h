/* How the memory of one photo is had from the kernel. Where the system refuses, photos only take longer. */
#pragma once

#include <glib.h>

/* A block to be written to from end to end, whose pages are had from the kernel at once: large ones where it
 * is large. Free with g_free(). */
gpointer memory_new(gsize size);

/* For a process that makes one photo, of so many pixels, before its threads. Planes of megabytes come and go:
 * what one gives back the next one takes, on whatever thread, without a way through the kernel, which would
 * clear every page anew. And if the photo is large, what is asked for from now on lies in large pages, for
 * each of which the kernel, and who runs a virtual machine, is asked but once. Not so for one that is too
 * large for all this: near the process's limit, what is given back must be gone. */
void memory_prepare(guint64 pixels);
