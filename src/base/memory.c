#include "base/memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_PAGE ((gsize)2 << 20) /* bytes; as most processors have them */
#define ROOM ((gsize)64 << 20)      /* that a photo of a camera takes; what is not touched costs nothing */
#define LARGE 1000000 /* pixels; a smaller picture would have pages cleared that it never needs */

void memory_keep_freed(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, G_MAXINT);
    (void)mallopt(M_TRIM_THRESHOLD, G_MAXINT);
    (void)mallopt(M_ARENA_MAX, 1); /* threads, too, take what is there, not heaps of their own */
}

void memory_populate(gpointer memory, gsize size)
{
    gsize page = (gsize)sysconf(_SC_PAGESIZE);
    gsize before = (page - (guintptr)memory % page) % page;
    if (size > before)
        (void)madvise((guint8 *)memory + before, size - before, MADV_POPULATE_WRITE);
}

/* The heap grows by this room, which malloc() then gives out piece by piece. */
void memory_prepare(guint64 pixels)
{
    memory_keep_freed();
    guint8 *room = pixels >= LARGE ? malloc(ROOM) : NULL;
    if (!room)
        return;
    gsize before = LARGE_PAGE - (guintptr)room % LARGE_PAGE;
    (void)madvise(room + before, ROOM - LARGE_PAGE, MADV_HUGEPAGE);
    memory_populate(room, before);
    free(room);
}
