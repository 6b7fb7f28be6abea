#include "photo/ifd.h"

Ifd ifd_open(GBytes *bytes)
{
    Ifd tiff = { 0 };
    tiff.data = g_bytes_get_data(bytes, &tiff.size);
    tiff.big_endian = tiff.size > 0 && tiff.data[0] == 'M';
    return tiff;
}

guint ifd_16(const Ifd *tiff, gsize at)
{
    const guchar *p = tiff->data + at;
    return tiff->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
}

guint32 ifd_32(const Ifd *tiff, gsize at)
{
    guint32 high = ifd_16(tiff, at + (tiff->big_endian ? 0 : 2));
    return high << 16 | ifd_16(tiff, at + (tiff->big_endian ? 2 : 0));
}

guint ifd_count(const Ifd *tiff, guint32 offset)
{
    if (offset > tiff->size || tiff->size - offset < 2)
        return 0;
    return (guint)MIN(ifd_16(tiff, offset), (tiff->size - offset - 2) / IFD_ENTRY);
}

gboolean ifd_field(const Ifd *tiff, gsize entry, IfdField *field)
{
    static const guint8 widths[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4 }; /* bytes, by type */
    guint type = ifd_16(tiff, entry + 2);
    if (type == 0 || type >= G_N_ELEMENTS(widths))
        return FALSE;
    guint64 size = (guint64)widths[type] * ifd_32(tiff, entry + 4);
    field->tag = ifd_16(tiff, entry);
    field->at = size <= 4 ? entry + 8 : ifd_32(tiff, entry + 8);
    field->size = (gsize)size;
    return size > 0 && size <= tiff->size && field->at <= tiff->size - size;
}
