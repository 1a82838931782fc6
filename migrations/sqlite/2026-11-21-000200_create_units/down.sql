DROP TABLE unit_changes;
DROP TABLE units;
