/* SPDX-License-Identifier: Apache-2.0 */
/* Mail messages: composed so that no name or address can add a header, and passed to sendmail by a fixed command. */
#pragma once

#include "common/buf.h"
#include "common/err.h"

struct mail {
    const char *from, *to; /* addresses accepted by mail_is_address() */
    const char *subject;   /* UTF-8; control characters become spaces */
    const char *body;      /* UTF-8, lines ended by LF */
    struct instant now;
};

/* Whether it is a single plain address, local@domain, with nothing special to a header or command. */
bool mail_is_address(const char *text);
/* Appends the message with its headers (RFC 5322, MIME). */
void mail_compose(const struct mail *m, struct buf *out);
/* Runs `program -t -i` with the message as input. ERR_INTERNAL says how it ended. */
int mail_send(const char *program, const struct buf *message, struct err *e);
/* SME_SENDMAIL if set, else /usr/sbin/sendmail if executable, else NULL: no mail is sent. */
const char *mail_program(void);
