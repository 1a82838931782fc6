-- Machines at notice boards: each known by a key of its own, paired by somebody at the desk with a code that it showed.
CREATE TABLE boards (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Base64 of 32 bytes (Ed25519), and the first 16 hexadecimal digits of its SHA-256.
    public TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    -- Whose bulletin it shows.
    unit_code TEXT NOT NULL,
    -- What its screen shows until it is paired; empty afterwards.
    code TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    -- Where it stands.
    place_id BIGINT REFERENCES places (id),
    paired_at TIMESTAMP,
    paired_by TEXT NOT NULL,
    unpaired_at TIMESTAMP,
    -- Of its last report: the count that each raises, when it came, and what it told of itself.
    count BIGINT NOT NULL,
    heard_at TIMESTAMP,
    told TEXT NOT NULL,
    -- What was in its round then, which is long: apart, so that nobody reads it who only asks how boards are.
    showing TEXT NOT NULL,
    -- When it is to be seen, each day, in minutes after midnight of Viet Nam.
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL
);
CREATE INDEX boards_by_unit ON boards (unit_code);
CREATE INDEX boards_by_place ON boards (place_id);
