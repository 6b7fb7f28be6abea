/* The directories of a TIFF file (TIFF 6.0), entry by entry. Offsets are the file's own, and are checked
 * here. */
#pragma once

#include <glib.h>

#define IFD_HEADER 8 /* byte order, 42, offset of the first directory */
#define IFD_ENTRY 12 /* tag, type, count, value or its offset */

/* Another byte order needs other reading, and nothing else: what is copied keeps the order of the file. */
typedef struct {
    const guchar *data;
    gsize size;
    gboolean big_endian;
} Ifd;

typedef struct {
    guint tag;
    gsize at;   /* of the value */
    gsize size; /* bytes of the value */
} IfdField;

/* Of bytes that begin with a TIFF header. They must outlive it. */
Ifd ifd_open(GBytes *bytes);

/* A number at an offset that lies within the file. */
guint ifd_16(const Ifd *tiff, gsize at);
guint32 ifd_32(const Ifd *tiff, gsize at);

/* How many entries the directory at this offset has, as far as they lie within the file. */
guint ifd_count(const Ifd *tiff, guint32 offset);

/* Reads the entry at this offset. FALSE for a value that does not lie within the file, or is of an unknown
 * type. */
gboolean ifd_field(const Ifd *tiff, gsize entry, IfdField *field);
