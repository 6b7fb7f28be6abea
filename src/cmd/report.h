/* How a run is told to whoever started it: a person at a terminal, a log, or a program.
 *
 * Standard error has what a person reads: on a terminal one line of progress that is rewritten, with photos,
 * rate and time left; elsewhere a plain line a photo; warnings and failures always. Standard output has the
 * summary line, or with JSON one object a line, as docs/events.schema.json has it. In a job of GitHub
 * Actions, warnings and failures stand on standard error as its annotations, too. */
#pragma once

#include <glib.h>

#include "desk/run.h"

typedef struct {
    gboolean json, quiet;
    gboolean explain;  /* tell the reason of each photo */
    gboolean dry;      /* nothing is done: the last line says what would be */
    gboolean terminal; /* standard error is one */
    gboolean github;   /* this is a job of GitHub Actions */
    gboolean started;  /* a run has looked at its photos, so that there is something to sum up */
    int lost;          /* errno of the first line that standard output did not take, or 0 */
    gint64 began;      /* monotonic, us */
} Report;

/* From here on, a reader of standard output that goes away ends no run. */
void report_init(Report *report, gboolean json, gboolean quiet);

/* To be RunOptions.on_event, with the Report as user. */
void report_event(const Event *event, gpointer report);

/* A failure outside of any gallery: a source that is not there. */
void report_problem(Report *report, const char *message);

/* The last line. error is what ended the run, or NULL: JSON has it in that line; people are told by the
 * caller, and get no last line where no run has started. FALSE, and told on standard error, where standard
 * output did not take a line. */
gboolean report_finish(Report *report, const RunTotals *totals, const GError *error);
