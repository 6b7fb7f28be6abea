/* For tests of what was published: the entry of a photo that nothing is known of but its variants. */
#pragma once

#include "page/manifest.h"

static inline GVariant *unit_entry(const ManifestFile *files, guint n)
{
    char *none[] = { NULL };
    ManifestPhoto photo = { .caption = "",
                            .alt = "",
                            .language = "en",
                            .creators = none,
                            .confidence = "none",
                            .conflicts = none,
                            .files = files,
                            .n_files = n,
                            .removed = none,
                            .warnings = none };
    return manifest_photo(&photo);
}

/* One of them, by its name. */
static inline ManifestFile unit_file(const char *name, guint width)
{
    return (ManifestFile){
        .rendition = "web", .file = name, .width = width, .height = 1, .bytes = 3, .type = "image/webp"
    };
}
