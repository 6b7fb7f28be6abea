/* What a picture's file holds beside its pixels, from its first byte to its last: the findings of an audit.
 * Each container is walked whole, by what its standard says of its parts; what is neither pixels, nor needed
 * to show them, nor our own packet of rights is a finding. Only in a child process. */
#pragma once

#include <glib.h>

typedef struct {
    const char *kind; /* static: exif gps thumbnail iptc xmp icc photoshop comment c2pa preview trailing
                         unknown unsupported broken */
    char *text;
} AuditFinding;

/* An empty list of AuditFinding. */
GPtrArray *audit_findings_new(void);

/* Adds a finding, once. */
void audit_say(GPtrArray *findings, const char *kind, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Whether the bytes, of which these are the first ones, are a still picture of any kind. */
gboolean audit_is_picture(gconstpointer data, gsize size);

/* Adds what is found in a whole picture. */
void audit(GBytes *bytes, GPtrArray *findings);
