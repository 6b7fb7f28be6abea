/* What binds a child process, which reads bytes that nobody vouches for. */
#pragma once

#include <sys/types.h>

#include "preset/preset.h"

/* The exit status of a child that was refused memory in a place that cannot tell its caller. */
#define CONFINE_OUT_OF_MEMORY 70

/* Binds this process for good: it ends with parent, keeps to the limits, leaves no core, and holds no open
 * file but kept and the standard ones, which are /dev/null. Memory is bound twice: by address space
 * (RLIMIT_AS) and by what may become resident (RLIMIT_DATA, which counts private writable memory since Linux
 * 4.7). Ends the process where that cannot be had. What it may do to the rest of the system is left to
 * sandbox_enter(): it writes to the folder writable only (NULL: nowhere). */
void confine(const Limits *limits, const char *writable, int kept, pid_t parent);

/* Sets the error of a photo that these limits leave too little memory for. */
void confine_no_memory(const Limits *limits, GError **error);
