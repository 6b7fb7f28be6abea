/* How the memory of one photo is had from the kernel. Only in a child process, before its threads. Where the
 * system refuses, photos only take longer. */
#pragma once

/* Planes of megabytes come and go: what one gives back the next one takes, without a way through the kernel,
 * which would clear every page anew. */
void memory_keep_freed(void);

/* What is asked for from now on lies in large pages: the kernel is asked for each but once, and has few of
 * them to find. */
void memory_in_large_pages(void);
