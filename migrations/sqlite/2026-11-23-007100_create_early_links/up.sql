-- A secret link for one named person to what waits for its hour. The store keeps its digest.
CREATE TABLE early_links (
    digest TEXT NOT NULL PRIMARY KEY,
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    name TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX early_links_by_edition ON early_links (edition_id);
-- That it was opened: who saw figures before everybody did is for the office to know for ever.
CREATE TABLE early_openings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL REFERENCES early_links (digest),
    -- page, or the ending of a file.
    what TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX early_openings_by_link ON early_openings (digest, id);
CREATE TRIGGER early_openings_are_not_edited BEFORE UPDATE ON early_openings BEGIN SELECT RAISE(ABORT, 'early openings are append-only'); END;
CREATE TRIGGER early_openings_are_not_cut BEFORE DELETE ON early_openings BEGIN SELECT RAISE(ABORT, 'early openings are append-only'); END;
