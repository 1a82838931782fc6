-- Bulletins of other portals that this one follows, with what was heard of each last.
CREATE TABLE sources (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Scheme and host.
    portal TEXT NOT NULL,
    -- Whose bulletin it is.
    unit_code TEXT NOT NULL,
    -- On whose board here it hangs.
    hangs_in TEXT NOT NULL,
    -- JSON: the keys that are trusted, and those that never will be again.
    trust TEXT NOT NULL,
    name TEXT NOT NULL,
    series TEXT NOT NULL,
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    -- Of the last timestamp, and of the last bulletin.
    issued_at TIMESTAMP NOT NULL,
    whole_issued_at TIMESTAMP NOT NULL,
    fresh_until TIMESTAMP NOT NULL,
    heard_at TIMESTAMP,
    -- Why the last try was for nothing, in a word of the protocol; empty when it was not.
    fault TEXT NOT NULL,
    failures INTEGER NOT NULL,
    stopped_at TIMESTAMP,
    UNIQUE (portal, unit_code, hangs_in)
);
-- What came from there: which text here is which text there.
CREATE TABLE followed (
    source_id BIGINT NOT NULL REFERENCES sources (id),
    item TEXT NOT NULL,
    document_id BIGINT NOT NULL REFERENCES documents (id),
    -- Of the last edition that was taken over.
    edition INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (source_id, item)
);
