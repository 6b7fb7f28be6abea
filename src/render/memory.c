#include "render/memory.h"

#include <glib.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((gsize)2 << 20) /* bytes; as most processors have them */
#define ROOM ((gsize)64 << 20)      /* that a photo of a camera takes; what is not touched costs nothing */

void memory_keep_freed(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, G_MAXINT);
    (void)mallopt(M_TRIM_THRESHOLD, G_MAXINT);
}

/* The heap grows by this room, which malloc() then gives out piece by piece. */
void memory_in_large_pages(void)
{
    memory_keep_freed();
    guint8 *room = malloc(ROOM);
    if (!room)
        return;
    gsize before = LARGE_PAGE - (guintptr)room % LARGE_PAGE;
    (void)madvise(room + before, ROOM - LARGE_PAGE, MADV_HUGEPAGE);
    free(room);
}
