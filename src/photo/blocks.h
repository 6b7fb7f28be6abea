/* The raw metadata blocks of a photo, as its container holds them: found, not understood.
 * A NULL block is absent. Only in a child process. */
#pragma once

#include <glib.h>

typedef struct {
    GBytes *exif;        /* with or without "Exif\0\0" in front */
    GBytes *icc;         /* a whole ICC profile, its JPEG segments joined */
    GBytes *xmp;         /* the main XMP packet */
    GPtrArray *extended; /* GBytes: parts of extended XMP, see photo/extended.h */
    GBytes *photoshop;   /* Photoshop image resources, its segments joined */
    GBytes *iptc;        /* IPTC-IIM datasets */
    gboolean has_comment;
    gboolean has_c2pa;    /* a C2PA manifest store */
    gboolean has_adobe;   /* Adobe's marker, of which the meaning of a JPEG's inks hangs */
    gboolean has_preview; /* more pictures behind the first: MPF, motion photo */
    gboolean multiscan;   /* a JPEG whose picture is spread over several scans, as a progressive one's is */
    guint alpha;          /* of a TIFF: which of the samples behind those of colour is alpha; 0: none */
    gboolean apart;       /* of a TIFF: each channel is stored by itself */
    gboolean lab;         /* of a TIFF: its colours are CIE L*a*b* or of such a kind */
    gboolean exif_turns;  /* of a PNG: exif is its chunk eXIf, before or behind the pixels, and no text */
    guint primaries, transfer; /* of a HEIC, an AVIF or a PNG: code points of its colours; 0: not said */
    gboolean premultiplied;    /* of a HEIC or an AVIF: its colours are weighted with its alpha */
} Blocks;

/* Walks the segments of a JPEG (ITU-T T.81 annex B) up to the first scan. Never fails: a walk that meets
 * nonsense ends there, and the decoder will say what is wrong. */
void blocks_from_jpeg(Blocks *blocks, GBytes *bytes);

/* Takes what is still absent out of the Photoshop image resources: IPTC-IIM, EXIF, XMP. */
void blocks_from_resources(Blocks *blocks);

void blocks_clear(Blocks *blocks);
