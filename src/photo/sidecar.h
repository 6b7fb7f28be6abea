/* captions.csv: the gallery's own table of captions and credits.
 *
 * RFC 4180 with comma, semicolon or tab, as spreadsheets export it, in UTF-8 with or without a byte order
 * mark (or in the encodings that charset_decode() knows). The first row names the columns: file, and any of
 * caption, credit, alt, focus, lead, in any order and case; other columns are left alone. Only in a child
 * process.
 */
#pragma once

#include <glib.h>

#define SIDECAR_NAME "captions.csv"
#define SIDECAR_MAX (16 << 20) /* bytes */

/* A row as it travels between processes: file, caption, credit, alt, focus, and whether it is marked as the
 * lead; an empty string is "not said". The last one is for reading it without a copy. */
#define SIDECAR_ROW "(sssssb)"
#define SIDECAR_ROW_TYPE G_VARIANT_TYPE(SIDECAR_ROW)
#define SIDECAR_ROWS_TYPE G_VARIANT_TYPE("a" SIDECAR_ROW)
#define SIDECAR_ROW_PEEK "(&s&s&s&s&sb)"

typedef struct {
    const char *caption, *credit, *alt, *focus; /* "" where not said */
} SidecarRow;

/* Parses the table to a floating GVariant of SIDECAR_ROWS_TYPE, in the order of the rows, files as written
 * there. Of two rows for one file the later one stays. NULL with an error that says what is wrong with the
 * table: a row with texts beyond its columns is, since an unquoted comma would name somebody else. What a
 * person should know is added to warnings (char *). */
GVariant *sidecar_parse(gconstpointer data, gsize size, GPtrArray *warnings, GError **error);

/* The point that a focus names, "0.3,0.6": in fractions of the upright picture from its left and top edges.
 * FALSE where it is no such point. */
gboolean sidecar_focus(const char *text, double *x, double *y);
