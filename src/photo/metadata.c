#include "photo/metadata.h"

#include <string.h>

#include "photo/resources.h"

enum { MD5_SIZE = 16 };

static gboolean has_digest(const guchar *data, gsize size, const guchar *digest)
{
    guint8 found[MD5_SIZE];
    gsize length = sizeof found;
    g_autoptr(GChecksum) md5 = g_checksum_new(G_CHECKSUM_MD5);
    g_checksum_update(md5, data, (gssize)size);
    g_checksum_get_digest(md5, found, &length);
    return memcmp(found, digest, MD5_SIZE) == 0;
}

/* A TIFF fills its IPTC up to whole words. */
static gboolean was_edited(const Blocks *blocks)
{
    g_autoptr(GBytes) stored =
        blocks->photoshop ? resources_find(blocks->photoshop, RESOURCE_IPTC_DIGEST) : NULL;
    if (!stored || g_bytes_get_size(stored) != MD5_SIZE)
        return FALSE;
    gsize size;
    const guchar *data = g_bytes_get_data(blocks->iptc, &size);
    for (guint filled = 0; filled < 4; filled++, size--) {
        if (has_digest(data, size, g_bytes_get_data(stored, NULL)))
            return FALSE;
        if (size == 0 || data[size - 1] != 0)
            break;
    }
    return TRUE;
}

void metadata_read(Metadata *metadata, const Blocks *blocks, const char *charset, const char *language,
                   GPtrArray *warnings)
{
    gsize exif_size = 0, iptc_size = 0;
    gconstpointer exif = blocks->exif ? g_bytes_get_data(blocks->exif, &exif_size) : NULL;
    gconstpointer iptc = blocks->iptc ? g_bytes_get_data(blocks->iptc, &iptc_size) : NULL;
    exif_read(&metadata->exif, exif, exif_size, charset, warnings);
    iptc_read(&metadata->iptc, iptc, iptc_size, charset, warnings);
    xmp_read(&metadata->xmp, blocks->xmp, blocks->extended, "its XMP", charset, language, warnings);
    metadata->iptc_is_newer = blocks->iptc && blocks->xmp && was_edited(blocks);
}

void metadata_clear(Metadata *metadata)
{
    exif_clear(&metadata->exif);
    iptc_clear(&metadata->iptc);
    xmp_clear(&metadata->xmp);
}
