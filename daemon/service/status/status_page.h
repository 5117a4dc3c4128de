/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of lists by code and edition. Their cursor is "CODE EDITION". */
#pragma once

#include "daemon/service/call/call.h"

/* Where the list continues; both empty at its start. */
int status_page_after(struct call *call, const struct page_options *options, const char **ret_code,
                      const char **ret_edition);
/* Removes the extra row; code and edition are those of the row before it. */
int status_page_cut(struct call *call, const char *code, const char *edition, struct page *rows);
