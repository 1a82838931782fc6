-- Spreadsheets that somebody is making figures of: one for each text and person.
CREATE TABLE intakes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    person_id BIGINT NOT NULL REFERENCES persons (id),
    -- As its sender calls it.
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    -- JSON: what was said of its rows and columns so far; empty before it was looked at.
    answers TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (document_id, person_id)
);
-- What was said of a file of this shape last, for the next.
CREATE TABLE sheet_shapes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit_id BIGINT REFERENCES units (id),
    shape TEXT NOT NULL,
    answers TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX sheet_shapes_by_shape ON sheet_shapes (shape, at);
