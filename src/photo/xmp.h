/* What photodesk reads of XMP (ISO 16684-1), from a packet embedded in a photo or beside it. Only in a child
 * process.
 */
#pragma once

#include <glib.h>

#define XMP_MAX (4 << 20) /* bytes of a packet */

/* A face as the Metadata Working Group's regions mark it: its upper left corner and size, as parts (0 to 1)
 * of the stored picture's, before it is turned upright. */
typedef struct {
    double x, y, width, height;
} XmpFace;

/* Texts are UTF-8, NULL where absent or empty; of one in several languages, that in the reader's, else the
 * default one. */
typedef struct {
    char **creators;                    /* dc:creator; NULL-terminated, perhaps empty */
    char *rights, *description, *title; /* dc: */
    char *credit, *source, *position;   /* photoshop:Credit, Source, AuthorsPosition */
    char *web_statement;                /* xmpRights:WebStatement */
    char *licensor_name, *licensor_url; /* of the first plus:Licensor */
    char *alt, *long_description;       /* Iptc4xmpCore:AltTextAccessibility, ExtDescrAccessibility */
    char *digital_source_type;          /* Iptc4xmpExt:DigitalSourceType */
    XmpFace *faces;
    guint n_faces;
    gboolean has_gps, has_serial, has_owner; /* exif:GPSLatitude; aux: and exifEX: */
    gboolean damaged;                        /* there was a packet that could not be read */
} Xmp;

/* Reads a packet, and with it the parts of extended XMP (see photo/extended.h) that it names: of a field in
 * both the packet's own stays. Either may be NULL, and so may language (BCP 47). Never fails: a packet that
 * is no XML, declares a document type, or is out of the bounds of what a photo has is absent, and a warning
 * that begins with its name ("its XMP") says so. */
void xmp_read(Xmp *xmp, GBytes *packet, const GPtrArray *extended, const char *name, const char *charset,
              const char *language, GPtrArray *warnings);
void xmp_clear(Xmp *xmp);

/* Adds to names (char *) what a packet has beside the fields that rights_packet() writes: "exif:GPSLatitude".
 * FALSE where it cannot be read, or has what is no field, as a comment is. */
gboolean xmp_find_foreign(GBytes *packet, GPtrArray *names);
