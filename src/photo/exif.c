#include "photo/exif.h"

#include <libexif/exif-data.h>
#include <string.h>

#include "photo/charset.h"

/* EXIF 2.3's names for the camera and whose it is */
enum { TAG_OWNER = 0xa430, TAG_BODY_SERIAL = 0xa431, TAG_LENS_SERIAL = 0xa435 };

static const ExifEntry *find(ExifData *data, ExifIfd ifd, ExifTag tag)
{
    return exif_content_get_entry(data->ifd[ifd], tag);
}

static guint read_short(ExifData *data, ExifIfd ifd, ExifTag tag, guint otherwise)
{
    const ExifEntry *entry = find(data, ifd, tag);
    if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2)
        return otherwise;
    return exif_get_short(entry->data, exif_data_get_byte_order(data));
}

static gboolean is_adobe_rgb(ExifData *data)
{
    const ExifEntry *index = find(data, EXIF_IFD_INTEROPERABILITY, EXIF_TAG_INTEROPERABILITY_INDEX);
    return read_short(data, EXIF_IFD_EXIF, EXIF_TAG_COLOR_SPACE, 0) == 0xffff && index && index->size >= 3 &&
           memcmp(index->data, "R03", 3) == 0;
}

/* ---- Texts ---- */

typedef struct {
    ExifData *data;
    const char *charset;
    GPtrArray *warnings;
} Reading;

static char *read_text(const Reading *reading, ExifIfd ifd, ExifTag tag)
{
    const ExifEntry *entry = find(reading->data, ifd, tag);
    if (!entry || entry->size == 0 || !entry->data)
        return NULL;
    gboolean utf16 = tag == EXIF_TAG_XP_AUTHOR || tag == EXIF_TAG_XP_TITLE;
    char *text = utf16 ? charset_decode_utf16(entry->data, entry->size)
                       : charset_decode(entry->data, entry->size, reading->charset);
    if (!text)
        g_ptr_array_add(
            reading->warnings,
            g_strdup_printf("the text of its EXIF field %s is in no known encoding and was left out",
                            exif_tag_get_name_in_ifd(tag, ifd)));
    else if (!*text)
        g_clear_pointer(&text, g_free);
    return text;
}

static void read_texts(Exif *exif, const Reading *reading)
{
    exif->artist = read_text(reading, EXIF_IFD_0, EXIF_TAG_ARTIST);
    exif->copyright = read_text(reading, EXIF_IFD_0, EXIF_TAG_COPYRIGHT);
    exif->description = read_text(reading, EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION);
    exif->xp_author = read_text(reading, EXIF_IFD_0, EXIF_TAG_XP_AUTHOR);
    exif->xp_title = read_text(reading, EXIF_IFD_0, EXIF_TAG_XP_TITLE);
    exif->taken = read_text(reading, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
}

/* ---- The block ---- */

static ExifData *parse(gconstpointer data, gsize size)
{
    ExifData *parsed = exif_data_new();
    exif_data_unset_option(parsed,
                           EXIF_DATA_OPTION_FOLLOW_SPECIFICATION); /* read what is there, mend nothing */
    if (size >= 6 && memcmp(data, "Exif\0\0", 6) == 0)
        exif_data_load_data(parsed, data, (unsigned)MIN(size, G_MAXUINT));
    else { /* PNG, TIFF and WebP leave the prefix out that libexif insists on */
        g_autofree guchar *prefixed = g_malloc(size + 6);
        memcpy(prefixed, "Exif\0\0", 6);
        if (size > 0)
            memcpy(prefixed + 6, data, size);
        exif_data_load_data(parsed, prefixed, (unsigned)MIN(size + 6, G_MAXUINT));
    }
    return parsed;
}

void exif_read(Exif *exif, gconstpointer data, gsize size, const char *charset, GPtrArray *warnings)
{
    *exif = (Exif){ .orientation = 1 };
    ExifData *parsed = parse(data, size);
    Reading reading = { parsed, charset, warnings };

    guint orientation = read_short(parsed, EXIF_IFD_0, EXIF_TAG_ORIENTATION, 1);
    if (orientation >= 1 && orientation <= 8)
        exif->orientation = orientation;
    read_texts(exif, &reading);
    exif->adobe_rgb = is_adobe_rgb(parsed);
    exif->has_gps = parsed->ifd[EXIF_IFD_GPS]->count > 0;
    exif->has_thumbnail = parsed->data && parsed->size > 0;
    exif->has_serial = find(parsed, EXIF_IFD_EXIF, (ExifTag)TAG_BODY_SERIAL) ||
                       find(parsed, EXIF_IFD_EXIF, (ExifTag)TAG_LENS_SERIAL);
    exif->has_owner = find(parsed, EXIF_IFD_EXIF, (ExifTag)TAG_OWNER) != NULL;
    exif_data_unref(parsed);
}

void exif_clear(Exif *exif)
{
    char **texts[] = { &exif->artist,    &exif->copyright, &exif->description,
                       &exif->xp_author, &exif->xp_title,  &exif->taken };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
