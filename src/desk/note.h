/* The note beside a photo that failed, NAME.jpg.ERROR.txt: for the person who looks into the folder to see
 * what became of it. */
#pragma once

#include <glib.h>

#include "base/error.h"

/* Says in the language (BCP 47; Hebrew, Arabic, else English) what is wrong and what to do. message is the
 * failure's own, code its PhotodeskError. No note is written of a file that is not there, and none in the
 * place of a file that somebody else wrote. */
gboolean note_write(const char *folder, const char *name, const char *language, const char *message, int code,
                    GError **error);

/* What the name of its note begins with: the file's own name, or where that leaves no room for the rest its
 * beginning and a hash. Free with g_free(). */
char *note_stem(const char *name);

/* By what its name begins with. An absent note is no error, and what is no note of ours stays. */
void note_remove(const char *folder, const char *stem);
