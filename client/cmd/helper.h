/* SPDX-License-Identifier: Apache-2.0 */
/* Helper programs do what needs a library that sme-ctl does not link. They are installed beside it as sme-ctl-NAME. */
#pragma once

#include "client/cmd/cmd.h"

/* Runs a helper program with the given standard input and output, and waits for it. */
int cmd_helper_feed(struct client *c, const char *name, const struct buf *input, int output, struct err *e);
/* Runs it with these n words and puts its output in *ret, which the caller ends. Output that begins with '!' says what
 * is wrong with the words: ERR_INVALID_PARAM. */
int cmd_helper_ask(struct client *c, const char *name, char **words, int n, struct buf *ret, struct err *e);
/* Becomes the helper program with these n words; ERR_INTERNAL if it is not found. */
int cmd_helper_become(struct client *c, const char *name, char **words, int n, struct err *e);
