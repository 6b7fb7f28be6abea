#include "unit.h"

#include <string.h>

#include "photo/metadata.h"

#define XMP                                                                                                  \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "                                                          \
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "                 \
    "xmlns:ps='http://ns.adobe.com/photoshop/1.0/' ps:Credit='AFP'/></rdf:RDF></x:xmpmeta>"
#define IPTC "\x1c\2\x50\0\4Dana"

/* Photoshop's resource 0x0425, with a digest of text. */
static GBytes *make_resources(const char *text, gsize size)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 digest[16];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) md5 = g_checksum_new(G_CHECKSUM_MD5);
    g_checksum_update(md5, (const guchar *)text, (gssize)size);
    g_checksum_get_digest(md5, digest, &length);
    g_byte_array_append(bytes, (const guint8 *)"8BIM\x04\x25\0\0\0\0\0\x10", 12);
    g_byte_array_append(bytes, digest, 16);
    return g_byte_array_free_to_bytes(bytes);
}

static gboolean is_newer(const char *iptc, gsize size, const char *synced, gsize synced_size, gboolean xmp)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    Blocks blocks = { .iptc = g_bytes_new(iptc, size),
                      .xmp = xmp ? g_bytes_new(XMP, strlen(XMP)) : NULL,
                      .photoshop = synced ? make_resources(synced, synced_size) : NULL };
    Metadata metadata;
    metadata_read(&metadata, &blocks, NULL, NULL, warnings);
    g_assert_cmpstr(metadata.iptc.creators[0], ==, "Dana");
    g_assert_cmpstr(metadata.xmp.credit, ==, xmp ? "AFP" : NULL);
    gboolean newer = metadata.iptc_is_newer;
    metadata_clear(&metadata);
    blocks_clear(&blocks);
    return newer;
}

static void test_digest(void)
{
    gsize n = sizeof IPTC - 1;
    g_assert_true(is_newer(IPTC, n, "as it was", 9, TRUE));
    g_assert_false(is_newer(IPTC, n, IPTC, n, TRUE));
    g_assert_false(is_newer(IPTC "\0\0\0", n + 3, IPTC, n, TRUE)); /* filled up, as in a TIFF */
    g_assert_false(is_newer(IPTC, n, NULL, 0, TRUE));
    g_assert_false(is_newer(IPTC, n, "as it was", 9, FALSE));
}

int main(int argc, char **argv)
{
    (void)argc;
    unit_init(argv[0]);
    g_test_add_func("/metadata/digest", test_digest);
    return g_test_run();
}
