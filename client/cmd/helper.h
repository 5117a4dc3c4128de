/* SPDX-License-Identifier: Apache-2.0 */
/* Helper programs: what needs a library that sme-ctl does not link. They are beside it, and named sme-ctl-NAME. */
#pragma once

#include "client/cmd/cmd.h"

/* Runs a helper program with input as its standard input and the file output as its standard output, and waits. */
int cmd_helper_feed(struct client *c, const char *name, const struct buf *input, int output, struct err *e);
/* Runs it with these n words and takes what it prints, in *ret, which the caller ends. A helper that begins with '!'
 * says what is wrong with its words: ERR_INVALID_PARAM. */
int cmd_helper_ask(struct client *c, const char *name, char **words, int n, struct buf *ret, struct err *e);
/* Becomes the helper program with these n words; ERR_INTERNAL if it is nowhere. */
int cmd_helper_become(struct client *c, const char *name, char **words, int n, struct err *e);
