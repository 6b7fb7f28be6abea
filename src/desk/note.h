/* The note beside a photo that failed, NAME.jpg.ERROR.txt: for the person who looks into the folder to see
 * what became of it. */
#pragma once

#include <glib.h>

#include "base/error.h"

/* Says in the language (BCP 47; Hebrew, Arabic, else English) what is wrong and what to do. message is the
 * failure's own, code its PhotodeskError; out is the output that the desk serves. No note is written of a
 * file that is not there; none in the place of a file that somebody else wrote, which is an error; and none
 * in the place of the note of another desk that is at work. */
gboolean note_write(const char *out, const char *folder, const char *name, const char *language,
                    const char *message, int code, GError **error);

/* What the name of its note begins with: the file's own name, or where that leaves no room for the rest its
 * beginning and a hash. Free with g_free(). */
char *note_stem(const char *name);

/* By what its name begins with. An absent note is no error; what is no note of ours stays, but for those of a
 * desk that is no longer at work. */
void note_remove(const char *out, const char *folder, const char *stem);
