/* What the contact sheet and the page of the desk say themselves, in the languages that they speak. */
#pragma once

#include <glib.h>

typedef struct {
    const char *language; /* BCP 47 */
    const char *sheet, *photos, *no_photos, *to_photos, *files, *preset;
    const char *width, *fit, *shown;
    const char *lead, *caption, *credit, *no_credit, *source, *confidence;
    const char *conflicts, *alt, *no_alt, *warnings, *removed, *nothing;
    const char *variants, *rendition, *height, *bytes, *contrast, *no_stamp;
    const char *crops, *focus, *markup, *copy, *copied, *copy_by_hand;
    const char *sure_none, *sure_low, *sure_high;
    const char *desk, *busy, *idle, *ended, *silent, *as_of;
    const char *published, *none_yet, *failed, *to_mend, *coming, *arriving, *queued, *making;
} Phrases;

/* Those in this language, else in English. A static value. */
const Phrases *phrases_in(const char *language);
