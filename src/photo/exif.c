#include "photo/exif.h"

#include <libexif/exif-data.h>
#include <string.h>

#include "photo/charset.h"

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

void exif_read(Exif *exif, gconstpointer data, gsize size)
{
    *exif = (Exif){ .orientation = 1 };

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

    guint orientation = read_short(parsed, EXIF_IFD_0, EXIF_TAG_ORIENTATION, 1);
    if (orientation >= 1 && orientation <= 8)
        exif->orientation = orientation;
    const ExifEntry *artist = find(parsed, EXIF_IFD_0, EXIF_TAG_ARTIST);
    if (artist && artist->size > 0)
        exif->artist = charset_decode(artist->data, artist->size);
    exif->adobe_rgb = is_adobe_rgb(parsed);
    exif->has_gps = parsed->ifd[EXIF_IFD_GPS]->count > 0;
    exif->has_thumbnail = parsed->data && parsed->size > 0;
    exif_data_unref(parsed);
}

void exif_clear(Exif *exif)
{
    g_clear_pointer(&exif->artist, g_free);
}
