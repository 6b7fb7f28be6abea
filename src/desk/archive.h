/* What becomes of an original when it is published, where the desk is to archive it: it moves into
 * DIR/GALLERY, and its XMP sidecar with it; the captions.csv of its gallery is copied there, since photos
 * that come later need it, too.
 *
 * The order of things, so that a kill between any two of them loses nothing:
 *
 *     the gallery's pages are written, durably      the photo is published
 *     kept_put(), durably                           it stays so without its original
 *     sidecar and original get a name in DIR        a hard link; across file systems a copy, made durable
 *     the original, then the sidecar, is removed    from the inbox
 *
 * What is in the inbox after a kill is archived by the next round of its gallery, which finds what lies in
 * DIR already; a sidecar whose photo is archived may stay behind. Nothing is ever overwritten: where a name
 * is taken by another file, a number is added (lead-2.jpg). Only a file that is still the one that was
 * published is moved: one that has come in its place meanwhile is another version, for the next round; it is
 * looked at once more when it has been taken out of the inbox, and then goes back there, as does what a kill
 * left in between
 * (.NAME.archived). */
#pragma once

#include "desk/round.h"

/* All photos of the gallery that are published as they lie in its folder. What cannot be moved is told by an
 * EVENT_WARNING, and stays where it is. The main loop goes on between two photos, and the rest is left where
 * the round is cut. FALSE: the output failed. */
gboolean archive_gallery(GalleryRun *g, GError **error);
