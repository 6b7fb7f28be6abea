/* The walks of JPEG, TIFF and PNG for what they say of the photo, and all that is read of what they find. */
#include "base/format.h"
#include "photo/c2pa.h"
#include "photo/metadata.h"
#include "photo/png.h"
#include "photo/tiff.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    Format format = format_sniff(data, size);
    Blocks blocks = { 0 };
    if (format == FORMAT_JPEG)
        blocks_from_jpeg(&blocks, bytes);
    else if (format == FORMAT_PNG)
        png_read_blocks(&blocks, bytes);
    else if (format == FORMAT_TIFF)
        tiff_read_blocks(&blocks, bytes, NULL);
    c2pa_is_in(format, bytes);
    Metadata metadata;
    metadata_read(&metadata, &blocks, NULL, NULL, warnings);
    metadata_clear(&metadata);
    blocks_clear(&blocks);
    return 0;
}
