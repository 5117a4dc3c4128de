-- The days on which things became known, where they can be said ahead: an appointment from a coming day, its end on
-- one. NULL in what is older: known from its day on.
ALTER TABLE appointment ADD COLUMN appointed_on TEXT;
ALTER TABLE appointment ADD COLUMN released_on TEXT;

-- From when an intervention was known; NULL in what is older: since it was given.
ALTER TABLE intervention ADD COLUMN recorded_on TEXT;

-- An intervention as it was until a day: the packed record with its parts, kept before a step changes it.
CREATE TABLE intervention_past (
    intervention_id INTEGER NOT NULL REFERENCES intervention (id),
    number          INTEGER NOT NULL,
    until_on        TEXT NOT NULL, -- the first day it was otherwise
    detail          BLOB NOT NULL,
    PRIMARY KEY (intervention_id, number)
) STRICT, WITHOUT ROWID;

-- From when it was known that an enterprise takes part; NULL in what is older: from the first.
ALTER TABLE participation ADD COLUMN since_on TEXT;
