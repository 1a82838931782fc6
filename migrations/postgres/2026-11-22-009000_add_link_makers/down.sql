ALTER TABLE links DROP COLUMN maker_id;
