/* The board of a desk at work: what of its photos goes on, kept while it is told, and shown at most once a
 * second, by whole files that replace one another:
 *
 *     OUT/desk.html                 a page for people (page/live.h)
 *     OUT/.photodesk/desk.json      the same for `photodesk status`, and for this desk when it begins anew
 *     OUT/.photodesk/metrics.prom   numbers for a monitor (page/metrics.h)
 *
 * None of them is made durable: after a power cut, what they say is written anew. OUT/.photodesk/spare keeps
 * room for them, which is given up where there is no other. What cannot be written all the same is told once,
 * and ends nothing. A desk that has the board holds a lock, OUT/.photodesk/desk.lock, that says
 * nothing else: whoever asks whether a desk is at work tries that one, and is in nobody's way. */
#pragma once

#include <glib.h>

#include "desk/inbox.h"
#include "desk/run.h"
#include "page/snapshot.h"

typedef struct Board Board;

typedef struct {
    const char *out; /* it is there, and ours */
    void (*on_problem)(const char *message, gpointer user);
    gpointer user;
} BoardOptions;

/* FALSE, and an error, where the page's place in the output is another program's. */
gboolean board_may_begin(const char *out, GError **error);

Board *board_new(const BoardOptions *options, const char *language);

/* The desk ends: that is shown, too. */
void board_free(Board *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Board, board_free)

/* From now on it speaks this one (BCP 47). */
void board_speak(Board *board, const char *language);

/* What the desk as a whole waits for, and why; SNAPSHOT_NO_LACK and NULL when it does no longer. */
void board_hindered(Board *board, SnapshotLack lack, const char *message);

/* What the inbox has, after each look; all that is told in a round; and its end. */
void board_look(Board *board, const InboxWork *work);
void board_arriving(Board *board, guint arriving); /* since, while a round is under way */
void board_photo(Board *board, const char *gallery, const char *photo, RunStep step);
void board_event(Board *board, const Event *event);
void board_end_round(Board *board, const Inbox *inbox);

/* Whether a desk that serves the output is at work. */
gboolean board_is_at_work(const char *out);

/* What the desk that serves, or served, the output has shown last; NULL where none ever has, and, with an
 * error, where that cannot be read. Says whether it is at work. */
Snapshot *board_read(const char *out, gboolean *running, GError **error);
