CREATE INDEX observations_by_indicator ON observations (indicator, unit_code, members, last_day);
DROP INDEX observations_by_unit;
DROP INDEX observations_by_data;
