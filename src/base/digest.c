#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define PIECE ((gsize)64 << 10) /* bytes: they stay in the cache */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(XXH3_state_t, XXH3_freeState)

static char *as_hex(XXH128_hash_t hash)
{
    return g_strdup_printf("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", (guint64)hash.high64,
                           (guint64)hash.low64);
}

char *digest_hex(gconstpointer data, gsize size)
{
    return as_hex(XXH3_128bits(data, size));
}

static char *digest_open(int fd)
{
    struct stat st;
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return NULL;
    g_autoptr(XXH3_state_t) state = XXH3_createState();
    g_autofree guint8 *piece = g_malloc(PIECE);
    XXH3_128bits_reset(state);
    for (;;) {
        ssize_t n = read(fd, piece, PIECE);
        if (n == 0)
            return as_hex(XXH3_128bits_digest(state));
        if (n > 0)
            XXH3_128bits_update(state, piece, (gsize)n);
        else if (errno != EINTR)
            return NULL;
    }
}

char *digest_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return NULL;
    char *digest = digest_open(fd);
    close(fd); /* nothing was written: nothing to lose */
    return digest;
}
