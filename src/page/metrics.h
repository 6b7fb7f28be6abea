/* metrics.prom: a photo desk in numbers, in Prometheus' text format, for node_exporter's textfile collector.
 * Counters begin at 0 with the desk, as Prometheus expects of a process; the time of the last success lasts.
 */
#pragma once

#include "page/snapshot.h"

/* Free with g_free(). */
char *metrics_text(const Snapshot *desk);
