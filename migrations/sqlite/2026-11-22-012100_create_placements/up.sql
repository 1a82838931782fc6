-- What was done with one posting at one place, row by row: none is edited, a wrong one is struck by another.
CREATE TABLE placements (
    id INTEGER PRIMARY KEY,
    place_id BIGINT NOT NULL REFERENCES places (id),
    document_id BIGINT NOT NULL REFERENCES documents (id),
    -- Of the edition that is on the paper.
    number INTEGER NOT NULL,
    what TEXT NOT NULL,
    -- When it was done, as whoever did it says, and when we heard of it.
    at TIMESTAMP NOT NULL,
    received_at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    way TEXT NOT NULL,
    photo TEXT NOT NULL,
    note TEXT NOT NULL,
    strikes BIGINT REFERENCES placements (id),
    -- Whoever sends the same twice has done it once.
    key TEXT NOT NULL UNIQUE,
    -- Of its row in the log.
    position BIGINT NOT NULL
);
CREATE INDEX placements_by_document ON placements (document_id, place_id);
CREATE INDEX placements_by_place ON placements (place_id);
CREATE TRIGGER placements_are_not_edited BEFORE UPDATE ON placements BEGIN SELECT RAISE(ABORT, 'placements are append-only'); END;
CREATE TRIGGER placements_are_not_cut BEFORE DELETE ON placements BEGIN SELECT RAISE(ABORT, 'placements are append-only'); END;
