/* The inbox: a folder that people drop photos into, and what of it is ready to be published. Its truth is the
 * folder as it is read; events only say where to read again. Reads no file. */
#pragma once

#include <glib.h>

#include "desk/scan.h"
#include "desk/settle.h"

typedef struct {
    SettleTimes times;
    gint64 poll; /* us; look at all of it this often; 0: only where events do not come */
    /* Something may have changed: look soon. It will not have settled before in us. */
    void (*on_event)(gint64 in, gpointer user);
    void (*on_problem)(const char *message, gpointer user); /* told once, as long as it lasts */
    gpointer user;
} InboxOptions;

typedef struct Inbox Inbox;

Inbox *inbox_new(const char *root, const InboxOptions *options);
void inbox_free(Inbox *inbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inbox, inbox_free)

/* What is to be done, borrowed from the inbox until it looks again. */
typedef struct {
    GPtrArray *ready;         /* Gallery, the newest first; photos that have not settled are held */
    GPtrArray *all;           /* Gallery */
    const ScanSource *source; /* of all of them */
    gboolean gone;            /* galleries may be gone since */
    gboolean waiting;         /* for a file to settle, or for its end */
    char *away;               /* why no photo can come from it at all; NULL where one can */
    gint64 at;                /* monotonic: of this look */
    gint64 next;              /* monotonic: look again then, if not told before; G_MAXINT64: never */
} InboxWork;

/* Reads what may have changed. To be cleared before the next. */
void inbox_look(Inbox *inbox, InboxWork *work);
void inbox_work_clear(InboxWork *work);

/* While the work is under way: how many photos have come since that look, or had not settled then. Reads the
 * folders that are told to have changed. */
guint inbox_count_newcomers(const Inbox *inbox, const InboxWork *work);

/* What became of a file of the work: it failed, and is left alone until it or what belongs to it changes; or
 * its end was missing. */
void inbox_failed(Inbox *inbox, const char *gallery, const char *name);
void inbox_incomplete(Inbox *inbox, const char *gallery, const char *name);

/* What is made of the photos has changed: the next look gives all galleries again, and what failed in them.
 */
void inbox_redo(Inbox *inbox);

/* Whether something is still to be said of the file: it has failed, or has not settled. */
gboolean inbox_is_open(const Inbox *inbox, const char *gallery, const char *name);

/* The work is done. Where it is not, because it was cut short, the next look gives it again. */
void inbox_done(Inbox *inbox, const InboxWork *work);
