#include "desk/watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/error.h"
#include "desk/board.h"
#include "desk/hook.h"
#include "desk/inbox.h"
#include "desk/note.h"
#include "desk/output.h"
#include "desk/service.h"

#define GATHER 50 /* ms from look to look, so that one serves events that come together */
#define SHORTEST_ROUND G_TIME_SPAN_SECOND /* before it is cut for a newcomer */
#define FULL_AGAIN (10 * G_TIME_SPAN_SECOND)
#define HOOK_TIME 60                                /* s for a hook */
#define HOOK_GRACE (1500 * G_TIME_SPAN_MILLISECOND) /* for those that are not done when the desk stops */
#define GRACE 8                                     /* s for the photos in hand when a signal has come */

typedef struct {
    const WatchOptions *options;
    Inbox *inbox;
    Hook *hook; /* or NULL */
    Board *board;
    Run *run;
    const InboxWork *work; /* while a round is under way */
    RunTotals *totals;     /* of all rounds */
    Preset *preset;        /* that was read since, or NULL */
    gboolean told, ready, stopping, reload, noteless;
    gint64 may_cut;     /* this round, monotonic, us: what it has cost to begin is worth it by then */
    guint newcomer;     /* the timer that cuts a round for one */
    gint64 newcomer_at; /* when that goes off */
    guint grace;        /* the timer that ends what a signal has left in hand */
} Watch;

/* ---- Telling ---- */

static void tell_note(Watch *w, const Event *event)
{
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < w->work->ready->len; i++) {
        const Gallery *gallery = w->work->ready->pdata[i];
        if (g_strcmp0(gallery->path, event->gallery) != 0)
            continue;
        const Preset *preset = w->preset ? w->preset : w->options->run.preset;
        if (!note_write(w->options->run.out, gallery->folder, event->photo, preset->language, event->message,
                        event->code, &error) &&
            !w->noteless) {
            w->noteless = TRUE; /* once is enough of a folder that is only to be read */
            w->options->on_problem(error->message, w->options->run.user);
        }
        return;
    }
}

static void on_event(const Event *event, gpointer user)
{
    Watch *w = user;
    if (event->type == EVENT_STARTED) /* of one round among many */
        return;
    if (event->type == EVENT_FAILED && event->photo) {
        if (event->code == PHOTODESK_ERROR_MACHINE && !w->options->once) /* that may be mended unseen */
            inbox_incomplete(w->inbox, event->gallery, event->photo);
        else
            inbox_failed(w->inbox, event->gallery, event->photo);
        tell_note(w, event);
    }
    if (event->type == EVENT_WAITING)
        inbox_incomplete(w->inbox, event->gallery, event->photo);
    board_event(w->board, event);
    w->options->run.on_event(event, w->options->run.user);
    if (event->type == EVENT_REMOVED && !event->photo && w->hook)
        hook_run(w->hook, event->gallery);
}

static void on_gallery(const char *gallery, gpointer user)
{
    Watch *w = user;
    if (w->hook)
        hook_run(w->hook, gallery);
}

static void on_photo(const char *gallery, const char *photo, RunStep step, gpointer user)
{
    board_photo(((Watch *)user)->board, gallery, photo, step);
}

static void on_problem(const char *message, gpointer user)
{
    Watch *w = user;
    w->options->on_problem(message, w->options->run.user);
}

/* ---- What comes in between ---- */

static gboolean on_newcomer(gpointer user)
{
    Watch *w = user;
    w->newcomer = 0;
    if (w->work) {
        run_cut(w->run);
        board_arriving(w->board,
                       inbox_count_newcomers(w->inbox, w->work)); /* those in hand take their time */
    }
    return G_SOURCE_REMOVE;
}

/* A round that has much to do makes way for what has come meanwhile, when that has settled. */
static void expect_newcomer(Watch *w, gint64 when)
{
    when = MAX(when, w->may_cut);
    if (w->newcomer != 0 && w->newcomer_at <= when)
        return;
    g_clear_handle_id(&w->newcomer, g_source_remove);
    gint64 in = MAX(0, when - g_get_monotonic_time());
    w->newcomer = g_timeout_add((guint)MIN(in / 1000 + 1, G_MAXINT), on_newcomer, w);
    w->newcomer_at = when;
}

static void on_told(gint64 in, gpointer user)
{
    Watch *w = user;
    w->told = TRUE;
    if (w->work)
        expect_newcomer(w, g_get_monotonic_time() + in + GATHER * 1000);
}

static gboolean on_grace(gpointer user)
{
    Watch *w = user;
    w->grace = 0;
    run_abort(w->run);
    return G_SOURCE_REMOVE;
}

