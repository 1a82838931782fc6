DROP TABLE settings;
DROP TABLE log;
DROP FUNCTION rows_are_kept();
