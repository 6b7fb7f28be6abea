/* What verify does with one file. In the child, but for the names of what it gives. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

/* What a manifest says of a file. */
typedef struct {
    guint width, height;
    guint64 bytes;
    char *type;
    char *photo; /* that it is of */
} Expectation;

/* Reads a manifest.json: gives foreign b, or photos a(sa(suuts)): each by name, with its files: name, width,
 * height, bytes, media type. Fails where it cannot be read. */
GVariant *examine_manifest(const char *path, GError **error);

/* Looks through any file: gives picture b, and findings a(ss): kind and text. expected may be NULL; lists
 * (Withdrawn) are of what must not be there. */
GVariant *examine_file(const char *path, const Expectation *expected, const Limits *limits,
                       const GPtrArray *lists, GError **error);
