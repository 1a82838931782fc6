DROP TABLE settings;
DROP TABLE log;
