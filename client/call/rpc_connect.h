/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the daemon and connects to it. Used only by rpc.c. */
#pragma once

#include "common/err.h"

#include <sys/types.h>

/* A connected stream socket in *ret_fd. socket: path, or NULL for the default ones: the system's socket, then the
 * user's. While nobody listens, retries until patience_ms has passed. */
int rpc_connect_local(const char *socket, int patience_ms, int *ret_fd, struct err *e);
/* The same through ssh; the caller waits for *ret_child. */
int rpc_connect_ssh(const char *host, int *ret_fd, pid_t *ret_child, struct err *e);
