/* The one error domain of photodesk.
 *
 * Every message is a whole sentence for a person: what happened, to which file, and what to do. Codes exist
 * only where a caller branches on them, or people are told what to do in their own language (desk/notice.h);
 * everything else is PHOTODESK_ERROR_FAILED. Those of one photo stand before PHOTODESK_ERROR_USAGE.
 */
#pragma once

#include <glib.h>

typedef enum {
    PHOTODESK_ERROR_FAILED,     /* this one photo, file or gallery failed; the run goes on */
    PHOTODESK_ERROR_NO_MEMORY,  /* this photo needs more memory than there is; whoever set the bound tells it
                                 */
    PHOTODESK_ERROR_INCOMPLETE, /* this photo is still arriving: another try may do better */
    PHOTODESK_ERROR_NO_CREDIT,  /* this photo names nobody */
    PHOTODESK_ERROR_UNCLEAR_CREDIT, /* its caption may name somebody, or may not */
    PHOTODESK_ERROR_MACHINE,   /* the machine or its disk failed, and no photo is to blame: another try may do
                                * better */
    PHOTODESK_ERROR_SETUP,     /* no photo is to blame, and no other try does better: the installation, a
                                * permission, a file that the preset names */
    PHOTODESK_ERROR_NOT_PHOTO, /* it is something else, or of no known format */
    PHOTODESK_ERROR_SPREADSHEET, /* likewise: what a spreadsheet program keeps its tables in */
    PHOTODESK_ERROR_FORMAT,      /* a picture in a format, or a form of one, that is not read */
    PHOTODESK_ERROR_TOO_LARGE,   /* more pixels, bytes, memory or time than a photo may take */
    PHOTODESK_ERROR_DAMAGED,     /* its decoder does not come to its end */
    PHOTODESK_ERROR_FOCUS,       /* the focus that captions.csv gives it is none */
    PHOTODESK_ERROR_LETTERS,     /* no font has a character of its credit */
    PHOTODESK_ERROR_TABLE,       /* captions.csv cannot be used, and so none of the photos beside it */
    PHOTODESK_ERROR_USAGE,       /* the command line or a preset is wrong: exit code 2 */
    PHOTODESK_ERROR_OUTPUT,      /* the output cannot be written at all: exit code 3 */
    PHOTODESK_ERROR_FULL,        /* the same, since its disk or quota is full */
    PHOTODESK_ERROR_INTERRUPTED, /* a signal asked the run to end */
    PHOTODESK_ERROR_BUSY,        /* another photodesk writes to the output */
} PhotodeskError;

#define PHOTODESK_ERROR photodesk_error_quark()
GQuark photodesk_error_quark(void);

/* Sets an error that ends in the text of errno value err. A full disk or quota becomes PHOTODESK_ERROR_FULL,
 * a read-only file system PHOTODESK_ERROR_OUTPUT, since no other photo can do better, what has nothing to do
 * with the file PHOTODESK_ERROR_MACHINE; the rest is PHOTODESK_ERROR_FAILED. Always returns FALSE, so that a
 * caller can return it. */
gboolean error_errno(GError **error, int err, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The code of an errno value, likewise. */
PhotodeskError error_code(int err);

/* Whether err says that a disk or quota is full. */
gboolean error_is_full(int err);

/* Whether the error is of the output, and so ends the run: PHOTODESK_ERROR_OUTPUT or PHOTODESK_ERROR_FULL. */
gboolean error_is_output(const GError *error);

/* Whether the error is one of a photo, and says what is wrong with it. */
gboolean error_is_photo(const GError *error);

/* Makes an error one of the output, where it is none: no photo is to blame for it, and no other one can do
 * better. A full disk stays one. Returns FALSE. */
gboolean error_blame_output(GError **error);

/* The same for one of the machine, where it is none of the output: the photo or gallery fails alone. */
gboolean error_blame_machine(GError **error);

/* Sets an error of the code and returns FALSE, likewise. */
gboolean error_set(GError **error, PhotodeskError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same with PHOTODESK_ERROR_FAILED. */
gboolean error_failed(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Sets a PHOTODESK_ERROR_NO_MEMORY and returns FALSE. */
gboolean error_no_memory(GError **error);
