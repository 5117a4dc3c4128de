/* SPDX-License-Identifier: Apache-2.0 */
/* Messages by mail: composed so that no name or address can add a header, and handed to sendmail by a fixed command. */
#pragma once

#include "common/buf.h"
#include "common/err.h"

struct mail {
    const char *from, *to; /* addresses that mail_is_address() */
    const char *subject;   /* UTF-8; control characters become blanks */
    const char *body;      /* UTF-8, lines ended by LF */
    struct instant now;
};

/* Whether it is one plain address, local@domain, and nothing that a header or a command could mistake for more. */
bool mail_is_address(const char *text);
/* Appends the message with its headers (RFC 5322, MIME). */
void mail_compose(const struct mail *m, struct buf *out);
/* Runs `program -t -i` with the message as its input. ERR_INTERNAL tells how it ended. */
int mail_send(const char *program, const struct buf *message, struct err *e);
/* SME_SENDMAIL, where it is set; else /usr/sbin/sendmail where that can be run; NULL: no mail is sent. */
const char *mail_program(void);
