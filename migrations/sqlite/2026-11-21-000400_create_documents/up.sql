CREATE TABLE documents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (kind, slug)
);

CREATE TABLE former_slugs (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (kind, slug)
);

-- The words of an edition: written once, never edited.
CREATE TABLE revisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    made_at TIMESTAMP NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    facts TEXT NOT NULL,
    files TEXT NOT NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    digest TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX revisions_by_document ON revisions (document_id);

-- shown_from and shown_until are what the terms come to (edition::terms); 9999-12-31 is never.
CREATE TABLE editions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    kind TEXT NOT NULL,
    unit_id BIGINT REFERENCES units (id),
    section TEXT NOT NULL,
    state TEXT NOT NULL,
    dated_at TIMESTAMP NOT NULL,
    day_only BOOLEAN NOT NULL,
    month INTEGER NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP,
    superseded_at TIMESTAMP,
    withdrawn_at TIMESTAMP,
    withdrawn_reason TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    change_note TEXT NOT NULL,
    shown_from TIMESTAMP NOT NULL,
    shown_until TIMESTAMP NOT NULL,
    UNIQUE (document_id, number)
);
-- What a list asks is answered from its index alone; the last two columns say what is visible.
CREATE INDEX editions_by_kind ON editions (kind, dated_at, document_id, shown_from, shown_until);
CREATE INDEX editions_by_section ON editions (kind, section, dated_at, document_id, shown_from, shown_until);
CREATE INDEX editions_by_unit ON editions (kind, unit_id, dated_at, document_id, shown_from, shown_until);
CREATE INDEX editions_by_month ON editions (kind, month, dated_at, document_id, shown_from, shown_until);
CREATE INDEX editions_by_start ON editions (shown_from);
CREATE INDEX editions_by_end ON editions (shown_until);

CREATE TABLE revision_media (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    digest TEXT NOT NULL REFERENCES media (digest),
    PRIMARY KEY (revision_id, digest)
);
CREATE INDEX revision_media_by_digest ON revision_media (digest);
CREATE INDEX editions_by_revision ON editions (revision_id);

CREATE TRIGGER revisions_are_not_edited BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revisions_are_not_cut BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
