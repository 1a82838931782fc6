-- Whom an act reaches: one row for each circle of those who see it, and not one for each of them. It follows the log and
-- can be made again from it.
CREATE TABLE reaches (
    -- `own:12`, `below:12`, `to:99001`, `at:99001`, `news:12`, `all`
    scope TEXT NOT NULL,
    -- Of the act in the log.
    position BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    act TEXT NOT NULL,
    document_id BIGINT,
    number INTEGER,
    -- From when anybody may know of it: what begins later counts later.
    counts_from TIMESTAMP NOT NULL,
    -- It is told to nobody before it begins.
    held_back BOOLEAN NOT NULL,
    PRIMARY KEY (scope, position)
);
CREATE INDEX reaches_by_time ON reaches (scope, at, position);
CREATE INDEX reaches_by_document ON reaches (document_id, position);
