/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the store: the internals of a store and a statement. sqlgen generates the queries. */
#pragma once

#include "daemon/store/driver.h"

enum { STORE_SCHEMA = 64 };

struct stmt {
    struct store *store;
    struct driver_statement *handle; /* prepared on first use, cached */
    const struct query *query;
    bool in_use, done;
    struct err err; /* the first failure since the statement was started */
};

struct store {
    const struct driver *driver;
    struct driver_connection *connection;
    enum store_mode mode;
    char *path;
    char schema[STORE_SCHEMA];
    int64_t rows;             /* stepped to so far */
    struct stmt statements[]; /* [0] is that of no query */
};

enum value_type stmt_type(const struct stmt *q, int i);

extern const struct query *const store_queries[]; /* by index; [0] is NULL */
extern const size_t store_query_count;            /* with [0] */
