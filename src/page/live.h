/* desk.html: the photo desk as it is, for the people who drop photos: what came, what was published, what
 * failed and why. One self-contained page that keeps itself up to date: its script fetches it again and
 * replaces what differs; from disk, or without a script, it is loaded anew. It says when nobody has written
 * it for long. */
#pragma once

#include "page/snapshot.h"

/* Whether this is such a page, by its first 64 KiB. */
gboolean live_is_ours(const char *html, gsize size);

/* The page as HTML text; it lies in the output folder, above the galleries. Free with g_free(). */
char *live_text(const Snapshot *snapshot);
