-- SPDX-License-Identifier: Apache-2.0
-- How far the steps of an upgrade that are written in C are: where the next part goes on, and when the last one ended.
CREATE TABLE upgrade (
    migration   INTEGER NOT NULL,
    step        TEXT NOT NULL,
    after       INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    finished_at TEXT,
    PRIMARY KEY (migration, step)
) STRICT, WITHOUT ROWID;
