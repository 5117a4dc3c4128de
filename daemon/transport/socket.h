/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket: handed over by systemd, or our own. Before the loop runs. */
#pragma once

#include "common/err.h"

/* A Unix stream socket that listens, given by socket activation; -1 in *ret when there is none.
 * Anything else that was given is an error. */
int socket_inherited(int *ret, struct err *e);
/* Binds path, for our user alone. One left behind by a daemon that is gone is replaced; one that
 * still answers is ERR_EXISTS. */
int socket_bind(const char *path, int *ret, struct err *e);
