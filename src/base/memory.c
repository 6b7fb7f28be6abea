#include "base/memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define LARGE_PAGE ((gsize)2 << 20)  /* bytes; as most processors have them */
#define LARGE_BLOCK (LARGE_PAGE / 4) /* bytes; a smaller one would have more cleared than it uses */
#define LARGE_PHOTO 1000000          /* pixels; likewise */
#define ROOM ((gsize)256 << 20)      /* that a photo of a telephone, in HEIC, takes twice over */
#define CHANNELS 3                   /* of most pictures that are held whole, at a byte each */

static void populate(guint8 *memory, gsize size)
{
    gsize page = (gsize)sysconf(_SC_PAGESIZE);
    gsize before = (page - (guintptr)memory % page) % page;
    if (size > before)
        (void)madvise(memory + before, size - before, MADV_POPULATE_WRITE);
}

gpointer memory_new(gsize size)
{
    gsize whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    gpointer block = size >= LARGE_BLOCK ? aligned_alloc(LARGE_PAGE, whole) : NULL;
    if (block)
        (void)madvise(block, whole, MADV_HUGEPAGE);
    else
        block = g_malloc(size);
    populate(block, size);
    return block;
}

/* No more than half of what the process may take: the rest is for what malloc() does not give out, as the
 * stacks of threads. */
static gsize find_room(void)
{
    struct rlimit most;
    return getrlimit(RLIMIT_DATA, &most) == 0 ? MIN(ROOM, most.rlim_cur / 2) : ROOM;
}

/* The heap grows by this room, which malloc() then gives out piece by piece: what is not touched costs
 * nothing. What lies before the first large page stays taken. */
static void make_room(void)
{
    static guint8 *taken;
    gsize size = find_room();
    guint8 *room = size > LARGE_PAGE ? malloc(size) : NULL;
    if (!room)
        return;
    gsize before = LARGE_PAGE - (guintptr)room % LARGE_PAGE;
    (void)madvise(room + before, size - LARGE_PAGE, MADV_HUGEPAGE);
    taken = realloc(room, before);
    if (!taken)
        taken = room;
}

void memory_prepare(guint64 pixels)
{
    if (pixels * CHANNELS > find_room())
        return;
    (void)mallopt(M_MMAP_THRESHOLD, G_MAXINT);
    (void)mallopt(M_TRIM_THRESHOLD, G_MAXINT);
    (void)mallopt(M_ARENA_MAX, 1); /* threads, too, take what is there, not heaps of their own */
    if (pixels >= LARGE_PHOTO)
        make_room();
}
