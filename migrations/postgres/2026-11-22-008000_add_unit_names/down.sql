DROP INDEX units_by_name;
ALTER TABLE units DROP COLUMN folded;
