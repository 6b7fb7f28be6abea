/* What cameras and telephones write into the field for a caption by themselves. Pure. */
#pragma once

#include <glib.h>

/* Whether the text says nothing of the picture: a maker's phrase ("OLYMPUS DIGITAL CAMERA"), a file name, the
 * name of a filter. */
gboolean camera_wrote(const char *text);
