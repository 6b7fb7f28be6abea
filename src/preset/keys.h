/* The table of preset keys: where each lives in a Preset or Rendition, what it may hold, and what it means.
 * Reading, checking, showing and documenting a preset all go by this one table. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

typedef enum {
    KEY_TEXT,
    KEY_TERM,
    KEY_FILE,
    KEY_LIST,
    KEY_INT,
    KEY_REAL,
    KEY_BOOL,
    KEY_CHOICE,
    KEY_WIDTHS,
    KEY_ASPECT
} KeyType;

typedef struct {
    const char *group; /* NULL in the keys of a rendition */
    const char *name;
    KeyType type;
    gsize offset;               /* of the field */
    double min, max;            /* of KEY_INT, KEY_REAL and each of KEY_WIDTHS */
    const char *const *choices; /* of KEY_CHOICE, in the order of its enum, and KEY_TERM; NULL-terminated */
    gboolean required;          /* text must not be empty */
    const char *help;
    const char *otherwise; /* the value where the key is not there; NULL: it must be there */
} Key;

extern const Key preset_keys[];
extern const guint n_preset_keys;
extern const Key rendition_keys[];
extern const guint n_rendition_keys;

/* Reads text into the key's field of the struct at base. A wrong value gives FALSE and an error that says
 * what is allowed, to stand after "FILE: [GROUP] KEY = VALUE: ". */
gboolean key_parse(const Key *key, const char *text, gpointer base, GError **error);

/* The parts of "A;B", without the empty ones. Free with g_strfreev(). */
char **key_split(const char *text);

/* The field as text that key_parse() reads back. Free with g_free(). */
char *key_format(const Key *key, gconstpointer base);

/* What the key may hold, for people: "a whole number from 1 to 40". Free with g_free(). */
char *key_range(const Key *key);

/* Frees what the field owns. */
void key_clear(const Key *key, gpointer base);
