-- What a unit announces that it will publish, version by version: a date that is moved stays beside the new one, with the reason.
-- Each has its row in the log, at position.
CREATE TABLE releases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit_id BIGINT NOT NULL REFERENCES units (id),
    -- What tells it from the unit's others, for ever.
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    -- Of reports; empty for what continues none.
    series TEXT NOT NULL,
    planned_at TIMESTAMP NOT NULL,
    day_only BOOLEAN NOT NULL,
    -- provisional, confirmed or cancelled.
    standing TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (unit_id, name, number)
);
CREATE INDEX releases_by_planned ON releases (planned_at);
CREATE TRIGGER releases_are_not_edited BEFORE UPDATE ON releases BEGIN SELECT RAISE(ABORT, 'releases are append-only'); END;
CREATE TRIGGER releases_are_not_cut BEFORE DELETE ON releases BEGIN SELECT RAISE(ABORT, 'releases are append-only'); END;
