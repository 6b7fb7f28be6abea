#include "base/digest.h"

#include <xxhash.h>

char *digest_hex(gconstpointer data, gsize size)
{
    XXH128_hash_t hash = XXH3_128bits(data, size);
    return g_strdup_printf("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", (guint64)hash.high64,
                           (guint64)hash.low64);
}