static gboolean on_signal(int fd, GIOCondition condition, gpointer user)
{
    (void)condition;
    Watch *w = user;
    struct signalfd_siginfo info;
    if (read(fd, &info, sizeof info) != sizeof info)
        return G_SOURCE_CONTINUE;
    if (info.ssi_signo == SIGHUP) {
        w->reload = TRUE;
        if (w->work)
            run_cut(w->run);
        return G_SOURCE_CONTINUE;
    }
    if (!w->work || w->stopping) { /* whoever asks twice is in a hurry */
        if (w->work)
            run_abort(w->run);
    } else {
        w->grace = g_timeout_add_seconds(GRACE, on_grace, w);
        run_cut(w->run);
    }
    w->stopping = TRUE;
    service_tell("STOPPING=1");
    return G_SOURCE_CONTINUE;
}

static gboolean on_watchdog(gpointer user)
{
    (void)user;
    service_tell("WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

static gboolean on_time(gpointer user)
{
    gboolean *over = user;
    *over = TRUE;
    return G_SOURCE_REMOVE;
}

/* Until the time has come (monotonic, us), a signal, or, where events matter, one of them. */
static void wait_until(const Watch *w, gint64 when, gboolean events)
{
    gboolean over = FALSE;
    gint64 in = MAX(0, when - g_get_monotonic_time());
    guint timer = g_timeout_add((guint)MIN(in / 1000 + 1, G_MAXINT), on_time, &over);
    while (!over && !w->stopping && !w->reload && !(events && w->told))
        g_main_context_iteration(NULL, TRUE);
    if (!over)
        g_source_remove(timer);
}

/* Before the desk stops: with once, all; else those that are quick. */
static void wait_for_hooks(const Watch *w)
{
    gboolean over = FALSE;
    guint timer = 0;
    while (!over && hook_is_busy(w->hook)) {
        if (w->stopping && !timer)
            timer = g_timeout_add(HOOK_GRACE / 1000, on_time, &over);
        g_main_context_iteration(NULL, TRUE);
    }
    if (timer && !over)
        g_source_remove(timer);
}

/* ---- Rounds ---- */

/* Those of files that are mended, or gone. */
static void remove_notes(const Watch *w, const InboxWork *work)
{
    for (guint i = 0; i < work->ready->len; i++) {
        const Gallery *gallery = work->ready->pdata[i];
        if (gallery->notes->len == 0)
            continue;
        g_autoptr(GHashTable) open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint k = 0; k < gallery->photos->len; k++) {
            const ScanFile *photo = gallery->photos->pdata[k];
            if (inbox_is_open(w->inbox, gallery->path, photo->name))
                g_hash_table_add(open, note_stem(photo->name));
        }
        const ScanFile *table = gallery->captions;
        if (table && inbox_is_open(w->inbox, gallery->path, table->name))
            g_hash_table_add(open, note_stem(table->name));
        for (guint k = 0; k < gallery->notes->len; k++)
            if (!g_hash_table_contains(open, gallery->notes->pdata[k]))
                note_remove(w->options->run.out, gallery->folder, gallery->notes->pdata[k]);
    }
}

static void add_up(RunTotals *sum, const RunTotals *round)
{
    sum->published += round->published;
    sum->failed += round->failed;
    sum->removed += round->removed;
    sum->files += round->files;
    sum->bytes += round->bytes;
}

/* FALSE: the output is lost, or full. */
static gboolean do_round(Watch *w, const InboxWork *work, GError **error)
{
    RunTotals totals;
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    g_ptr_array_add(sources, (gpointer)work->source);
    RunTakedown gone = { sources, work->all };
    w->work = work;
    w->may_cut = work->at + SHORTEST_ROUND;
    expect_newcomer(w, work->next);
    gboolean ok = run_round(w->run, work->ready, work->gone ? &gone : NULL, &totals, error);
    w->work = NULL;
    g_clear_handle_id(&w->newcomer, g_source_remove);
    add_up(w->totals, &totals);
    if (ok && !run_was_cut(w->run)) {
        inbox_done(w->inbox, work);
        remove_notes(w, work);
    }
    board_end_round(w->board, w->inbox);
    return ok;
}

static gboolean wait_for_room(const Watch *w, GError **error)
{
    if (w->options->once || !g_error_matches(*error, PHOTODESK_ERROR, PHOTODESK_ERROR_FULL))
        return FALSE;
    g_clear_error(error);
    g_autofree char *message = output_full(w->options->run.out, "the desk goes on");
    w->options->on_problem(message, w->options->run.user);
    board_hindered(w->board, SNAPSHOT_NO_ROOM, message);
    wait_until(w, g_get_monotonic_time() + FULL_AGAIN, FALSE);
    return TRUE;
}

/* Between rounds. Where the preset cannot be read, the one before stays. */
static void reload(Watch *w)
{
    const RunOptions *options = &w->options->run;
    w->reload = FALSE;
    Preset *preset = w->options->reload(options->user);
    if (!preset)
        return;
    run_set_preset(w->run, preset);
    preset_free(w->preset);
    w->preset = preset;
    board_speak(w->board, preset->language);
    inbox_redo(w->inbox);
    Event event = { .type = EVENT_RELOADED, .totals = w->totals };
    options->on_event(&event, options->user);
}

static gboolean serve(Watch *w, GError **error)
{
    const WatchOptions *options = w->options;
    while (!w->stopping) {
        InboxWork work;
        if (w->reload)
            reload(w);
        w->told = FALSE;
        if (run_is_outdated(w->run)) /* what is not to be published is another thing now */
            inbox_redo(w->inbox);
        inbox_look(w->inbox, &work);
        board_look(w->board, &work);
        if (!w->ready) {
            Event event = { .type = EVENT_WATCHING, .totals = w->totals };
            options->run.on_event(&event, options->run.user);
            service_tell("READY=1");
        }
        w->ready = TRUE;
        gboolean busy = work.ready->len > 0 || work.gone, waiting = work.waiting;
        gboolean done = !busy || do_round(w, &work, error);
        if (done)
            board_hindered(w->board, work.away ? SNAPSHOT_NO_INBOX : SNAPSHOT_NO_LACK, work.away);
        gboolean ok = done || wait_for_room(w, error);
        w->totals->photos = work.source->photos;
        gint64 at = work.at, next = work.next;
        inbox_work_clear(&work);
        if (!ok)
            return FALSE;
        if (!busy && !waiting && options->once)
            return TRUE;
        if (!busy) {
            wait_until(w, next, TRUE);
            wait_until(w, at + GATHER * 1000, FALSE);
        } else /* what came meanwhile has its turn */
            while (g_main_context_iteration(NULL, FALSE))
                ;
    }
    return TRUE;
}

/* A desk ends as it is told; one that was to end when nothing is left to do has not done so. */
static gboolean tell_unfinished(const WatchOptions *options, GError **error)
{
    if (!options->once)
        return TRUE;
    g_set_error(error, PHOTODESK_ERROR, PHOTODESK_ERROR_INTERRUPTED,
                "stopped before the end: what was published stays, the rest is done by the next run");
    return FALSE;
}

gboolean watch(const char *inbox, const WatchOptions *options, RunTotals *totals, GError **error)
{
    *totals = (RunTotals){ 0 };
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    int signals =
        sigprocmask(SIG_BLOCK, &ours, &before) < 0 ? -1 : signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0)
        return error_errno(error, errno, "Signals cannot be waited for");

    Watch w = { .options = options, .totals = totals };
    RunOptions run_options = options->run;
    run_options.on_event = on_event;
    run_options.on_gallery = on_gallery;
    run_options.on_photo = on_photo;
    run_options.user = &w;
    run_options.signals_elsewhere = TRUE;
    InboxOptions inbox_options = { options->times, options->poll, on_told, on_problem, &w };
    gint64 dog = service_watchdog();
    guint sources[] = { g_unix_fd_add(signals, G_IO_IN, on_signal, &w),
                        dog > 0 ? g_timeout_add((guint)MAX(dog / 1000, 1), on_watchdog, NULL) : 0 };

    HookOptions hook_options = { options->hook, options->run.out, HOOK_TIME, on_problem, &w };
    BoardOptions board_options = { options->run.out, on_problem, &w };
    w.hook = options->hook ? hook_new(&hook_options) : NULL;
    w.run = board_may_begin(options->run.out, error) ? run_open(&run_options, error) : NULL;
    if (w.run) {
        w.board = board_new(&board_options, options->run.preset->language);
        w.inbox = inbox_new(inbox, &inbox_options);
    }
    gboolean ok = w.run && serve(&w, error) && (!w.stopping || tell_unfinished(options, error));
    wait_for_hooks(&w);
    hook_free(w.hook);
    guint dealt_with = totals->published + totals->failed;
    totals->unchanged = ok && options->once && totals->photos > dealt_with ? totals->photos - dealt_with : 0;
    g_clear_handle_id(&w.grace, g_source_remove);
    inbox_free(w.inbox);
    board_free(w.board);
    run_close(w.run);
    preset_free(w.preset);
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        g_clear_handle_id(&sources[i], g_source_remove);
    close(signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}
