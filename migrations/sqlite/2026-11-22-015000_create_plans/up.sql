-- What a unit plans to disclose in a year, version by version: a change is a new one, for changes are disclosed again. Each
-- has its row in the log, at position.
CREATE TABLE plans (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit_id BIGINT NOT NULL REFERENCES units (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    -- JSON, as the program that wrote it says.
    items TEXT NOT NULL,
    note TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (unit_id, year, number)
);
CREATE TRIGGER plans_are_not_edited BEFORE UPDATE ON plans BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;
CREATE TRIGGER plans_are_not_cut BEFORE DELETE ON plans BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;
