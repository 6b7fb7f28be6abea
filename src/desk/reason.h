/* Why a photo is, or is not, done again: for a person who asks, and for a log. */
#pragma once

#include <glib.h>

#include "desk/former.h"

typedef struct {
    gboolean known;                          /* it was made before */
    gboolean forced;                         /* all are to be done again */
    const Former *own;                       /* what was published of it, or NULL */
    const char *damage;                      /* what is wrong with that, or NULL */
    const char *focus;                       /* that captions.csv names now; "" for none */
    int lead;                                /* 1: it has become the lead; -1: it is so no longer */
    char *const *base;                       /* what all photos of the run share: recipe.h */
    gboolean bytes_changed, sidecar_changed; /* of the photo; of its XMP sidecar */
    GVariant *entry;                         /* its manifest entry as it is now */
    const char *moved;                       /* the photo whose files serve it, or NULL */
} ReasonFacts;

/* One line such as "credit changed: A -> B; file changed", or "new". Free with g_free(). */
char *reason_tell(const ReasonFacts *facts);
