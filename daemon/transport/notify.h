/* SPDX-License-Identifier: Apache-2.0 */
/* Reports the service's state to systemd (Type=notify) over its datagram socket. */
#pragma once

#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=...". Does nothing without a service manager. */
void notify_send(const char *state);
/* The longest interval between signs of life that the watchdog accepts; 0 without a watchdog. */
uint64_t notify_watchdog_ms(void);
