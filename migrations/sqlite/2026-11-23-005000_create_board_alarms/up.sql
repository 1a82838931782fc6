-- What was not well at a board, from when to when.
CREATE TABLE board_alarms (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    board_id BIGINT NOT NULL REFERENCES boards (id),
    -- `silent`, `clock`, `ill`, `stale`, `dark`, `version-other`, `urgent`.
    what TEXT NOT NULL,
    -- Of `urgent`: the posting that was not on the screen within its limit.
    document_id BIGINT REFERENCES documents (id),
    -- Of `ill`: the fault in a word.
    fault TEXT NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    cleared_at TIMESTAMP
);
CREATE INDEX board_alarms_by_board ON board_alarms (board_id, id);
CREATE INDEX board_alarms_open ON board_alarms (board_id) WHERE cleared_at IS NULL;
-- Whether an address is told of the alarms of its unit's boards, too.
ALTER TABLE webhooks ADD COLUMN tells_boards BOOLEAN NOT NULL DEFAULT FALSE;
