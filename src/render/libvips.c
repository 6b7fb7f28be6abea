#include "render/libvips.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <vips/vips.h>

#include "base/error.h"

/* ---- Modules ----
 *
 * Where a distribution keeps loaders as modules, libvips loads all of them at its start. Those of
 * ImageMagick, PDF and slides, which no photo needs, take ten times as long as all the rest. It looks for
 * them below its prefix, which an environment variable may name: one that has none. */

#define PREFIX_VARIABLE "VIPSHOME"
#define NO_PREFIX "/nonexistent"

static int init_without_modules(void)
{
    g_autofree char *before = g_strdup(g_getenv(PREFIX_VARIABLE));
    g_setenv(PREFIX_VARIABLE, NO_PREFIX, TRUE);
    int status = VIPS_INIT("photodesk");
    if (before)
        g_setenv(PREFIX_VARIABLE, before, TRUE);
    else
        g_unsetenv(PREFIX_VARIABLE);
    return status;
}

/* Where HEIF is no module it is there already, and where it is nowhere such photos are refused. */
static void load_heif_module(void)
{
    Dl_info self;
    if (vips_type_find("VipsForeignLoad", "heifload_buffer") || !dladdr((void *)vips_version, &self))
        return;
    g_autofree char *folder = g_path_get_dirname(self.dli_fname);
    g_autofree char *path =
        g_strdup_printf("%s/vips-modules-%d.%d/vips-heif.so", folder, vips_version(0), vips_version(1));
    GModule *module = g_module_open(path, G_MODULE_BIND_LAZY);
    if (module)
        g_module_make_resident(module); /* its types cannot be taken back */
}

/* ---- The whole ---- */

gboolean libvips_init(GError **error)
{
    if (init_without_modules())
        return error_failed(error, "libvips does not start: %s", vips_error_buffer());
    load_heif_module();
    vips_block_untrusted_set(TRUE); /* no PDF, no SVG: only the loaders that are fuzzed */
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    return TRUE;
}
