/* All files below a folder, as an audit and a sweep of what was published see them. Opens no file. */
#pragma once

#include <glib.h>

typedef struct {
    char *name; /* the file system's bytes */
    gint64 size;
    gint64 changed; /* ns since 1970: of its bytes or of its name, whichever is later */
} TreeFile;

typedef struct {
    char *path;       /* under the root; "" for the root itself */
    char *folder;     /* on disk, as it is reached */
    gint64 changed;   /* of its list of names, ns since 1970 */
    gboolean whole;   /* all that it has could be read: else nobody can say what is not there */
    GPtrArray *files; /* TreeFile, ascending by name as strcmp() has it */
} TreeFolder;

/* The folders (TreeFolder) below the root and itself, ascending by path. Left out is photodesk's own state,
 * and all that is no regular file. With links, files and folders behind links are taken in, each folder once;
 * without, no link is followed. root may be a single file. What cannot be read is told in problems (char *),
 * and the walk goes on; its folder is not whole then. */
GPtrArray *tree_read(const char *root, gboolean links, GPtrArray *problems);

/* The file of this name, or NULL. */
const TreeFile *tree_find(const TreeFolder *folder, const char *name);

/* Whether it is still the file that was seen: nobody has put another in its place since, or touched it. What
 * cannot be looked at is told in problems, and is as good as another. */
gboolean tree_is_same(const TreeFolder *folder, const TreeFile *file, GPtrArray *problems);
