/* What a service manager wants to know, by the protocol of sd_notify(3): a datagram to the socket that
 * NOTIFY_SOCKET names. Without one, nobody is told. */
#pragma once

#include <glib.h>

/* READY=1, STOPPING=1: best effort, as the manager's own library does it. */
void service_tell(const char *state);

/* How often WATCHDOG=1 is to be told, us: half of WATCHDOG_USEC, where that is meant for this process; 0:
 * never. */
gint64 service_watchdog(void);
