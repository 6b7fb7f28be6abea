/* What libraries warn of through GLib's log ("profile incompatible with image") is a photo's warning. Only in
 * a child process. */
#pragma once

#include <glib.h>

/* From now on each warning of GLib's log is added to warnings (char *) once, and nothing is printed; what is
 * of no use to a person is left out. An error there means that no memory is left, and ends the process
 * (CONFINE_OUT_OF_MEMORY). */
void warnings_catch(GPtrArray *warnings);
