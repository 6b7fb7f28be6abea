/* What photodesk reads of IPTC-IIM (Information Interchange Model 4.2), from the raw datasets. Only in a
 * child process. */
#pragma once

#include <glib.h>

/* Texts are UTF-8, NULL where absent or empty. */
typedef struct {
    char **creators; /* 2:80 By-line, as often as it is there; NULL-terminated, perhaps empty */
    char **cut;      /* texts of 2:80 and 2:110 that are as long as these may be, and so are perhaps cut */
    char *name;      /* 2:05 Object Name */
    char *position;  /* 2:85 By-line Title */
    char *city;      /* 2:90 */
    char *headline;  /* 2:105 */
    char *credit;    /* 2:110 */
    char *source;    /* 2:115 */
    char *copyright; /* 2:116 Copyright Notice */
    char *caption;   /* 2:120 Caption/Abstract */
} Iptc;

#define IPTC_MAX (4 << 20) /* bytes; more is none */

/* Never fails: what cannot be read is absent, and told in warnings. Text is what charset_decode() makes of it
 * with this fallback; since that tries UTF-8 first, the character set that 1:90 declares tells it nothing
 * more, and may stand anywhere or be wrong. data may be NULL for no datasets. */
void iptc_read(Iptc *iptc, gconstpointer data, gsize size, const char *charset, GPtrArray *warnings);
void iptc_clear(Iptc *iptc);
