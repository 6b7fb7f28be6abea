/* Which photo a file of a gallery is of, also where no manifest names it any more: what a take-down removes,
 * an audit reports and a run sweeps is decided here.
 *
 * A file that is named for a photo is of that one alone. Any other is of a photo
 *
 *   - where its name is of the form STEM-RENDITION-WIDTH-HASH10.ENDING (desk/filename.h) with the photo's
 * stem;
 *   - and no other photo that is known there has a stem that fits better: the longest one that leaves a known
 *     rendition, or, where none does, the longest: a-b-inline-640-... is of a-b.jpg, not of a.jpg;
 *   - and that rendition is a known one, or the hash is that of the file's bytes: then photodesk made it, by
 * a preset of before.
 *
 * So no file of a stranger's is taken, nor what another photo had before, unless that is no longer known:
 * what may be of a withdrawn photo does not stay. Of photos with the same stem, as b.jpg and b.jpeg, what
 * nothing names is of each. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

typedef struct Owners Owners;
Owners *owners_new(void);
void owners_free(Owners *owners);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Owners, owners_free)

/* What is known of the gallery. Names of photos are the file system's, or UTF-8 as file_utf8() makes it. */
void owners_add_photo(Owners *owners, const char *photo);
void owners_add_stem(Owners *owners, const char *stem);
void owners_add_preset(Owners *owners, const Preset *preset);

/* A file that is named for a photo, by its manifest or the ledger: the rendition is known by that, too. */
void owners_add_file(Owners *owners, const char *file, const char *photo);

/* What nobody who is known has, as after a run that was killed, tells by its name alone of a photo: the one
 * that has the shortest stem with a known rendition, or where none is known, the longest. Makes that one
 * known and gives its stem, to be freed; NULL for any other file of the folder. */
char *owners_guess(Owners *owners, const char *folder, const char *file);

/* Whether a file in the folder on disk is of the photo, whose variants' names begin with this stem. */
gboolean owners_is_of(const Owners *owners, const char *folder, const char *file, const char *photo,
                      const char *stem);

/* Whether it is a variant that photodesk made, whoever's: by its name, and the hash there is that of its
 * bytes. A stranger's file may have such a name, but not such bytes. */
gboolean owners_is_ours(const char *folder, const char *file);
