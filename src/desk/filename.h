/* The names of variants: STEM-RENDITION-WIDTH-HASH10.ENDING, where the hash is of the file's own bytes, so
 * that a name never changes its content. */
#pragma once

#include <glib.h>

/* The source name without its ending, safe in a URL and on any disk: letters, marks and digits of any script
 * stay, each run of other characters becomes one hyphen. */
char *filename_stem(const char *name);

/* digest is that of the bytes (base/digest.h). */
char *filename_variant(const char *stem, const char *rendition, guint width, const char *digest,
                       const char *ending);

/* Whether the name is one that a variant has, by its form. */
gboolean filename_is_variant(const char *name);

/* The rendition in the name of a variant, where that begins with this stem; NULL for any other name. By the
 * form alone: the names of photos and of renditions may have hyphens, too (desk/owners.h). */
char *filename_rendition(const char *name, const char *stem);

/* Whether the hash in such a name is that of a digest. */
gboolean filename_has_digest(const char *name, const char *digest);
