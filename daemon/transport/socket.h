/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket: passed by systemd, or our own. Before the loop runs. */
#pragma once

#include "common/err.h"

/* The listening Unix stream socket from socket activation; -1 in *ret if there is none. Anything else passed is an
 * error. */
int socket_inherited(int *ret, struct err *e);
/* Binds path, accessible only to our user. Replaces a stale socket; one that still answers is ERR_EXISTS. */
int socket_bind(const char *path, int *ret, struct err *e);
