#include "base/error.h"

#include <errno.h>

GQuark photodesk_error_quark(void)
{
    return g_quark_from_static_string("photodesk-error-quark");
}

gboolean error_is_full(int err)
{
    return err == ENOSPC || err == EDQUOT;
}

/* Of the disk, the network that it is on, memory, processes and descriptors. */
static gboolean is_of_machine(int err)
{
    static const int errors[] = { EIO,       ENOMEM,    EAGAIN,       EMFILE,      ENFILE,     ESTALE,
                                  ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, ECONNRESET, EREMOTEIO };
    for (gsize i = 0; i < G_N_ELEMENTS(errors); i++)
        if (errors[i] == err)
            return TRUE;
    return FALSE;
}

gboolean error_is_output(const GError *error)
{
    return g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT) ||
           g_error_matches(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL);
}

gboolean error_is_photo(const GError *error)
{
    return error && error->domain == PHOTODESK_ERROR && error->code >= 0 &&
           error->code < (gint)PHOTODESK_ERROR_USAGE;
}

gboolean error_blame_output(GError **error)
{
    if (error && *error && !error_is_output(*error))
        (*error)->code = PHOTODESK_ERROR_OUTPUT;
    return FALSE;
}

gboolean error_blame_machine(GError **error)
{
    if (error && *error && !error_is_output(*error))
        (*error)->code = PHOTODESK_ERROR_MACHINE;
    return FALSE;
}

PhotodeskError error_code(int err)
{
    return error_is_full(err)   ? PHOTODESK_ERROR_FULL
           : err == EROFS       ? PHOTODESK_ERROR_OUTPUT
           : is_of_machine(err) ? PHOTODESK_ERROR_MACHINE
                                : PHOTODESK_ERROR_FAILED;
}

gboolean error_errno(GError **error, int err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);

    g_set_error(error, PHOTODESK_ERROR, error_code(err), "%s: %s", what, g_strerror(err));
    return FALSE;
}

static void set(GError **error, PhotodeskError code, const char *format, va_list args)
{
    g_autofree char *what = g_strdup_vprintf(format, args);
    g_set_error_literal(error, PHOTODESK_ERROR, (gint)code, what);
}

gboolean error_set(GError **error, PhotodeskError code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(error, code, format, args);
    va_end(args);
    return FALSE;
}

gboolean error_failed(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(error, PHOTODESK_ERROR_FAILED, format, args);
    va_end(args);
    return FALSE;
}

gboolean error_no_memory(GError **error)
{
    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_NO_MEMORY, "out of memory");
    return FALSE;
}
