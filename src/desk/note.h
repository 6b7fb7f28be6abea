/* The note beside a photo that failed, NAME.jpg.ERROR.txt: for the person who looks into the folder to see
 * what became of it. */
#pragma once

#include <glib.h>

#include "base/error.h"

/* Says in the language (BCP 47; Hebrew, Arabic, else English) what is wrong and what to do. message is the
 * failure's own, code its PhotodeskError. No note is written of a file that is not there. */
gboolean note_write(const char *folder, const char *name, const char *language, const char *message, int code,
                    GError **error);

/* The sentence that says, in that language, what is wrong: a static string; NULL where only the message does.
 */
const char *note_wrong(const char *name, const char *language, int code);

/* An absent note is no error. */
void note_remove(const char *folder, const char *name);
