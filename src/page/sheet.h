/* index.html of a gallery: the contact sheet, one self-contained page that shows a person every photo as it
 * was published, with its caption and credit. Works from disk. Its script adds a view
 * of any width, the button that copies, and a mark at the file that the browser chose. */
#pragma once

#include "page/album.h"

/* In its head: by this a sheet of ours is known. */
#define SHEET_MARK "<meta name=\"generator\" content=\"photodesk\">"

/* The page as HTML text. Free with g_free(). */
char *sheet_text(const Album *album);
