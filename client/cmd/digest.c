/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/helper.h"

/* The helper parses the same words with the same tables. */
int cmd_due_digest(struct client *c, struct args *args, struct err *e)
{
    return cmd_helper_become(c, "sme-ctl-digest", args->line, args->n_line, e);
}
