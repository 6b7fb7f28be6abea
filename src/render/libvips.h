/* libvips, as the managed lane wants it. */
#pragma once

#include <glib.h>

/* Starts it without a cache, without threads of its own, and with no more loaders than photos need. Once. */
gboolean libvips_init(GError **error);
