/* A run: galleries in, published galleries out. What build, convert and watch share. */
#pragma once

#include <glib.h>

#include "base/times.h"
#include "desk/scan.h"
#include "preset/preset.h"

typedef enum {
    EVENT_STARTED,   /* photos */
    EVENT_PUBLISHED, /* gallery, photo, reason, encoded, files, bytes */
    EVENT_UNCHANGED, /* gallery, photo, reason */
    EVENT_STALE,     /* of a dry run: gallery, photo or file of it, reason, encoded: it would be made anew */
    EVENT_WARNING,   /* gallery, photo or captions.csv, message; of a whole source: message alone */
    EVENT_FAILED,    /* gallery, photo or captions.csv, message */
    EVENT_WAITING,   /* gallery, photo, message: it is not whole yet, and will be tried again */
    EVENT_WATCHING,  /* of watch: the inbox has been read, and is served from now on */
    EVENT_RELOADED,  /* of watch: the preset has been read again, and counts from now on */
    EVENT_WITHDRAWN, /* gallery, photo, reason: it is not to be published */
    EVENT_ARCHIVED,  /* gallery, photo: its original has moved into the archive */
    EVENT_REMOVED,   /* gallery, photo, reason: it has left its gallery; or gallery, files: its source folder
                        is gone, and so is what was published of it */
} EventType;

/* Why a photo is removed, or is to be. */
#define RUN_GONE_REASON "is gone from its folder"

typedef struct {
    guint photos;    /* all of them */
    guint left;      /* of those that are to be read: not done yet */
    guint withdrawn; /* of those: not to be published */
    guint published, unchanged, failed;
    guint removed;        /* that were published, and are no more, since they are gone from the source */
    guint64 files, bytes; /* published in this run */
    guint64 stale;        /* of a dry run: how many EVENT_STALE */
} RunTotals;

typedef struct {
    EventType type;
    const char *gallery; /* path under the source */
    const char *folder;  /* of the source, that the gallery is made from */
    const char *photo;   /* file name */
    const char *message;
    const char *reason; /* why it is, or is not, done again */
    gboolean encoded;   /* its files were made anew; else files that there were serve */
    int code;           /* of a failure: a PhotodeskError */
    GVariant *entry;    /* of a published photo: that of its manifest */
    const Times *times; /* and what its making took */
    guint files;
    guint64 bytes;
    const RunTotals *totals; /* so far */
} Event;

typedef enum {
    RUN_QUEUED, /* it is to be read, when its turn comes */
    RUN_BEGUN,
    RUN_GONE, /* it is no longer in its folder, and so no longer in its gallery */
} RunStep;

typedef struct {
    const Preset *preset;
    const char *out;
    guint jobs;                         /* children at a time */
    const char *credit, *caption, *alt; /* for every photo; NULL where not given */
    gboolean no_credit;
    gboolean signals_elsewhere; /* SIGINT and SIGTERM are blocked, and the caller waits for them */
    gboolean keep_others; /* photos that a gallery has of earlier runs stay in it, though they are not in this
                             one */
    gboolean force;       /* all is done again */
    gboolean dry;         /* nothing is written: what would be done is told */
    gboolean check;      /* of a dry run: look at each published file, not only where something was touched */
    gboolean explain;    /* tell each photo that is unchanged, too */
    gboolean remind;     /* tell what is wrong with a captions.csv that is unchanged, too */
    guint shard, shards; /* which part of the galleries this is (1 to shards); shards 0: all */
    gboolean wait;       /* for another run on the output to end */
    const char *archive; /* where originals move when they are published (desk/archive.h), or NULL */
    void (*on_event)(const Event *event, gpointer user);
    void (*on_gallery)(const char *gallery, gpointer user); /* its manifest is written; or NULL */
    void (*on_photo)(const char *gallery, const char *photo, RunStep step, gpointer user); /* or NULL */
    gpointer user;
} RunOptions;

/* Publishes what is new or has changed in the galleries (Gallery), and only that, and takes down the
 * galleries of the sources (ScanSource; NULL for none) that are no longer in them. Each photo that fails is
 * an event and a count; an error (FALSE) is what ends the whole run: an output that cannot be written, or a
 * signal. */
gboolean run(GPtrArray *galleries, GPtrArray *sources, const RunOptions *options, RunTotals *totals,
             GError **error);

/* The same as a series of rounds over one output, which is held open and locked meanwhile. options are
 * copied; what they point to must outlive the Run. */
typedef struct Run Run;
Run *run_open(const RunOptions *options, GError **error);
void run_close(Run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_close)

/* What is to be looked through for galleries that are gone: sources (ScanSource), and all (Gallery) that was
 * found in them, whether it is done in this round or not. */
typedef struct {
    GPtrArray *sources, *all;
} RunTakedown;

/* Photos that are held (ScanFile) stay as they are. gone may be NULL. totals are those of the round. */
gboolean run_round(Run *run, GPtrArray *galleries, const RunTakedown *gone, RunTotals *totals,
                   GError **error);

/* Between rounds: photos are made by this preset from now on; those that another one gave otherwise are made
 * again. It must outlive the Run or the next call. */
void run_set_preset(Run *run, const Preset *preset);

/* Between rounds: whether photos were withdrawn, or are no more, since the last one. */
gboolean run_is_outdated(const Run *run);

/* While a round is under way, from a source of the main loop: it ends, and well, when the photos in hand are
 * done (run_cut), or at once (run_abort). The rest is for another round. */
void run_cut(Run *run);
void run_abort(Run *run);

/* Whether the last round was. */
gboolean run_was_cut(const Run *run);
