-- A file is its digest; a name belongs to one file for ever, so that an old edition shows what it showed.
CREATE TABLE media (
    digest TEXT NOT NULL PRIMARY KEY,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL
);

CREATE TABLE media_names (
    name TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL REFERENCES media (digest)
);
