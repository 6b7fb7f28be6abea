/* What the contact sheet and the page of the desk say themselves, in the languages that they speak. */
#pragma once

#include <glib.h>

typedef struct {
    const char *language; /* BCP 47, without a region */
    gboolean rtl;
    const char *sheet, *photos, *no_photos, *to_photos, *files, *preset;
    const char *column, *fit, *shown;
    const char *lead, *caption, *alt, *none;
    const char *credit, *no_credit, *source, *confidence, *sure_none, *sure_low, *sure_high, *conflicts;
    const char *warnings, *removed, *nothing;
    const char *variants, *rendition, *size, *bytes, *contrast, *no_stamp;
    const char *crops, *focus, *markup, *copy, *copied, *copy_by_hand;
    const char *desk, *busy, *idle, *hindered, *no_room, *no_inbox, *ended, *silent, *as_of;
    const char *published, *none_yet, *failed, *to_mend, *coming, *arriving, *queued, *making;
} Phrases;

/* Those in this language (BCP 47), else in English. A static value. */
const Phrases *phrases_in(const char *language);
