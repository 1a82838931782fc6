-- A series asks for one indicator in the files of a unit's own reports, and in whatever file names its code; a check for the days
-- before. None of them may walk through all that an indicator has.
CREATE INDEX observations_by_data ON observations (data, indicator, last_day);
CREATE INDEX observations_by_unit ON observations (unit_code, indicator);
DROP INDEX observations_by_indicator;
