ALTER TABLE webhooks DROP COLUMN tells_boards;
DROP TABLE board_alarms;
