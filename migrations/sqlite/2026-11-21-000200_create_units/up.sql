-- A code is not an identity: codes were reused in 2025. An unknown start is stored as 0001-01-01.
CREATE TABLE units (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    name TEXT NOT NULL,
    rank TEXT NOT NULL,
    parent_id BIGINT REFERENCES units (id),
    label TEXT NOT NULL UNIQUE,
    sample BOOLEAN NOT NULL,
    UNIQUE (code, valid_from)
);
CREATE INDEX units_by_parent ON units (parent_id);

CREATE TABLE unit_changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    old_unit_id BIGINT NOT NULL REFERENCES units (id),
    new_unit_id BIGINT REFERENCES units (id),
    extent TEXT NOT NULL,
    effective DATE NOT NULL,
    UNIQUE (old_unit_id, new_unit_id, effective)
);
CREATE INDEX unit_changes_by_new ON unit_changes (new_unit_id);
