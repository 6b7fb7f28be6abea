#include "base/module.h"

#include <gmodule.h>

#include "base/error.h"

#define NAME "managed.so"

/* Beside the program, as they are built, or in lib/photodesk beside its folder, as they are installed. */
char *module_path(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *bin = g_path_get_dirname(program ? program : "");
    g_autofree char *prefix = g_path_get_dirname(bin);
    g_autofree char *built = g_build_filename(bin, NAME, NULL);
    g_autofree char *installed = g_build_filename(prefix, "lib", "photodesk", NAME, NULL);
    return g_file_test(built, G_FILE_TEST_EXISTS)       ? g_steal_pointer(&built)
           : g_file_test(installed, G_FILE_TEST_EXISTS) ? g_steal_pointer(&installed)
                                                        : NULL;
}

static GModule *module;

gboolean module_is_loaded(void)
{
    return module != NULL;
}

gconstpointer module_find(const char *name, GError **error)
{
    if (!module) {
        g_autofree char *path = module_path();
        module = path ? g_module_open(path, G_MODULE_BIND_LOCAL) : NULL;
        if (!module) {
            error_set(error, PHOTODESK_ERROR_SETUP,
                      "photodesk's module for all that is no plain JPEG, " NAME ", cannot be loaded (%s); "
                      "install photodesk anew",
                      path ? g_module_error() : "it is neither beside the program nor in ../lib/photodesk");
            return NULL;
        }
        g_module_make_resident(module); /* what its libraries register cannot be taken back */
    }
    gpointer found = NULL;
    if (!g_module_symbol(module, name, &found))
        error_set(error, PHOTODESK_ERROR_SETUP,
                  "photodesk's module " NAME " is another version's; install photodesk anew");
    return found;
}
