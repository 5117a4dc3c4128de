-- SPDX-License-Identifier: Apache-2.0
-- The code of each coded thing in the form in which codes are compared; noun is the table of the thing. Filled for what
-- is there by the upgrade in C.
CREATE TABLE folded_code (
    noun   TEXT NOT NULL,
    id     INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (noun, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX folded_code_folded ON folded_code (noun, folded, id);
