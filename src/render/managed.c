#include "render/managed.h"

#include <string.h>

#include "base/module.h"

void managed_header_clear(ManagedHeader *header)
{
    g_clear_pointer(&header->exif, g_bytes_unref);
    g_clear_pointer(&header->icc, g_bytes_unref);
    g_clear_pointer(&header->xmp, g_bytes_unref);
}

const Managed *managed_lane(GError **error)
{
    static const Managed *lane;
    if (!lane) {
        const Managed *found = module_find("managed_functions", error);
        lane = found && found->start(error) ? found : NULL;
    }
    return lane;
}

void managed_prepare(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot || (g_ascii_strcasecmp(dot, ".jpg") != 0 && g_ascii_strcasecmp(dot, ".jpeg") != 0))
        managed_lane(NULL); /* what is wrong with it, each child says of its photo */
}
