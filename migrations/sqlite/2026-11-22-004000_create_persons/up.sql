-- People are never deleted, and a login is never given to anybody else.
CREATE TABLE persons (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- A PHC string; none until a one-time link has been followed.
    password_hash TEXT,
    totp_secret TEXT,
    -- The last step of 30 seconds whose code was taken: none is taken twice.
    totp_last_step BIGINT,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE grants (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    -- None: everywhere.
    unit_id BIGINT REFERENCES units (id),
    granted_by TEXT NOT NULL,
    granted_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX grants_once ON grants (person_id, role, COALESCE(unit_id, 0));
CREATE INDEX grants_by_unit ON grants (unit_id);

-- Only digests of what a browser holds.
CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    stage TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    -- Ended by its owner where it was; revoked by anything else.
    ended_at TIMESTAMP,
    revoked_at TIMESTAMP,
    address TEXT NOT NULL,
    household TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);

CREATE TABLE recovery_codes (
    person_id BIGINT NOT NULL REFERENCES persons (id),
    digest TEXT NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (person_id, digest)
);

-- One-time links. Nobody's: whoever follows it becomes the first person.
CREATE TABLE links (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    person_id BIGINT REFERENCES persons (id),
    ends_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX links_by_person ON links (person_id);

CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    -- Names of verbs, with spaces between.
    scope TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    ends_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX tokens_by_person ON tokens (person_id);

-- Failed attempts by what they are counted for, under a digest: no list of what people typed.
CREATE TABLE tries (
    key TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at TIMESTAMP NOT NULL,
    waits_until TIMESTAMP NOT NULL
);
CREATE INDEX tries_by_time ON tries (last_at);

CREATE TRIGGER persons_stay BEFORE DELETE ON persons BEGIN SELECT RAISE(ABORT, 'persons stay'); END;
CREATE TRIGGER logins_stay BEFORE UPDATE OF login ON persons BEGIN SELECT RAISE(ABORT, 'a login stays'); END;
