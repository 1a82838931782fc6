-- The public side of the keys that sign what goes out: each with who vouches for it. No private key is ever here.
CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    -- Base64 of 32 bytes.
    public TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    -- What it signs later than this is not taken.
    until TIMESTAMP,
    -- The key before it, and that key's signature; empty for the first, and for one that nobody could vouch for.
    endorsed_by TEXT NOT NULL,
    endorsement TEXT NOT NULL,
    revoked_at TIMESTAMP,
    revoked_by TEXT NOT NULL,
    revoked_reason TEXT NOT NULL,
    revocation TEXT NOT NULL
);
