#include "desk/warnings.h"

#include <string.h>
#include <unistd.h>

#include "desk/confine.h"

/* Takes ownership of text. */
static void add_once(GPtrArray *texts, char *text)
{
    if (g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
        g_free(text);
    else
        g_ptr_array_add(texts, text);
}

/* A TIFF may have any tags of its own, and libtiff knows few. A HEIF's code points are read by photo/heif.c.
 */
static gboolean is_noise(const char *warning)
{
    return strstr(warning, "Unknown field with tag") || strstr(warning, "ignoring nclx profile");
}

/* Warnings are published. libpng names the profile that it finds fault with, and profiles of screens are
 * named by people, often by themselves: "profile 'NAME': FAULT", where FAULT may begin with a word in such
 * marks. */
static char *leave_name_out(const char *warning)
{
    static const char begin[] = "iCCP: ", name[] = "profile '", end[] = "': ";
    const char *at = strstr(warning, begin);
    const char *named = at && g_str_has_prefix(at + strlen(begin), name) ? at + strlen(begin) : NULL;
    const char *fault = named ? g_strrstr(named, end) : NULL;
    if (!fault)
        return g_strdup(warning);
    return g_strdup_printf("%.*s%s", (int)(named - warning), warning, fault + strlen(end));
}

static GLogWriterOutput catch (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user)
{
    GPtrArray *warnings = user;
    if (level & G_LOG_LEVEL_ERROR) /* GLib and we say so where no memory is left, and abort() comes next */
        _exit(CONFINE_OUT_OF_MEMORY);
    for (gsize i = 0; i < n && level & G_LOG_LEVEL_WARNING; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0) {
            g_autofree char *text = g_utf8_make_valid(fields[i].value, fields[i].length);
            g_autofree char *told = leave_name_out(text);
            if (!is_noise(told))
                add_once(warnings, g_strconcat("its decoder says: ", told, NULL));
        }
    return G_LOG_WRITER_HANDLED;
}

void warnings_catch(GPtrArray *warnings)
{
    g_log_set_writer_func(catch, warnings, NULL);
}
