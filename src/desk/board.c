#include "desk/board.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "desk/notice.h"
#include "desk/publish.h"
#include "page/live.h"
#include "page/manifest.h"
#include "page/metrics.h"

#define STATE "desk.json"
#define METRICS "metrics.prom"
#define LOCK "desk.lock"
#define SPARE "spare"
#define ROOM ((gsize)256 << 10)              /* bytes kept for all three, that a full disk is told of */
#define LARGEST ((gsize)16 << 20)            /* bytes of the state: names and messages are short */
#define HEAD ((gsize)64 << 10)               /* bytes of a page that tell whose it is */
#define SOON (200 * G_TIME_SPAN_MILLISECOND) /* so that what comes together is shown together */
#define SELDOM G_TIME_SPAN_SECOND            /* between two showings, at least */
#define ALIVE (55 * G_TIME_SPAN_SECOND)      /* and at most, where the inbox is looked at */

struct Board {
    BoardOptions options;
    char *state; /* the folder */
    int lock;
    Snapshot *now;
    guint timer;
    gint64 shown; /* monotonic */
    gboolean has_room, unshown;
};

/* ---- Showing ---- */

/* What was published may have been removed since. */
static void check_thumbs(const Board *board)
{
    for (guint i = 0; i < board->now->done->len; i++) {
        SnapshotPhoto *photo = board->now->done->pdata[i];
        g_autofree char *path =
            photo->thumb ? g_build_filename(board->options.out, photo->gallery, photo->thumb, NULL) : NULL;
        if (path && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_clear_pointer(&photo->thumb, g_free);
    }
}

/* In the folder, by way of the state folder, which nobody serves. */
static gboolean put(const Board *board, const char *folder, const char *name, const char *text,
                    GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *fresh = g_strdup_printf("%s/%s.new", board->state, name);
    return file_replace(path, fresh, text, error);
}

static gboolean put_all(const Board *board, GError **error)
{
    g_autofree char *state = snapshot_text(board->now, NULL);
    g_autofree char *metrics = metrics_text(board->now);
    g_autofree char *page = live_text(board->now);
    return put(board, board->state, STATE, state, error) &&
           put(board, board->state, METRICS, metrics, error) &&
           put(board, board->options.out, PUBLISH_DESK, page, error);
}

static void keep_room(Board *board)
{
    g_autofree char *blank = board->has_room ? NULL : g_strnfill(ROOM, ' ');
    board->has_room = board->has_room || put(board, board->state, SPARE, blank, NULL);
}

static gboolean give_room(Board *board)
{
    g_autofree char *path = g_build_filename(board->state, SPARE, NULL);
    board->has_room = FALSE;
    return unlink(path) == 0;
}

static void show(Board *board)
{
    g_clear_handle_id(&board->timer, g_source_remove);
    check_thumbs(board);
    board->shown = g_get_monotonic_time();
    board->now->updated = g_get_real_time();
    g_autoptr(GError) error = NULL;
    gboolean ok = put_all(board, &error);
    if (ok && board->now->lack != SNAPSHOT_NO_ROOM)
        keep_room(board);
    else if (!ok && give_room(board)) {
        g_clear_error(&error);
        ok = put_all(board, &error);
    }
    if (!ok && !board->unshown)
        board->options.on_problem(error->message, board->options.user);
    board->unshown = !ok;
}

static gboolean on_time(gpointer user)
{
    Board *board = user;
    board->timer = 0;
    show(board);
    return G_SOURCE_REMOVE;
}

static void touch(Board *board)
{
    if (board->timer)
        return;
    gint64 in = MAX(board->shown + SELDOM - g_get_monotonic_time(), SOON);
    board->timer = g_timeout_add((guint)(in / 1000), on_time, board);
}

/* ---- The lists ---- */

static void drop(GPtrArray *list, const char *gallery, const char *photo)
{
    for (guint i = list->len; i-- > 0;) {
        const SnapshotPhoto *is = list->pdata[i];
        if (strcmp(is->gallery, gallery) == 0 && (!photo || strcmp(is->photo, photo) == 0))
            g_ptr_array_remove_index(list, i);
    }
}

static void put_first(GPtrArray *list, SnapshotPhoto *photo)
{
    drop(list, photo->gallery, photo->photo);
    g_ptr_array_insert(list, 0, photo);
    if (list->len > SNAPSHOT_MOST)
        g_ptr_array_remove_index(list, SNAPSHOT_MOST);
}

static void forget(Board *board, const char *gallery, const char *photo)
{
    drop(board->now->done, gallery, photo);
    drop(board->now->bad, gallery, photo);
}

void board_photo(Board *board, const char *gallery, const char *photo, RunStep step)
{
    Snapshot *now = board->now;
    if (step == RUN_GONE)
        forget(board, gallery, photo);
    else if (step == RUN_BEGUN)
        put_first(now->coming, snapshot_photo_new(SNAPSHOT_MAKING, gallery, photo));
    else if (now->coming->len < SNAPSHOT_MOST)
        g_ptr_array_add(now->coming, snapshot_photo_new(SNAPSHOT_WAITING, gallery, photo));
    touch(board);
}

static void add_published(Board *board, const Event *event)
{
    Snapshot *now = board->now;
    SnapshotPhoto *photo = snapshot_photo_new(SNAPSHOT_PUBLISHED, event->gallery, event->photo);
    g_autoptr(GArray) files = event->entry ? manifest_read_files(event->entry) : NULL;
    const ManifestFile *thumb =
        files ? manifest_narrowest((const ManifestFile *)(gpointer)files->data, files->len) : NULL;
    if (thumb) {
        photo->thumb = g_strdup(thumb->file);
        photo->width = thumb->width;
        photo->height = thumb->height;
    }
    forget(board, event->gallery, event->photo);
    put_first(now->done, photo);
    now->published++;
    if (event->times)
        times_add(&now->times, event->times);
    now->last_success = photo->at;
}

static void add_failed(Board *board, const Event *event)
{
    SnapshotPhoto *photo = snapshot_photo_new(SNAPSHOT_FAILED, event->gallery, event->photo);
    photo->message = g_strdup(event->message);
    photo->wrong = g_strdup(notice_wrong(board->now->language, event->code));
    forget(board, event->gallery, event->photo);
    put_first(board->now->bad, photo);
    board->now->failed++;
}

void board_event(Board *board, const Event *event)
{
    Snapshot *now = board->now;
    if (event->type == EVENT_REMOVED)
        forget(board, event->gallery, event->photo);
    else if (!event->photo || event->type == EVENT_WARNING || event->type == EVENT_ARCHIVED)
        return;
    else
        drop(now->coming, event->gallery, event->photo);

    if (event->type == EVENT_PUBLISHED)
        add_published(board, event);
    else if (event->type == EVENT_FAILED)
        add_failed(board, event);
    else if (event->type == EVENT_WAITING) {
        SnapshotPhoto *photo = snapshot_photo_new(SNAPSHOT_ARRIVING, event->gallery, event->photo);
        photo->message = g_strdup(event->message);
        put_first(now->coming, photo);
        now->arriving++;
    } else if (event->type == EVENT_WITHDRAWN)
        forget(board, event->gallery, event->photo);
    now->queued = event->totals->left;
    touch(board);
}

/* ---- Rounds ---- */

static SnapshotPhoto *take(GPtrArray *list, const char *gallery, const char *photo)
{
    for (guint i = 0; i < list->len; i++) {
        const SnapshotPhoto *is = list->pdata[i];
        if (strcmp(is->gallery, gallery) == 0 && strcmp(is->photo, photo) == 0)
            return g_ptr_array_steal_index(list, i);
    }
    return NULL;
}

void board_look(Board *board, const InboxWork *work)
{
    Snapshot *now = board->now;
    g_autoptr(GPtrArray) before = g_steal_pointer(&now->coming);
    guint had = now->arriving;
    gboolean changed = FALSE;
    now->coming = snapshot_photos_new();
    now->arriving = 0;
    for (guint i = 0; work->waiting && i < work->all->len; i++) {
        const Gallery *gallery = work->all->pdata[i];
        for (guint k = 0; k < gallery->photos->len; k++) {
            const ScanFile *file = gallery->photos->pdata[k];
            if (!file->arriving || ++now->arriving > SNAPSHOT_MOST)
                continue;
            SnapshotPhoto *photo = take(before, gallery->path, file->name);
            changed = changed || !photo;
            g_ptr_array_add(now->coming,
                            photo ? photo : snapshot_photo_new(SNAPSHOT_ARRIVING, gallery->path, file->name));
        }
    }
    if (changed || before->len > 0 || now->arriving != had || g_get_monotonic_time() - board->shown > ALIVE)
        touch(board);
}

void board_arriving(Board *board, guint arriving)
{
    if (board->now->arriving != arriving)
        touch(board);
    board->now->arriving = arriving;
}

/* What was not done is for another round; what failed and is no longer there needs no mending. */
void board_end_round(Board *board, const Inbox *inbox)
{
    GPtrArray *coming = board->now->coming, *bad = board->now->bad;
    for (guint i = coming->len; i-- > 0;)
        if (((const SnapshotPhoto *)coming->pdata[i])->state != SNAPSHOT_ARRIVING)
            g_ptr_array_remove_index(coming, i);
    for (guint i = bad->len; i-- > 0;) {
        const SnapshotPhoto *photo = bad->pdata[i];
        if (!inbox_is_open(inbox, photo->gallery, photo->photo))
            g_ptr_array_remove_index(bad, i);
    }
    touch(board);
}

/* ---- Beginning and end ---- */

static char *state_path(const char *out, const char *name)
{
    return g_build_filename(out, PUBLISH_STATE_FOLDER, name, NULL);
}

static Snapshot *read_state(const char *out, GError **error)
{
    g_autofree char *path = state_path(out, STATE), *shown = file_show(path);
    struct stat st;
    if (stat(path, &st) < 0 && (errno == ENOENT || errno == ENOTDIR))
        return NULL;
    g_autoptr(GBytes) bytes = file_read(path, LARGEST, NULL, NULL, error);
    if (!bytes)
        g_prefix_error(error, "%s ", shown);
    return bytes ? snapshot_read(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
}

/* Those who ask hold it for a moment only. Without it, the desk is taken to be not at work. */
static int take_lock(const char *out)
{
    g_autofree char *path = state_path(out, LOCK);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    while (lock >= 0 && flock(lock, LOCK_EX) < 0 && errno == EINTR)
        ;
    return lock;
}

void board_speak(Board *board, const char *language)
{
    g_free(board->now->language);
    board->now->language = g_strdup(language);
    touch(board);
}

void board_hindered(Board *board, SnapshotLack lack, const char *message)
{
    if (snapshot_hinder(board->now, lack, message))
        touch(board);
}

gboolean board_may_begin(const char *out, GError **error)
{
    g_autofree char *path = g_build_filename(out, PUBLISH_DESK, NULL);
    g_autoptr(GBytes) head = file_read_head(path, HEAD, NULL);
    if (!head || live_is_ours(g_bytes_get_data(head, NULL), g_bytes_get_size(head)))
        return TRUE;
    g_autofree char *shown = file_show(path);
    g_set_error(
        error, PHOTODESK_ERROR, PHOTODESK_ERROR_OUTPUT,
        "%s is another program's and would be replaced; move it away, or publish into a folder of its own",
        shown);
    return FALSE;
}

Board *board_new(const BoardOptions *options, const char *language)
{
    Board *board = g_new0(Board, 1);
    board->options = *options;
    board->state = g_build_filename(options->out, PUBLISH_STATE_FOLDER, NULL);
    board->lock = take_lock(options->out);
    Snapshot *before = read_state(options->out, NULL);
    Snapshot *now = board->now = before ? before : snapshot_new();
    g_ptr_array_set_size(now->coming, 0);
    now->began = g_get_real_time();
    now->process = getpid();
    now->ended = FALSE;
    now->published = now->failed = now->arriving = now->queued = 0;
    now->times = (Times){ 0 };
    (void)snapshot_hinder(now, SNAPSHOT_NO_LACK, NULL);
    board_speak(board, language);
    show(board);
    return board;
}

void board_free(Board *board)
{
    if (!board)
        return;
    board->now->ended = TRUE;
    show(board);
    (void)give_room(board);
    if (board->lock >= 0)
        close(board->lock);
    snapshot_free(board->now);
    g_free(board->state);
    g_free(board);
}

/* ---- Asking ---- */

gboolean board_is_at_work(const char *out)
{
    g_autofree char *path = state_path(out, LOCK);
    int lock = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (lock < 0)
        return FALSE;
    gboolean locked = flock(lock, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    close(lock);
    return locked;
}

Snapshot *board_read(const char *out, gboolean *running, GError **error)
{
    Snapshot *snapshot = read_state(out, error);
    *running = snapshot && board_is_at_work(out);
    return snapshot;
}
