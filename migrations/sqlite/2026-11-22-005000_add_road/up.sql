-- What the desk keeps of an edition. Rows from before have none of it, and their seals stay what they were.
ALTER TABLE editions ADD COLUMN minor BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE editions ADD COLUMN urgent TEXT NOT NULL DEFAULT '';
ALTER TABLE editions ADD COLUMN drafted_by TEXT NOT NULL DEFAULT '';
CREATE INDEX editions_by_state ON editions (state, id);
CREATE INDEX editions_by_urgency ON editions (urgent, id);
CREATE INDEX editions_by_drafter ON editions (drafted_by, state);

-- Who moved a text along, and why. Each has its row in the log, at position.
CREATE TABLE steps (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    name TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    note TEXT NOT NULL,
    seal TEXT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX steps_by_edition ON steps (edition_id, id);
CREATE INDEX steps_by_actor ON steps (actor, id);
CREATE INDEX steps_by_revision ON steps (revision_id);

-- What the desk's list asks of a text: of its newest edition that was not thrown away. The title without marks is
-- filled by the program, which alone can fold it.
ALTER TABLE documents ADD COLUMN touched_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
ALTER TABLE documents ADD COLUMN newest_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN newest_id BIGINT;
ALTER TABLE documents ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN unit_id BIGINT;
ALTER TABLE documents ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN drafted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN folded TEXT;
UPDATE documents SET
    touched_at = COALESCE((SELECT MAX(made_at) FROM revisions WHERE revisions.document_id = documents.id), created_at),
    newest_number = COALESCE((SELECT MAX(number) FROM editions WHERE editions.document_id = documents.id), 0);
UPDATE documents SET newest_id = (SELECT id FROM editions WHERE document_id = documents.id AND number = newest_number);
UPDATE documents SET
    state = (SELECT state FROM editions WHERE editions.id = newest_id),
    unit_id = (SELECT unit_id FROM editions WHERE editions.id = newest_id),
    section = (SELECT section FROM editions WHERE editions.id = newest_id)
WHERE newest_id IS NOT NULL;
-- The first holds all that a search looks through.
CREATE INDEX documents_by_touch ON documents (touched_at, id, kind, state, unit_id, section, drafted_by, folded);
CREATE INDEX documents_by_title ON documents (folded, id);
CREATE INDEX documents_by_state ON documents (state, touched_at, id);
CREATE INDEX documents_by_unit ON documents (unit_id, touched_at, id);
CREATE INDEX documents_by_section ON documents (section, touched_at, id);
CREATE INDEX documents_by_drafter ON documents (drafted_by, touched_at, id);

-- Below: no history, and no event of the log. Who has a text open; what was typed and could not be saved; links to
-- drafts, by the digest of their secret.
CREATE TABLE presence (
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    person_id BIGINT NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (edition_id, person_id)
);
CREATE INDEX presence_by_time ON presence (seen_at);

CREATE TABLE held (
    person_id BIGINT NOT NULL,
    address TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, address)
);
CREATE INDEX held_by_time ON held (at);

CREATE TABLE shares (
    digest TEXT NOT NULL PRIMARY KEY,
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    made_by TEXT NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
CREATE INDEX shares_by_edition ON shares (edition_id);

CREATE TRIGGER steps_are_not_edited BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
CREATE TRIGGER steps_are_not_cut BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
