/* The walks of a JPEG's segments and of a TIFF's directories. */
#include "photo/blocks.h"
#include "photo/tiff.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    Blocks blocks;
    blocks_from_jpeg(&blocks, bytes);
    blocks_clear(&blocks);
    tiff_read_blocks(&blocks, bytes, NULL);
    blocks_clear(&blocks);
    return 0;
}
