-- Where postings hang. A place is never deleted: what hung there is told by it.
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES units (id),
    -- Its name in files: given once.
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    location TEXT NOT NULL,
    -- Who looks after it: for the desk only.
    keeper TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- Shown and printed at the desk, so it is kept as it is.
    code TEXT NOT NULL UNIQUE,
    opened_on DATE NOT NULL,
    closed_on DATE,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX places_by_unit ON places (unit_id, slug);
