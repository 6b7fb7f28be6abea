#include "base/error.h"

#include <errno.h>

GQuark photodesk_error_quark(void)
{
    return g_quark_from_static_string("photodesk-error-quark");
}

gboolean error_errno(GError **error, int err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);

    gboolean hopeless = err == ENOSPC || err == EDQUOT || err == EROFS;
    g_set_error(error, PHOTODESK_ERROR, hopeless ? PHOTODESK_ERROR_OUTPUT : PHOTODESK_ERROR_FAILED, "%s: %s",
                what, g_strerror(err));
    return FALSE;
}

gboolean error_failed(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);

    g_set_error_literal(error, PHOTODESK_ERROR, PHOTODESK_ERROR_FAILED, what);
    return FALSE;
}
