/* What a child process may do to the rest of the system: next to nothing. It reads bytes that nobody vouches
 * for, and a decoder that they have taken over must not get any further.
 *
 * Landlock (landlock(7), since Linux 5.13) keeps it from writing, and a system call filter (seccomp(2)) from
 * connections, other programs, processes and signals, and from what changes files that it only names. Files
 * may be read: fonts and modules lie anywhere. Where a kernel, or a container around it, has one of the two
 * or neither, the rest holds.
 */
#pragma once

#include <glib.h>

/* Gets the filter ready: in the parent, so that each child need not. Without it, the first sandbox_enter()
 * does. */
void sandbox_prepare(void);

/* Binds this process, which has one thread, and all that it starts, for good: it makes and writes no file but
 * in the folder (NULL: none), makes nothing else there, opens no socket, starts no process, and signals none
 * but itself. It keeps what files it has open. */
void sandbox_enter(const char *writable);
