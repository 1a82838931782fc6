DROP TABLE revision_keys;
DROP INDEX editions_by_unit_end;
DROP INDEX editions_by_section_end;
DROP INDEX editions_by_priority;
ALTER TABLE editions DROP COLUMN priority;
ALTER TABLE editions DROP COLUMN replaced_at;
