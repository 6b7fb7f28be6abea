/* The source folders: which galleries there are, and which photos in each. Reads folders and file sizes,
 * opens nothing. */
#pragma once

#include <glib.h>

typedef struct ScanFile {
    char *name;          /* in its folder, the file system's bytes */
    gint64 size;         /* bytes */
    gint64 mtime, ctime; /* ns since 1970 */
    guint64 inode;
    gboolean held;     /* of a photo: leave it as it is for now: it is neither made nor gone */
    gboolean arriving; /* of one that is held: since it, or what belongs to it, has not settled */
    gboolean
        watched; /* of a photo: make it of just these bytes, and only if its end is there; of a table, too */
    gboolean changed;  /* of a photo: somebody was seen to touch it: size and time alone are no proof */
    gboolean last_try; /* of one that is watched: an end that is missing will not come any more */
    struct ScanFile *sidecar; /* of a photo: its XMP sidecar, NAME.jpg.xmp or else NAME.xmp; NULL for none */
} ScanFile;

/* A source folder, as it was found. */
typedef struct {
    char *path;     /* its real place on disk */
    gint64 device;  /* the file system that it is on */
    gboolean found; /* it is there, and could be read */
    guint photos;   /* in all its galleries */
} ScanSource;

typedef struct {
    char *path;               /* under its source and under the output; "" for the source itself */
    char *folder;             /* the folder on disk */
    const ScanSource *source; /* borrowed; NULL for a gallery of single files */
    GPtrArray *photos;        /* ScanFile, ascending by name as strcmp() has it; maybe none */
    ScanFile *captions;       /* its captions.csv, or NULL */
    GPtrArray *notes;         /* char *: what the names of notes begin with, as note_stem() has it */
} Gallery;

Gallery *gallery_new(const char *path, const char *folder);
void gallery_free(Gallery *gallery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gallery, gallery_free)

/* A gallery of the named files of one folder only, with the folder's captions.csv and their XMP sidecars
 * (ending .xmp or .XMP, since the folder is not listed). A file that cannot be examined is taken in all the
 * same: the reader will say what is wrong with it. */
Gallery *scan_files(const char *path, const char *folder, char **names);

/* Walks a source folder and adds each folder to galleries, ascending by path: one without photos, too, since
 * it may have had some. The galleries borrow what it returns, which scan_source_free() frees. Links to files
 * are followed, links to folders are not. Left out: folders that photodesk published into, hidden files,
 * files that other programs are still writing
 * (.part, .tmp, .filepart, .crdownload, ~), captions.csv, and files that go with photos but are none (.xmp
 * .txt .md .html .json ...). Every other file is taken for a photo; its content will tell. A folder that
 * cannot be read to its end is told in problems (char *) and is no gallery, and the walk goes on. */
#define SCAN_NOTE ".ERROR.txt" /* what the name of a note ends in, behind that of its photo */
ScanSource *scan_folder(const char *folder, GPtrArray *galleries, GPtrArray *problems);
void scan_source_free(ScanSource *source);

/* The same by hand: a source of which no folder was read yet, and one folder of it, path under it, with the
 * names of those right below it. Links are left out, and so is all that is no regular file. NULL, and errno,
 * where it cannot be read to its end. */
ScanSource *scan_source_new(const char *folder);
Gallery *scan_gallery(const ScanSource *source, const char *path, GPtrArray *subfolders);
