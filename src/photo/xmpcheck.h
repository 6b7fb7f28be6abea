/* Whether XML from outside can be handed to a parser that recurses and compares without bound. Pure. */
#pragma once

#include <glib.h>

/* TRUE for well-formed XML (valid UTF-8) without a document type, not nested deeper than metadata is, and
 * with no more fields and name spaces than take a moment. */
gboolean xmpcheck_is_harmless(const char *text);
