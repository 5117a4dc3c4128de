/* SPDX-License-Identifier: Apache-2.0 */
/* What systemd is told of the service's state (Type=notify), over its datagram socket. */
#pragma once

#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=...". Without a service manager nothing happens. */
void notify_send(const char *state);
/* How often the watchdog wants to hear of us at the latest; 0 when there is none. */
uint64_t notify_watchdog_ms(void);
