-- Whom a unit has told, by an address of theirs, when its bulletin changes.
CREATE TABLE webhooks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit_id BIGINT NOT NULL REFERENCES units (id),
    url TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    paused_at TIMESTAMP,
    -- How far in the change feed it was told: the position of an act, and Unix seconds.
    told_after BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    -- Since when no try has been taken; NULL when the last one was.
    failing_since TIMESTAMP
);
CREATE INDEX webhooks_by_unit ON webhooks (unit_id);
-- What each is sent: a row before it is sent, so that nothing that ends the program loses it.
CREATE TABLE deliveries (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
    -- The webhook-id: one for all tries.
    name TEXT NOT NULL UNIQUE,
    -- The exact bytes that are signed.
    body TEXT NOT NULL,
    -- How many events it tells; 0 for a trial.
    events INTEGER NOT NULL,
    -- Sent beside the others, which wait for each other: a trial, or once more.
    is_beside BOOLEAN NOT NULL,
    made_at TIMESTAMP NOT NULL,
    -- waiting, delivered or given_up.
    state TEXT NOT NULL,
    -- From when its three days count.
    began_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    -- The year 9999 while it waits for the one before it.
    next_at TIMESTAMP NOT NULL,
    -- Somebody sends it until then.
    claimed_until TIMESTAMP,
    last_at TIMESTAMP,
    -- Of the last answer; 0 where there was none.
    last_status INTEGER NOT NULL,
    -- Why there was none, in a word; empty where there was one.
    last_error TEXT NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (state, next_at);
CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, id);
CREATE INDEX deliveries_by_age ON deliveries (made_at);
