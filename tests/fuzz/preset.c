/* Preset files. What loads is shown, and what is shown loads to the same preset. */
#include "preset/preset.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A preset of these bytes, which are a file of no name. */
static Preset *load(const void *data, gsize size, GError **error)
{
    int fd = memfd_create("preset", MFD_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(write(fd, data, size), ==, (gssize)size);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    Preset *preset = preset_load(path, error);
    close(fd);
    return preset;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Preset) preset = load(data, size, &error);
    g_assert_true((preset != NULL) == (error == NULL));
    if (!preset)
        return 0;

    g_autofree char *shown = preset_show(preset, TRUE);
    g_autoptr(Preset) again = load(shown, strlen(shown), &error);
    g_assert_no_error(error);
    g_assert_cmpstr(again->digest, ==, preset->digest);
    return 0;
}
