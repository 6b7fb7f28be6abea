/* libvips, as all that use it here want it. */
#pragma once

/* Starts it without a cache, without threads of its own, and with no more loaders than photos need: in the
 * parent, once, before the first fork, so that each child need not. Later calls do nothing. */
void libvips_init(void);

/* The version that runs. A static string. */
const char *libvips_version(void);
