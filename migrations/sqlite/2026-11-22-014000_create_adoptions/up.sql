-- What a unit does with a text that comes to it from elsewhere: a line of its own, that it does not hang it and why, that it
-- does again. Each has its row in the log, at position; the last of a kind counts.
CREATE TABLE adoptions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    unit_id BIGINT NOT NULL REFERENCES units (id),
    act TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX adoptions_by_unit ON adoptions (unit_id, document_id, at, id);
CREATE INDEX adoptions_by_document ON adoptions (document_id, at, id);
CREATE TRIGGER adoptions_are_not_edited BEFORE UPDATE ON adoptions BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;
CREATE TRIGGER adoptions_are_not_cut BEFORE DELETE ON adoptions BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;
