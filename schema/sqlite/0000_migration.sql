-- Which migrations the database has: made before any of them, by every writer that does not find it.
CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL,
                                      applied_at TEXT NOT NULL)
