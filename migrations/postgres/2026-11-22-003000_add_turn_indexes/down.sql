DROP INDEX editions_by_kind_and_end;
DROP INDEX editions_by_kind_and_start;
