/* SPDX-License-Identifier: Apache-2.0 */
/* Where the daemon is, and the way there. The client's rpc.c is its only user. */
#pragma once

#include "common/err.h"

#include <sys/types.h>

/* A connected stream socket in *ret_fd. socket: path, or NULL for $SME_SOCKET's successors: the
 * system's socket, then the user's. While nobody listens it is tried again until patience_ms has
 * passed. */
int rpc_connect_local(const char *socket, int patience_ms, int *ret_fd, struct err *e);
/* The same through ssh; *ret_child is to be waited for. */
int rpc_connect_ssh(const char *host, int *ret_fd, pid_t *ret_child, struct err *e);
