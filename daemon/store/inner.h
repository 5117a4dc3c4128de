/* What store.c, stmt.c and migrate.c share: the inside of a store and of a statement. */
#pragma once

#include "daemon/store/driver.h"

enum { STORE_SCHEMA = 64 };

struct stmt {
    struct store *store;
    struct driver_statement *handle; /* prepared at first use, kept */
    enum query_id id;
    bool in_use, done;
    struct err err; /* the first failure since the statement was started */
};

struct store {
    const struct driver *driver;
    struct driver_connection *connection;
    enum store_mode mode;
    char *path;
    char schema[STORE_SCHEMA];
    int64_t rows; /* stepped to so far */
    struct stmt statements[QUERY_COUNT];
};
