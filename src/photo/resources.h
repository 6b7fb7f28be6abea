/* Photoshop image resources (Adobe Photoshop File Formats Specification), as JPEG, TIFF and PNG carry them:
 * blocks of any content, each with a number. */
#pragma once

#include <glib.h>

enum {
    RESOURCE_OLD_THUMBNAIL = 0x0409,
    RESOURCE_THUMBNAIL = 0x040c,
    RESOURCE_IPTC = 0x0404,        /* IPTC-IIM */
    RESOURCE_EXIF = 0x0422,        /* from the TIFF header on */
    RESOURCE_XMP = 0x0424,         /* a packet */
    RESOURCE_IPTC_DIGEST = 0x0425, /* MD5 of the IPTC-IIM that the XMP was last made equal to */
};

/* The content of the first resource of this number, or NULL. Ends at what is no resource, or does not lie
 * within the bytes. */
GBytes *resources_find(GBytes *resources, guint number);
