/* The font files that a stamp is drawn from: the preset's, and for scripts that those lack one known font
 * each. Nothing else that is installed is ever taken, so that a stamp looks the same wherever these files are
 * the same. By Fontconfig. */
#pragma once

#include <glib.h>

#include "preset/preset.h"

typedef struct Fonts Fonts;

/* Reads the system's font configuration and finds the installed families of a style: in the parent, before a
 * fork, so that the first fonts_choose() of each child need not. The style's own font file is left to the
 * child. */
void fonts_prepare(const StampStyle *style);

/* A text that is different when the files are that stamps of this style may be drawn from. Free with
 * g_free(). */
char *fonts_identity(const StampStyle *style);

/* Chooses a file for each of the style's families that is installed, its own font file before them, and for
 * each script of the text that they lack the font known for it. Fails where a character is in none of them:
 * then the error names it, and what to install. */
Fonts *fonts_choose(const StampStyle *style, const char *text, GError **error);
void fonts_free(Fonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fonts, fonts_free)

/* The error of a character that no font has. Returns FALSE. */
gboolean fonts_fail_missing(gunichar missing, GError **error);

/* Families in the order of choice, with commas between them. */
const char *fonts_families(const Fonts *fonts);

/* Fontconfig's configuration that has these files and no others. */
struct _FcConfig *fonts_config(const Fonts *fonts);
